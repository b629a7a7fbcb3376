import type { Language } from "../../api/types";
import { wordsFor } from "../bpmn/translation";
import { dmnZh } from "./words.zh";

export const dmnWords = (text: string): string | undefined => dmnZh[text.trim()] ?? wordsFor(text);

export function translateDmn(language: Language): (text: string, values?: Record<string, string>) => string {
  return (text, values = {}) =>
    (language === "en" ? text : (dmnWords(text) ?? text)).replace(
      /{([^}]+)}/g,
      (whole, name: string) => values[name] ?? whole,
    );
}
