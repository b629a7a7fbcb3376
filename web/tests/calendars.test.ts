import { describe, expect, it } from "vitest";

import type { CalendarRules } from "../src/api/types";
import {
  changedDays,
  countOf,
  exceptionsOf,
  isChanged,
  kindOf,
  toggled,
  weeksOf,
  withYear,
} from "../src/calendars/model";

const RULES: CalendarRules = {
  zone: "Asia/Shanghai",
  hours: [["08:00", "12:00"]],
  night: ["20:00", "08:00"],
  years: [2026],
  provisional: [],
  off: ["2026-10-01", "2026-10-03"],
  worked: ["2026-10-10"],
};

describe("a year of a calendar", () => {
  it("begins its weeks on Monday and holds each day once", () => {
    const october = weeksOf(2026, 10);
    expect(october[0]?.map((day) => day?.number ?? 0)).toEqual([0, 0, 0, 1, 2, 3, 4]);
    expect(october.flat().filter(Boolean)).toHaveLength(31);
    expect(weeksOf(2028, 2).flat().filter(Boolean)).toHaveLength(29);
  });

  it("knows working days, weekends, days off and worked weekends", () => {
    const kinds = ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-10", "2026-10-11"];
    expect(kinds.map((day) => kindOf(day, exceptionsOf(RULES)))).toEqual(["off", "work", "off", "worked", "weekend"]);
  });

  it("counts them", () => {
    expect(countOf(2026, RULES)).toEqual({ working: 261, off: 2, worked: 1 });
  });
});

describe("pressing a day", () => {
  it("takes a working day off and gives it back", () => {
    const pressed = toggled(RULES, "2026-10-02");
    expect(pressed.off).toEqual(["2026-10-01", "2026-10-02", "2026-10-03"]);
    expect(toggled(pressed, "2026-10-02")).toEqual(RULES);
  });

  it("goes round for a weekend: rest, worked, off, rest", () => {
    let rules = RULES;
    const seen = ["2026-10-17", "2026-10-17", "2026-10-17"].map((day) => {
      rules = toggled(rules, day);
      return kindOf(day, exceptionsOf(rules));
    });
    expect(seen).toEqual(["worked", "off", "weekend"]);
    expect(rules).toEqual(RULES);
  });

  it("makes the year known", () => {
    expect(toggled(RULES, "2027-01-01").years).toEqual([2026, 2027]);
  });
});

describe("a year that was read", () => {
  const read = withYear(RULES, { year: 2026, off: ["2026-05-01"], worked: [], provisional: true });

  it("takes the place of what was known of it", () => {
    expect(read).toMatchObject({ off: ["2026-05-01"], worked: [], provisional: [2026] });
    expect(changedDays(RULES, read)).toEqual(["2026-05-01", "2026-10-01", "2026-10-03", "2026-10-10"]);
  });

  it("is a change even when only what is said of the year differs", () => {
    expect(isChanged(RULES, { ...RULES, provisional: [2026] })).toBe(true);
    expect(isChanged(RULES, { ...RULES })).toBe(false);
  });
});
