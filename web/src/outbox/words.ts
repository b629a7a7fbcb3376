import type { MessageKey, Translate } from "../i18n";

const KINDS: Record<string, MessageKey> = {
  photo: "outbox.photo",
  answers: "outbox.answers",
  claim: "action.claim",
  unclaim: "action.unclaim",
  complete: "action.complete",
  delegate: "action.passOn",
  assign: "action.assign",
  sendBack: "action.sendBack",
  addSigners: "action.addSigners",
  sign: "action.sign",
  withdraw: "action.withdraw",
  raise: "outbox.raise",
};

/** What a letter does, as the button that did it says. */
export function actionWords(kind: string, t: Translate): string {
  const key = KINDS[kind];
  return key ? t(key) : kind;
}
