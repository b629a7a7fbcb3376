import type { MessageKey } from "../i18n";
import type { Tone } from "../ui/states";

/** How grave it is when the item fails, by its template. */
export const GRADES: Record<string, { key: MessageKey; tone: Tone }> = {
  GENERAL: { key: "check.class.GENERAL", tone: "calm" },
  LARGER: { key: "check.class.LARGER", tone: "warn" },
  MAJOR_CANDIDATE: { key: "check.class.MAJOR_CANDIDATE", tone: "bad" },
  RED_LINE: { key: "check.class.RED_LINE", tone: "bad" },
};

export function gradeKey(findingClass: string): MessageKey {
  return GRADES[findingClass]?.key ?? "check.class.GENERAL";
}
