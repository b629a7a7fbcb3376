import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { describe, expect, it } from "vitest";

import { translateViewer, VIEWER_TEXTS } from "../scripts/form-texts.ts";
import { serverMessage, viewerMessage } from "../src/form/messages";
import { components, displayValue, fieldPath, hasPhotoField, numberProperty } from "../src/form/schema";
import { translator } from "../src/i18n";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";

const chinese = translator(zh);
const english = translator(en);
const viewer = readFileSync(
  createRequire(import.meta.url)
    .resolve("@bpmn-io/form-js-viewer")
    .replace("index.cjs", "index.es.js"),
  "utf8",
);

describe("viewerMessage", () => {
  it.each([
    ["Field is required.", "此项必填。", "This is required."],
    ["Field must have minimum value of 3.", "不能小于 3。", "Not less than 3."],
    ["Field must have maximum length of 300.", "最多 300 个字。", "At most 300 characters."],
    ["Value is expected to have at most 2 decimal digits.", "最多 2 位小数。", "At most 2 decimals."],
    ["Please select a valid value, the two nearest valid values are 5 and 10.", "请填写 5 或 10。", "Enter 5 or 10."],
    ["Field must match pattern ^\\d+$.", "格式不正确。", "The format is not right."],
  ])("puts %s into words", (message, zhWords, enWords) => {
    expect(viewerMessage(message, chinese)).toBe(zhWords);
    expect(viewerMessage(message, english)).toBe(enWords);
  });

  it("leaves the form author's own sentence alone", () => {
    expect(viewerMessage("编号是 S 加两位数字", chinese)).toBe("编号是 S 加两位数字");
  });

  it("knows every sentence of the viewer that is pinned", () => {
    const source = viewer.slice(
      viewer.indexOf("function runNumberValidation"),
      viewer.indexOf("@param {Object} validate"),
    );
    const said = [...source.matchAll(/['`]((?:Field|Value|Please)[^'`]*)['`]/g)].map((found) => found[1] ?? "");
    const samples = said.map((text) =>
      (text.startsWith("Value is expected to ") ? `${text}be an integer.` : text).replace(/\$\{[^}]*\}/g, "7"),
    );
    expect(samples.length).toBeGreaterThan(8);
    expect(samples.filter((sample) => viewerMessage(sample, chinese) === sample)).toEqual([]);
  });
});

describe("serverMessage", () => {
  it.each([
    ["required", "此项必填。"],
    ["required: expected a value", "此项必填。"],
    ["max: at most 100, got 320.5", "不能大于 100。"],
    ["photos: expected at least 2 photos", "至少需要 2 张照片。"],
    ["option: not one of the options", "请从列出的选项中选择。"],
    ["unknown: no such field", "表单中没有这一项。"],
    ["min: expected more", "expected more"],
    ["Something else entirely", "Something else entirely"],
  ])("reads %s", (message, words) => {
    expect(serverMessage(message, chinese)).toBe(words);
  });
});

describe("a form's schema", () => {
  const schema = {
    components: [
      { type: "group", components: [{ type: "photo", key: "photosAfter", properties: { minimum: "2" } }] },
      { type: "select", key: "grade", values: [{ value: "GENERAL", label: "一般" }] },
    ],
  };

  it("is walked into its groups", () => {
    expect(components(schema).map((one) => one.type)).toEqual(["group", "photo", "select"]);
    expect(hasPhotoField(schema)).toBe(true);
    expect(hasPhotoField(null)).toBe(false);
  });

  it("keeps numbers as text in its properties", () => {
    expect(components(schema).map((one) => numberProperty(one, "minimum"))).toEqual([undefined, 2, undefined]);
  });

  it("is addressed by the server with paths", () => {
    expect(fieldPath("data.rows[0].result")).toEqual(["rows", 0, "result"]);
    expect(fieldPath("data.cost")).toEqual(["cost"]);
    expect(fieldPath("data.rows.1.result")).toEqual(["rows", 1, "result"]);
  });

  it("turns codes into words", () => {
    const words = { yes: "是", no: "否" };
    const grade = components(schema)[2];
    expect(displayValue("GENERAL", grade, words)).toBe("一般");
    expect(displayValue(true, undefined, words)).toBe("是");
    expect(displayValue(null, undefined, words)).toBe("–");
    expect(displayValue(["GENERAL", "X"], grade, words)).toBe("一般 · X");
  });
});

describe("the viewer's built-in words", () => {
  it("are found where the build looks for them, and each has a translation", () => {
    const translated = translateViewer(viewer);
    for (const [, text] of VIEWER_TEXTS) {
      expect(translated).toContain(`globalThis.dubanFormText?.(${JSON.stringify(text)})`);
      expect(Object.keys(zh)).toContain(`form.${text}`);
    }
  });

  it("stop the build when they have moved", () => {
    expect(() => translateViewer("nothing of the kind")).toThrow("form-js: expected");
  });
});
