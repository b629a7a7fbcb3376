import { describe, expect, it } from "vitest";

import type { FileComparison, PartChange } from "../src/api/types";
import { countsOf, diagramFile, inOrder, marksOf } from "../src/compare/changes";

const words = { zh: "", en: "" };
const change = (kind: PartChange["kind"], id: string): PartChange => ({
  kind,
  id,
  what: "userTask",
  title: words,
  name: words,
  within: "p",
  moved: false,
  properties: [],
});
const file = (path: string, ...changes: PartChange[]): FileComparison => ({
  path,
  was: path,
  kind: "changed",
  changes,
});

describe("two versions side by side", () => {
  const all = [change("added", "a"), change("removed", "r"), change("changed", "c"), change("moved", "m")];

  it("shows what is gone only before and what is new only after", () => {
    expect(marksOf(all, "left").map(({ id }) => id)).toEqual(["r", "c", "m"]);
    expect(marksOf(all, "right").map(({ id }) => id)).toEqual(["a", "c", "m"]);
  });

  it("finds the file that is drawn by the ids in either diagram", () => {
    const [other, own, table] = [
      file("o.bpmn", change("added", "x")),
      file("p.bpmn", ...all),
      file("t.dmn", change("added", "a")),
    ];
    const diagrams = [`<t id="r"/><t id='c'/><t id="m"/>`, `<t id="a"/><t id="c"/><t id="m"/>`];
    expect(diagramFile([table, other, own], diagrams)).toBe(own);
    expect(diagramFile([table, other], diagrams)).toBeUndefined();
    expect(inOrder([table, other, own], own)).toEqual([own, table, other]);
  });

  it("counts parts, and files that came or went whole", () => {
    const whole: FileComparison = { path: "n.form", was: null, kind: "added", changes: [] };
    expect(countsOf([file("p.bpmn", ...all), whole])).toEqual([
      ["added", 2],
      ["removed", 1],
      ["changed", 1],
      ["moved", 1],
    ]);
  });
});
