import type { Mark } from "../problems";
import type { Modeler } from "./modeler";

const TYPE = "studio-problem";
const SIGNS = { error: "✕", warning: "!" } as const;

interface Overlays {
  add: (element: string, type: string, overlay: object) => void;
  remove: (filter: { type: string }) => void;
}

/** Draws the problems at their elements, by sign and colour; returns what takes them off again. */
export function showMarks(modeler: Modeler, marks: Mark[]): () => void {
  const overlays = modeler.get<Overlays>("overlays");
  const registry = modeler.get<{ get: (id: string) => object | undefined }>("elementRegistry");
  for (const mark of marks.filter(({ element }) => registry.get(element))) {
    overlays.add(mark.element, TYPE, { position: { bottom: 10, left: -10 }, html: badge(mark) });
  }
  return () => overlays.remove({ type: TYPE });
}

function badge({ severity, texts }: Mark): HTMLElement {
  const element = document.createElement("div");
  element.className = `studio-mark studio-mark-${severity}`;
  element.textContent = texts.length > 1 ? `${SIGNS[severity]} ${texts.length}` : SIGNS[severity];
  element.title = texts.join("\n");
  return element;
}
