import { describe, expect, it } from "vitest";

import { translator } from "../src/i18n";
import { en } from "../src/i18n/en";
import { agoWords, dueWords, momentWords } from "../src/i18n/time";
import { zh } from "../src/i18n/zh";

const chinese = translator(zh);
const english = translator(en);
const NOW = new Date(2026, 10, 21, 14, 0).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (offset: number): string => new Date(NOW + offset).toISOString();

describe("dueWords", () => {
  it.each([
    [2 * HOUR + 5 * MINUTE, "还有 2 小时", "2 hours left", "soon"],
    [HOUR, "还有 1 小时", "1 hour left", "soon"],
    [5 * HOUR, "还有 5 小时", "5 hours left", "calm"],
    [26 * HOUR, "还有 1 天", "1 day left", "calm"],
    [20_000, "还有 1 分钟", "1 min left", "soon"],
    [-1, "逾期 1 分钟", "1 min late", "late"],
    [-3 * DAY - HOUR, "逾期 3 天", "3 days late", "late"],
  ])("says %i ms as %s", (offset, zhWords, enWords, tone) => {
    expect(dueWords(at(offset), NOW, chinese)).toEqual({ text: zhWords, tone });
    expect(dueWords(at(offset), NOW, english).text).toBe(enWords);
  });

  it("never rounds a deadline up", () => {
    expect(dueWords(at(2 * HOUR - 1), NOW, chinese).text).toBe("还有 1 小时");
  });
});

describe("momentWords", () => {
  it.each([
    [2 * HOUR, "今天 16:00", "today 16:00"],
    [12 * HOUR, "明天 02:00", "tomorrow 02:00"],
    [-15 * HOUR, "昨天 23:00", "yesterday 23:00"],
    [3 * DAY, "11月24日 14:00", "Nov 24 14:00"],
  ])("names the day %i ms away", (offset, zhWords, enWords) => {
    expect(momentWords(at(offset), NOW, chinese, "zh-CN")).toBe(zhWords);
    expect(momentWords(at(offset), NOW, english, "en")).toBe(enWords);
  });

  it("adds the year when it is another", () => {
    expect(momentWords(new Date(2027, 0, 5, 9, 30).toISOString(), NOW, chinese, "zh-CN")).toBe("2027年1月5日 09:30");
  });
});

describe("agoWords", () => {
  it("counts within a day and names the moment beyond", () => {
    expect(agoWords(at(-10_000), NOW, chinese, "zh-CN")).toBe("刚刚");
    expect(agoWords(at(-5 * MINUTE), NOW, english, "en")).toBe("5 min ago");
    expect(agoWords(at(-2 * DAY), NOW, chinese, "zh-CN")).toBe("11月19日 14:00");
  });
});
