import community from "bpmn-js-i18n/translations/zn";

import type { Language } from "../../api/types";
import { wordsZh } from "./words.zh";

/** The editors' own words: ours first, then those of the community. */
export const WORDS: Record<string, string> = { ...community, ...wordsZh };

/** The panel's head writes "User Task" for what the menus call "User task". */
const ANY_CASE = new Map(Object.entries(WORDS).map(([text, words]) => [text.toLowerCase(), words]));

export const wordsFor = (text: string): string | undefined => WORDS[text] ?? ANY_CASE.get(text.trim().toLowerCase());

/** Editors ask for each of their texts by its English words; placeholders stand in braces. */
export function translateFor(language: Language): (text: string, values?: Record<string, string>) => string {
  return (text, values = {}) => {
    const words = language === "en" ? text : (wordsFor(text) ?? text);
    return words.replace(/{([^}]+)}/g, (whole, name: string) => values[name] ?? whole);
  };
}
