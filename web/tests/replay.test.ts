import { describe, expect, it } from "vitest";

import type { Json, MomentAt } from "../src/api/types";
import { translator } from "../src/i18n";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";
import { activeSteps, changeOf, decisionWords, firedIn } from "../src/replay/moment";
import { entryIn, middleOf, moveOf, windowAround } from "../src/replay/position";

const chinese = translator(zh);
const english = translator(en);

describe("entryIn", () => {
  it("starts at the first entry and keeps to the history", () => {
    expect(entryIn(null, 9)).toBe(1);
    expect(entryIn("4", 9)).toBe(4);
    expect(entryIn("400", 9)).toBe(9);
    expect(entryIn("-3", 9)).toBe(1);
    expect(entryIn("1.5", 9)).toBe(1);
    expect(entryIn("<b>", 9)).toBe(1);
  });
});

describe("moveOf", () => {
  it("steps with the arrows, stops at both ends, jumps with Home and End", () => {
    expect(moveOf("ArrowRight", 3, 9)).toEqual({ to: 4 });
    expect(moveOf("ArrowRight", 9, 9)).toEqual({ to: 9 });
    expect(moveOf("ArrowLeft", 1, 9)).toEqual({ to: 1 });
    expect(moveOf("Home", 5, 9)).toEqual({ to: 1 });
    expect(moveOf("End", 5, 9)).toEqual({ to: 9 });
  });
  it("plays and pauses with space and leaves other keys alone", () => {
    expect(moveOf(" ", 3, 9)).toBe("toggle");
    expect(moveOf("a", 3, 9)).toBeNull();
  });
});

describe("windowAround", () => {
  it("shows a short history whole and a long one around the present entry", () => {
    expect(windowAround(2, 5, 3)).toEqual([1, 5]);
    expect(windowAround(50, 100, 3)).toEqual([47, 53]);
    expect(windowAround(100, 100, 3)).toEqual([94, 100]);
    expect(windowAround(1, 100, 3)).toEqual([1, 7]);
  });
});

describe("middleOf", () => {
  it("has at hand whatever the window may show, and stands still over many steps", () => {
    for (let at = 1; at <= 300; at += 1) {
      const [first, last] = windowAround(at, 300);
      const begin = Math.max(middleOf(at) - 100, 1);
      expect(first).toBeGreaterThanOrEqual(begin);
      expect(last).toBeLessThan(begin + 200);
    }
    expect(new Set(Array.from({ length: 300 }, (_, n) => middleOf(n + 1))).size).toBeLessThan(12);
  });
});

describe("decisionWords", () => {
  it("unwraps numbers, durations and contexts", () => {
    const value: Json = [{ n: "70" }, { dd: "PT4H" }, null, true, { c: [["days", { n: "30" }]] }];
    expect(decisionWords(value, english)).toBe("70 · PT4H · – · Yes · days: 30");
  });
});

describe("firedIn", () => {
  it("tells each table with what it was asked and the rules that answered", () => {
    const table = { inputs: [["grade", "LARGER"]], rules: [{ index: 3, outputs: ["BY_DATE", { n: "70" }] }] };
    const decision = { decision: "d", element: "E", elementName: null, steps: [{ name: "整改要求", tables: [table] }] };
    const literal = { ...decision, steps: [{ name: "无表" }] };
    expect(
      firedIn(
        decision as MomentAt["decisions"][number],
        { grade: { label: "级别", options: { LARGER: "较大" } } },
        chinese,
      ),
    ).toEqual([{ table: "整改要求", inputs: [["级别", "较大"]], rules: [{ number: 3, outputs: "BY_DATE · 70" }] }]);
    expect(firedIn(literal, {}, chinese)).toEqual([]);
  });
});

describe("changeOf", () => {
  const labels = { grade: { label: "隐患级别", options: { GENERAL: "一般", LARGER: "较大" } } };
  const variable = { name: "grade", value: "LARGER", changed: true, existed: true, old: "GENERAL" };
  it("sets the old value beside the new, in the words of the form", () => {
    expect(changeOf(variable, labels, chinese)).toEqual({
      name: "grade",
      label: "隐患级别",
      value: "较大",
      old: "一般",
    });
  });
  it("has no old value where there was none or nothing changed", () => {
    expect(changeOf({ ...variable, existed: false }, labels, chinese).old).toBeNull();
    expect(changeOf({ ...variable, changed: false }, labels, chinese).old).toBeNull();
  });
  it("shows of two objects only what differs", () => {
    const objects = {
      ...variable,
      name: "limits",
      old: { days: 30, clock: "WORK" },
      value: { days: 45, clock: "WORK" },
    };
    expect(changeOf(objects, labels, chinese)).toMatchObject({ old: "days: 30", value: "days: 45" });
  });
  it("says that a value was erased", () => {
    expect(changeOf({ ...variable, value: { erased: true } }, labels, chinese).value).toBe("已依法删除");
  });
});

describe("activeSteps", () => {
  it("names the steps at which the case stands, and no others", () => {
    const none = { active: 0, completed: 0, cancelled: 0, incidents: 0, waiting: 0 };
    const elements = {
      A: { ...none, completed: 1 },
      B: { ...none, active: 2 },
      C: { ...none, incidents: 1 },
      D: { ...none, waiting: 1 },
    };
    const moment = { processes: [{ process: "p", name: "P", elements, flows: {} }] } as unknown as MomentAt;
    expect(activeSteps(moment, new Map([["B", "整改"]]), chinese)).toEqual([
      "整改（2 个）",
      "C（异常）",
      "D（等待汇合）",
    ]);
  });
});
