import type { Plugin } from "vite";

/**
 * The words that form-js 1.23.0 has built in and offers no translation for: at build time each becomes a look-up in
 * `src/form/texts.ts`. A word that is no longer where it was fails the build, so an update cannot bring English back unseen.
 */
export const VIEWER_TEXTS: [place: string, text: string, times: number][] = [
  ["emptyListMessage = '", "No results", 1],
  ["placeholder: '", "Search", 1],
  ["undefined : '", "Search", 1],
  ["valueLabel || '", "Select", 1],
  ['label: "', "Skip to search", 1],
  ['title: "', "Remove tag", 1],
  ["hasOptionsLeft ? '", "No results", 1],
  [" : '", "All values selected", 1],
  ["evaluatedColumns.length === 0 ? '", "Nothing to show.", 1],
  ['children: "', "Nothing to show.", 1],
  ['" ", \'', "Add new", 1],
  ['" ", \'', "Collapse", 1],
];

export function translateViewer(code: string): string {
  return VIEWER_TEXTS.reduce((before, [place, text, times]) => {
    const quote = place.at(-1) ?? "'";
    const written = place + text + quote;
    const found = before.split(written).length - 1;
    if (found !== times) throw new Error(`form-js: expected ${written} ${times} time(s), found ${found}`);
    const looked = `${place.slice(0, -1)}(globalThis.dubanFormText?.(${JSON.stringify(text)}) ?? ${quote}${text}${quote})`;
    return before.replaceAll(written, looked);
  }, code);
}

export function formTexts(): Plugin {
  return {
    name: "duban-form-texts",
    transform(code, id) {
      if (!id.includes("@bpmn-io/form-js-viewer/dist/index.es.js")) return null;
      return { code: translateViewer(code), map: null };
    },
  };
}
