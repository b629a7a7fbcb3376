/** Instants in plain words. Everything here is pure: the caller says what time it is. */

import type { Instant, Language } from "../api/types";
import type { Translate } from ".";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type DueTone = "late" | "soon" | "calm";

export interface DueWords {
  text: string;
  tone: DueTone;
}

/** "2 小时", "3 天": the largest unit that fits, rounded down, and at least one minute. */
export function span(milliseconds: number, t: Translate): string {
  if (milliseconds >= DAY) return t("time.days", { n: Math.floor(milliseconds / DAY) });
  if (milliseconds >= HOUR) return t("time.hours", { n: Math.floor(milliseconds / HOUR) });
  return t("time.minutes", { n: Math.max(1, Math.floor(milliseconds / MINUTE)) });
}

/** How long until `due`, or since. Soon means within four hours: the rest of a half day. */
export function dueWords(due: Instant, now: number, t: Translate): DueWords {
  const left = Date.parse(due) - now;
  if (left < 0) return { text: t("due.late", { span: span(-left, t) }), tone: "late" };
  return { text: t("due.left", { span: span(left, t) }), tone: left <= 4 * HOUR ? "soon" : "calm" };
}

/** "2 小时后：报单位安全总监", and what has come due but waits for a decision. */
export function nextRungWords(rung: { at: Instant; name: string; held: boolean }, now: number, t: Translate): string {
  if (rung.held) return t("rung.held", { name: rung.name });
  return t("rung.in", { span: span(Math.max(0, Date.parse(rung.at) - now), t), name: rung.name });
}

/** "刚刚", "5 分钟前", and from a day on the moment itself. */
export function agoWords(at: Instant, now: number, t: Translate, language: Language): string {
  const passed = now - Date.parse(at);
  if (passed < MINUTE) return t("time.justNow");
  if (passed < DAY) return t("time.ago", { span: span(passed, t) });
  return momentWords(at, now, t, language);
}

/** "今天 16:00", "明天 09:30", "11月24日 16:00", with the year only when it is another. */
export function momentWords(at: Instant, now: number, t: Translate, language: Language): string {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });
  const days = Math.round((startOfDay(moment) - startOfDay(new Date(now))) / DAY);
  if (days === 0) return t("time.today", { time });
  if (days === 1) return t("time.tomorrow", { time });
  if (days === -1) return t("time.yesterday", { time });
  const sameYear = moment.getFullYear() === new Date(now).getFullYear();
  const date = moment.toLocaleDateString(language, {
    year: sameYear ? undefined : "numeric",
    month: language === "en" ? "short" : "long",
    day: "numeric",
  });
  return `${date} ${time}`;
}

/** The whole moment with seconds, for the audit: nothing rounded, nothing relative. */
export function exactMoment(at: Instant, language: Language): string {
  return new Date(at).toLocaleString(language, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  });
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
