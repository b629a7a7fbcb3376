import community from "bpmn-js-i18n/translations/zn";

import type { Language } from "../../api/types";
import { wordsZh } from "./words.zh";

/** The editors' own words: ours first, then those of the community. */
export const WORDS: Record<string, string> = { ...community, ...wordsZh };

/** Editors ask for each of their texts by its English words; placeholders stand in braces. */
export function translateFor(language: Language): (text: string, values?: Record<string, string>) => string {
  return (text, values = {}) => {
    const words = language === "en" ? text : (WORDS[text.trim()] ?? WORDS[text] ?? text);
    return words.replace(/{([^}]+)}/g, (whole, name: string) => values[name] ?? whole);
  };
}
