/** Every text that the diagram editor and its panel show has Chinese words. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { editorTexts } from "../scripts/form-editor-texts.ts";
import { wordsFor } from "../src/studio/bpmn/translation";
import { dmnWords } from "../src/studio/dmn/translation";
import { formWords } from "../src/studio/forms/translation";

const MODULES = join(import.meta.dirname, "../node_modules");
const CALLED = /\b(?:translate(?:\$\d)?|_translate)\(\s*(["'])((?:(?!\1)[^\\]|\\.)+?)\1/g;
/** Menus keep their texts in tables and translate them when they are drawn. */
const TABLED = /\blabel: (["'])((?:(?!\1)[^\\]|\\.)+?)\1/g;
/** What only a developer sees: broken imports and misuse of the library. */
const INTERNAL =
  /HELLO|already rendered|correcting missing|^diagram not part|element required|^failed to import|multiple DI|no bpmnElement|no diagram|no parent for|no process or|no shape type|missing \{semantic|referenced by|out of bounds/;

function sources(folder: string): string[] {
  return readdirSync(join(MODULES, folder), { recursive: true, encoding: "utf-8" })
    .filter((name) => name.endsWith(".js") && !name.includes(".umd."))
    .map((name) => readFileSync(join(MODULES, folder, name), "utf-8"));
}

function textsIn(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map(([, quote, text = ""]) =>
    text.replaceAll(`\\${quote}`, quote ?? "").replaceAll("\\n", "\n"),
  );
}

/** The panel without its provider for Camunda 7, which is not used. */
function panel(): string {
  const lines = readFileSync(join(MODULES, "bpmn-js-properties-panel/dist/index.esm.js"), "utf-8").split("\n");
  const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
  const [own, tips, rest] = [at("var index$1 ="), at("const TooltipProvider$1 ="), at("const TooltipProvider =")];
  expect(Math.min(own, tips, rest)).toBeGreaterThan(0);
  return [...lines.slice(0, own), ...lines.slice(tips, rest)].join("\n");
}

function missing(texts: string[], words: (text: string) => string | undefined = wordsFor): string[] {
  const asked = new Set(texts.map((text) => text.trim()).filter((text) => text && !text.includes("${")));
  return [...asked].filter((text) => !INTERNAL.test(text) && words(text) === undefined).sort();
}

it("has words for the whole properties panel", () => {
  const core = readFileSync(join(MODULES, "@bpmn-io/properties-panel/dist/index.esm.js"), "utf-8");
  expect(missing([...textsIn(panel(), CALLED), ...textsIn(core, CALLED)])).toEqual([]);
});

it("has words for the whole drawing: palette, menus, minimap", () => {
  const files = [
    ...sources("bpmn-js/lib/features"),
    ...sources("diagram-js/lib"),
    ...sources("diagram-js-minimap/dist"),
  ];
  const tables = sources("bpmn-js/lib/features/replace").flatMap((source) => textsIn(source, TABLED));
  expect(missing([...files.flatMap((source) => textsIn(source, CALLED)), ...tables])).toEqual([]);
});

it("has words for our own part of the panel", () => {
  const ours = readFileSync(join(import.meta.dirname, "../src/studio/bpmn/properties.ts"), "utf-8");
  const texts = [...ours.matchAll(/(?:label|description): "([^"]+)"/g)]
    .map(([, text = ""]) => text)
    .filter((text) => text !== "–");
  expect(texts.length).toBeGreaterThan(20);
  expect(missing(texts)).toEqual([]);
});

it("has words for the editors of decisions", () => {
  const folders = ["drd", "decision-table", "literal-expression", "boxed-expression", "shared"].map(
    (name) => `dmn-js-${name}/lib`,
  );
  const texts = folders.flatMap((folder) => sources(folder).flatMap((source) => textsIn(source, CALLED)));
  expect(texts.length).toBeGreaterThan(100);
  expect(missing(texts, dmnWords)).toEqual([]);
});

it("has words for the form editor", () => {
  const source = readFileSync(join(MODULES, "@bpmn-io/form-js-editor/dist/index.es.js"), "utf-8");
  const texts = editorTexts(source);
  expect(texts.length).toBeGreaterThan(100);
  expect(missing(texts, formWords)).toEqual([]);
});
