import type { MessageKey } from "../i18n";

const KNOWN = ["expression", "decision", "error", "flow", "loop", "call", "deadlock", "job"];

/** What went wrong, as a sentence that needs no knowledge of the engine. */
export function causeOf(kind: string): MessageKey {
  return `cause.${KNOWN.includes(kind) ? kind : "other"}` as MessageKey;
}
