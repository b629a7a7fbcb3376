/** Codes of states and options in words. One that is not here is shown as it is. */
import type { MessageKey, Translate } from "../i18n";
import type { Tone } from "../ui/states";

const KNOWN: Record<string, readonly [MessageKey, Tone]> = {
  REGISTERED: ["code.registered", "info"],
  CONFIRMED: ["code.confirmed", "info"],
  DISPUTED: ["code.disputed", "warn"],
  TRANSFERRED: ["code.transferred", "calm"],
  ORDERED: ["code.ordered", "info"],
  RECTIFYING: ["code.rectifying", "warn"],
  SUBMITTED: ["code.submitted", "info"],
  REJECTED: ["code.rejected", "bad"],
  ACCEPTED: ["code.accepted", "good"],
  CLOSED: ["code.closed", "good"],
  VOIDED: ["code.voided", "calm"],
  PLANNED: ["code.planned", "info"],
  DISPATCHED: ["code.dispatched", "info"],
  PREPARED: ["code.prepared", "info"],
  INSPECTED: ["code.inspected", "info"],
  REPORTED: ["code.reported", "good"],
  ENDED: ["code.ended", "good"],
  CANCELLED: ["code.cancelled", "calm"],
  REQUESTED: ["code.requested", "info"],
  OPEN: ["code.open", "info"],
  ISSUED: ["code.issued", "warn"],
  SERVED: ["code.served", "info"],
  RECEIVED: ["code.received", "good"],
  REFUSED: ["code.refused", "bad"],
  VOID: ["code.void", "calm"],
  SIGNED: ["code.signed", "info"],
  TALKED: ["code.talked", "info"],
  LIFTED: ["code.lifted", "good"],
  POSTED: ["code.posted", "info"],
  GENERAL: ["code.general", "calm"],
  LARGER: ["code.larger", "warn"],
  MAJOR: ["code.major", "bad"],
  RED_LINE: ["code.redLine", "bad"],
  RED: ["code.red", "bad"],
  YELLOW: ["code.yellow", "warn"],
  BLUE: ["code.blue", "info"],
  YELLOW_CARD: ["code.yellowCard", "warn"],
  RED_CARD: ["code.redCard", "bad"],
  "dangerManageType.0": ["code.atOnce", "calm"],
  "dangerManageType.1": ["code.byDate", "calm"],
  AT_ONCE: ["code.atOnce", "calm"],
  BY_DATE: ["code.byDate", "calm"],
  ONLINE: ["code.online", "good"],
  OFFLINE: ["code.offline", "bad"],
  ONSITE: ["code.onsite", "calm"],
  PATROL: ["code.patrol", "calm"],
  AI: ["code.ai", "calm"],
  PHONE: ["code.phone", "calm"],
  FIELD: ["code.field", "calm"],
  TRUE: ["code.true", "bad"],
  FALSE: ["code.false", "calm"],
  UNCLEAR: ["code.unclear", "warn"],
  PARTLY: ["code.partly", "warn"],
  NOT_FOUND: ["code.notFound", "calm"],
  ALREADY_FIXED: ["code.alreadyFixed", "good"],
  NO_RECORDING: ["code.noRecording", "calm"],
  MISSED: ["code.missed", "bad"],
  NOT_VISIBLE: ["code.notVisible", "calm"],
  NEVER: ["code.never", "bad"],
  OVER: ["code.over", "bad"],
  SOON: ["code.soon", "warn"],
  OK: ["code.ok", "good"],
  REPEAT: ["code.repeat", "warn"],
  FIRST: ["code.first", "calm"],
  SYSTEM: ["code.system", "calm"],
  IN_PERSON: ["code.inPerson", "calm"],
  POST: ["code.post", "calm"],
  EMAIL: ["code.email", "calm"],
};

/** Some options are bare numbers, as the public interface writes them: those are known by their field. */
export const optionCode = (field: string, value: string): string =>
  KNOWN[`${field}.${value}`] ? `${field}.${value}` : value;
export const codeWord = (code: string, t: Translate): string => (KNOWN[code] ? t(KNOWN[code][0]) : code);
export const codeTone = (code: string): Tone => KNOWN[code]?.[1] ?? "calm";

const OVER = ["CLOSED", "VOIDED", "TRANSFERRED", "ENDED", "CANCELLED", "LIFTED", "VOID"];

/** Nothing is waited for any more in this state of a row. */
export const isOver = (state: string | null): boolean => state !== null && OVER.includes(state);
