import type { Plugin } from "vite";

/**
 * The form editor of form-js 1.23.0 offers no translation either: where its source writes a text for people, a look-up is
 * put around it at build time. `tests/studio-words.test.ts` finds the texts that have no words.
 */
const PLACED =
  /\b(label|title|children|description|placeholder|text|tooltip|"aria-label"): (['"])((?:(?!\2)[^\\\n]|\\.)*?[A-Z](?:(?!\2)[^\\\n]|\\.)*)\2/g;
const RETURNED = /\breturn (['"])([A-Z][a-z]+ (?:[^'"\\\n]|\\.)*|[A-Z][a-z]+)\1;/g;
/** Of components that are not offered here: documents, files, foreign pages. */
const NOT_SHOWN =
  /^(?:X-FRAME|Document|MDN |A source is|Additional details|Each entry must|Enter a HTTPS|Max height of|Please make sure|Security attr|Supported file|The document|These options|Upload multiple|When using Camunda)/;

const looked = (quote: string, text: string): string =>
  `(globalThis.dubanEditorText?.(${quote}${text}${quote}) ?? ${quote}${text}${quote})`;

export function editorTexts(code: string): string[] {
  const placed = [...code.matchAll(PLACED)].map(([, , , text = ""]) => text);
  const returned = [...code.matchAll(RETURNED)].map(([, , text = ""]) => text);
  return [...placed, ...returned].map((text) => text.replaceAll("\\'", "'")).filter((text) => !NOT_SHOWN.test(text));
}

export function translateEditor(code: string): string {
  return code
    .replace(PLACED, (_whole, place: string, quote: string, text: string) => `${place}: ${looked(quote, text)}`)
    .replace(RETURNED, (_whole, quote: string, text: string) => `return ${looked(quote, text)};`);
}

export function formEditorTexts(): Plugin {
  return {
    name: "duban-form-editor-texts",
    transform(code, id) {
      if (!id.includes("@bpmn-io/form-js-editor/dist/index.es.js")) return null;
      return { code: translateEditor(code), map: null };
    },
  };
}
