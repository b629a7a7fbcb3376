import community from "bpmn-js-i18n/translations/zn";

import type { Language } from "../../api/types";
import { wordsZh } from "./words.zh";

/** The editors' own words: ours first, then those of the community. */
export const WORDS: Record<string, string> = { ...community, ...wordsZh };

/** The panel's head writes "User Task" and "Non Interrupting" for what the menus call "User task" and "non-interrupting". */
const plain = (text: string): string => text.trim().toLowerCase().replaceAll("-", " ");
const PLAIN = new Map(Object.entries(WORDS).map(([text, words]) => [plain(text), words]));

export const wordsFor = (text: string): string | undefined => WORDS[text] ?? PLAIN.get(plain(text));

/** Editors ask for each of their texts by its English words; placeholders stand in braces. */
export function translateFor(language: Language): (text: string, values?: Record<string, string>) => string {
  return (text, values = {}) => {
    const words = language === "en" ? text : (wordsFor(text) ?? text);
    return words.replace(/{([^}]+)}/g, (whole, name: string) => values[name] ?? whole);
  };
}
