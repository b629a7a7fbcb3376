/** A year of a business calendar as a grid, and what changes when days are pressed. Pure; days are texts such as "2027-10-01". */
import type { CalendarRules, CalendarYear } from "../api/types";

export type DayKind = "work" | "weekend" | "off" | "worked";

export interface Day {
  date: string;
  number: number;
}

/** The weeks of a month from Monday on; null where a week begins or ends in another month. */
export function weeksOf(year: number, month: number): (Day | null)[][] {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const lead = (first.getUTCDay() + 6) % 7;
  const cells: (Day | null)[] = Array.from({ length: lead }, () => null);
  for (let number = 1; number <= length; number += 1) cells.push({ date: dateOf(year, month, number), number });
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function dateOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export function isWeekend(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDay() % 6 === 0;
}

/** The exceptions of a calendar, quick to ask: a year asks 365 times. */
export function exceptionsOf(rules: CalendarRules): { off: Set<string>; worked: Set<string> } {
  return { off: new Set(rules.off), worked: new Set(rules.worked) };
}

export function kindOf(date: string, exceptions: { off: Set<string>; worked: Set<string> }): DayKind {
  if (exceptions.off.has(date)) return "off";
  if (exceptions.worked.has(date)) return "worked";
  return isWeekend(date) ? "weekend" : "work";
}

/** Press a day: a working day becomes a day off and back; a day of a weekend goes through rest, worked, holiday. */
export function toggled(rules: CalendarRules, date: string): CalendarRules {
  const kind = kindOf(date, exceptionsOf(rules));
  const without = (days: string[]): string[] => days.filter((day) => day !== date);
  const becomes: DayKind = {
    work: "off",
    weekend: "worked",
    worked: "off",
    off: isWeekend(date) ? "weekend" : "work",
  }[kind] as DayKind;
  return {
    ...withKnown(rules, Number(date.slice(0, 4))),
    off: becomes === "off" ? [...rules.off, date].sort() : without(rules.off),
    worked: becomes === "worked" ? [...rules.worked, date].sort() : without(rules.worked),
  };
}

function withKnown(rules: CalendarRules, year: number): CalendarRules {
  return rules.years.includes(year) ? rules : { ...rules, years: [...rules.years, year].sort((a, b) => a - b) };
}

/** The calendar with a year, read from a source, in the place of what it knew of it. */
export function withYear(rules: CalendarRules, found: CalendarYear): CalendarRules {
  const others = (days: string[]): string[] => days.filter((day) => !day.startsWith(`${found.year}-`));
  return {
    ...withKnown(rules, found.year),
    off: [...others(rules.off), ...found.off].sort(),
    worked: [...others(rules.worked), ...found.worked].sort(),
    provisional: provisional(rules, found.year, found.provisional),
  };
}

function provisional(rules: CalendarRules, year: number, is: boolean): number[] {
  const others = rules.provisional.filter((one) => one !== year);
  return is ? [...others, year].sort((a, b) => a - b) : others;
}

/** Say that a year is final, or that its notice is still to come. */
export function withProvisional(rules: CalendarRules, year: number, is: boolean): CalendarRules {
  return { ...withKnown(rules, year), provisional: provisional(rules, year, is) };
}

/** The days on which two calendars differ, in order. */
export function changedDays(before: CalendarRules, after: CalendarRules): string[] {
  const [one, other] = [exceptionsOf(before), exceptionsOf(after)];
  const days = new Set([...before.off, ...before.worked, ...after.off, ...after.worked]);
  return [...days].filter((day) => kindOf(day, one) !== kindOf(day, other)).sort();
}

/** Whether anything at all would be published. */
export function isChanged(before: CalendarRules, after: CalendarRules): boolean {
  const plain = ({ years, provisional: open }: CalendarRules): string => JSON.stringify([years, open]);
  return changedDays(before, after).length > 0 || plain(before) !== plain(after);
}

export interface YearCount {
  working: number;
  off: number;
  worked: number;
}

export function countOf(year: number, rules: CalendarRules): YearCount {
  const exceptions = exceptionsOf(rules);
  const found: YearCount = { working: 0, off: 0, worked: 0 };
  for (let month = 1; month <= 12; month += 1) {
    for (const day of weeksOf(year, month).flat()) {
      if (day === null) continue;
      const kind = kindOf(day.date, exceptions);
      if (kind === "work" || kind === "worked") found.working += 1;
      if (kind === "off") found.off += 1;
      if (kind === "worked") found.worked += 1;
    }
  }
  return found;
}
