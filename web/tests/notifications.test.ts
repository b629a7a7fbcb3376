import { describe, expect, it } from "vitest";

import { groupByDay } from "../src/notifications/days";

describe("notifications by day", () => {
  const now = new Date(2026, 2, 2, 9, 0);
  const at = (day: number, hour: number) => ({ at: new Date(2026, 2, day, hour).toISOString() });

  it("cuts where today begins, whatever the hour", () => {
    const rows = [at(2, 8), at(2, 0), at(1, 23)];
    expect(groupByDay(rows, now)).toEqual([
      ["today", rows.slice(0, 2)],
      ["earlier", rows.slice(2)],
    ]);
  });

  it("leaves out a group without rows", () => {
    expect(groupByDay([at(1, 23)], now).map(([day]) => day)).toEqual(["earlier"]);
    expect(groupByDay([], now)).toEqual([]);
  });
});
