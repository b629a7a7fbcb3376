import { describe, expect, it } from "vitest";

import { changesOf, read, shown } from "../src/incidents/values";

describe("values that an operator puts right", () => {
  it("keeps text as text, also when it looks like a number", () => {
    expect(read({ name: "unitId", old: "U01", text: "42" })).toBe("42");
  });

  it("reads numbers, truth and lists where there was no text", () => {
    expect(read({ name: "cost", old: 0, text: "5.5" })).toBe(5.5);
    expect(read({ name: "done", old: false, text: "true" })).toBe(true);
    expect(read({ name: "list", old: [], text: '["a"]' })).toEqual(["a"]);
    expect(read({ name: "new", old: undefined, text: "plain words" })).toBe("plain words");
  });

  it("tells only what really changes", () => {
    const edits = [
      { name: "cost", old: 0, text: "0" },
      { name: "unitId", old: "U01", text: "U02" },
    ];
    expect(changesOf(edits)).toEqual({ unitId: "U02" });
  });

  it("shows text bare and everything else as JSON", () => {
    expect([shown("x"), shown({ a: 1 }), shown(null), shown(undefined)]).toEqual(["x", '{"a":1}', "null", ""]);
  });
});
