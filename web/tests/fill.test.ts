import { describe, expect, it } from "vitest";

import { en } from "../src/i18n/en";
import { fill } from "../src/i18n/fill";
import { zh } from "../src/i18n/zh";

const names = (message: string): string[] => [...message.matchAll(/\{(\w+)/g)].map((found) => found[1] ?? "").sort();

describe("fill", () => {
  it("puts values in their places", () => {
    expect(fill("{who} 完成了“{step}”", { who: "王强", step: "整改" })).toBe("王强 完成了“整改”");
  });

  it("counts in English", () => {
    expect(fill("{n|day|days}", { n: 1 })).toBe("1 day");
    expect(fill("{n|day|days}", { n: 3 })).toBe("3 days");
  });

  it("shows a place that nobody filled", () => {
    expect(fill("{who} left")).toBe("{who} left");
  });
});

describe("dictionaries", () => {
  it("have the same keys in both languages", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it("leave no message empty", () => {
    for (const dictionary of [zh, en]) {
      expect(Object.entries(dictionary).filter(([, message]) => message.trim() === "")).toEqual([]);
    }
  });

  it("take the same values in both languages", () => {
    const differing = (Object.keys(zh) as (keyof typeof zh)[]).filter(
      (key) => names(zh[key]).join() !== names(en[key]).join(),
    );
    expect(differing).toEqual([]);
  });

  it("speak Chinese in the Chinese one", () => {
    const foreign = Object.entries(zh).filter(
      ([key, message]) => !/[\u3001\u4e00-\u9fff]/.test(message) && key !== "history.rungField",
    );
    expect(foreign.filter(([key]) => !key.startsWith("app."))).toEqual([]);
  });
});
