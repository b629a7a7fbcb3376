import { describe, expect, it } from "vitest";

import type { Answer, ChecklistItem } from "../src/api/types";
import { current, lack, progress, say, sayRest, withPending } from "../src/checklist/model";

const ME = { id: "p-li", name: "李" };
const OTHER = { id: "p-wang", name: "王" };
const AT = "2026-11-21T08:00:00.000Z";

const made = (id: string) => ({ id, occurredAt: AT });

function item(name: string, ...answers: Answer[]): ChecklistItem {
  return {
    item: name,
    text: name,
    clause: null,
    findingClass: "LARGER",
    finding: "缺盲板",
    measures: "加装盲板",
    state: answers.length > 0 ? "answered" : "open",
    answers,
    last: null,
  };
}

function theirs(id: string, result: Answer["result"]): Answer {
  const words = { note: "", place: "", measures: "", photos: [], raised: false, bulk: false };
  return { ...words, id, result, author: OTHER, occurredAt: AT, recordedAt: AT, stands: true };
}

const one = (items: ChecklistItem[]): ChecklistItem => items[0] as ChecklistItem;

describe("a checklist", () => {
  it("shows what is still on this device as answered", () => {
    const said = say(item("HW-01"), "PASS", {}, made("a"));
    const items = withPending([item("HW-01"), item("HW-02")], [said], ME);
    expect(progress(items)).toEqual({ total: 2, answered: 1, failed: 0, conflicts: 0 });
    expect(current(one(items))?.author).toEqual(ME);
  });

  it("does not count an answer twice that the server already has", () => {
    const said = say(item("HW-01"), "PASS", {}, made("a"));
    expect(one(withPending([item("HW-01", theirs("a", "PASS"))], [said], ME)).answers).toHaveLength(1);
  });

  it("fills a failed item with the words of its template, and keeps what was typed since", () => {
    const failed = say(item("HW-01"), "FAIL", {}, made("a"));
    expect([failed.note, failed.measures]).toEqual(["缺盲板", "加装盲板"]);
    const items = withPending([item("HW-01")], [failed], ME);
    const again = say(one(items), "FAIL", { note: "缺两块盲板" }, made("b"));
    expect([again.note, again.measures, again.replaces]).toEqual(["缺两块盲板", "加装盲板", ["a"]]);
  });

  it("shows a conflict with an answer that was not seen, and settles it with one that replaces both", () => {
    const unseen = say(item("HW-01"), "PASS", {}, made("a"));
    const clash = one(withPending([item("HW-01", theirs("x", "NA"))], [unseen], ME));
    expect([clash.state, lack(clash)]).toEqual(["conflict", "conflict"]);
    const settled = one(withPending([clash], [say(clash, "NA", {}, made("b"))], ME));
    expect([settled.state, settled.answers.length]).toEqual(["answered", 3]);
  });

  it("answers only what is open when all the rest conforms, and marks it as bulk", () => {
    let n = 0;
    const rest = sayRest([item("HW-01", theirs("x", "FAIL")), item("HW-02")], () => made(`n${n++}`));
    expect(rest.map((said) => [said.item, said.result, said.bulk])).toEqual([["HW-02", "PASS", true]]);
  });

  it("lacks a word where something failed", () => {
    expect(lack(item("HW-01", theirs("x", "FAIL")))).toBe("note");
    expect(lack(item("HW-01"))).toBe("open");
    expect(lack(item("HW-01", theirs("x", "PASS")))).toBeNull();
  });
});
