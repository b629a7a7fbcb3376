import type { Language } from "../../api/types";
import { formsZh } from "./words.zh";

declare global {
  /** Asked by the form editor for each of its texts (see scripts/form-editor-texts.ts). */
  var dubanEditorText: ((text: string) => string) | undefined;
}

export const formWords = (text: string): string | undefined => formsZh[text];

export function speakFormEditor(language: Language): void {
  globalThis.dubanEditorText = language === "en" ? undefined : (text) => formWords(text) ?? text;
}
