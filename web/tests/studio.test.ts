import { describe, expect, it, vi } from "vitest";

import { Refused } from "../src/api/client";
import { mendingOf } from "../src/studio/bpmn/mend";
import { keysOf } from "../src/studio/bpmn/variables";
import { foldersOf } from "../src/studio/folders";
import { emptyFile } from "../src/studio/newFiles";
import { findings, marksOf } from "../src/studio/problems";
import { Saver, type Send } from "../src/studio/saver";

function device() {
  const kept = new Map<string, string>();
  return {
    kept,
    keep: (path: string, { text }: { text: string }) => void kept.set(path, text),
    forget: (path: string) => void kept.delete(path),
  };
}

const answers =
  (start: number): Send =>
  (_path, _text, version) =>
    Promise.resolve({ version: Math.max(start, version) + 1 });

describe("saving a draft", () => {
  it("sends one file after the other, each on the version that the last one made", async () => {
    const send = vi.fn(answers(0));
    const held = device();
    const saver = new Saver(7, send, held);
    saver.change("a.bpmn", "one");
    saver.change("b.form", "two");
    expect([...held.kept]).toEqual([
      ["a.bpmn", "one"],
      ["b.form", "two"],
    ]);
    await saver.flush();
    expect(send.mock.calls).toEqual([
      ["a.bpmn", "one", 7],
      ["b.form", "two", 8],
    ]);
    expect([saver.state, saver.version, held.kept.size]).toEqual(["saved", 9, 0]);
  });

  it("sends what was typed while the earlier text was on its way", async () => {
    const sent: string[] = [];
    const saver: Saver = new Saver(
      1,
      (_path, text, version) => {
        sent.push(text);
        if (text === "one") saver.change("a.bpmn", "two");
        return Promise.resolve({ version: version + 1 });
      },
      device(),
    );
    saver.change("a.bpmn", "one");
    await saver.flush();
    expect(sent).toEqual(["one", "two"]);
  });

  it("keeps the text on the device while the server does not answer", async () => {
    const held = device();
    const saver = new Saver(1, () => Promise.reject(new TypeError("no network")), held);
    saver.change("a.bpmn", "one");
    await saver.flush();
    expect([saver.state, held.kept.get("a.bpmn"), saver.unsent("a.bpmn")]).toEqual(["offline", "one", "one"]);
  });

  it("overwrites nobody: a person decides, and neither choice loses the other's text unseen", async () => {
    const refuse = vi.fn<Send>(() => Promise.reject(new Refused(412, {})));
    const saver = new Saver(1, refuse, device());
    saver.change("a.bpmn", "mine");
    await saver.flush();
    expect(saver.state).toBe("conflict");
    saver.change("a.bpmn", "mine, longer");
    expect(refuse).toHaveBeenCalledTimes(1);
    refuse.mockImplementation(answers(5));
    await saver.insist(5);
    expect(refuse).toHaveBeenLastCalledWith("a.bpmn", "mine, longer", 5);
    expect([saver.state, saver.version]).toEqual(["saved", 6]);
  });

  it("opens the editors anew when the other's version stands", async () => {
    const held = device();
    const saver = new Saver(1, () => Promise.reject(new Refused(412, {})), held);
    saver.change("a.bpmn", "mine");
    await saver.flush();
    saver.giveUp(4);
    expect([saver.state, saver.version, saver.epoch, held.kept.size]).toEqual(["saved", 4, 1, 0]);
  });
});

describe("a problem with one obvious mending", () => {
  it("is offered it, by what the server says or by its rule", () => {
    const fix = { property: "conditionExpression", value: null };
    expect(mendingOf({ rule: "BPS015", fix })?.label).toBe("mend.remove");
    expect(mendingOf({ rule: "BPS087", fix: null })?.label).toBe("mend.default");
    expect(mendingOf({ rule: "BPS001", fix: null })).toBeUndefined();
  });
});

describe("problems", () => {
  const server = [
    { file: "a.bpmn", element: "t", line: 3, severity: "warning" as const, rule: "W", message: "odd", fix: null },
    { file: "a.bpmn", element: "t", line: 4, severity: "error" as const, rule: "E", message: "wrong", fix: null },
  ];

  it("come gravest first, the page's among the server's", () => {
    const all = findings(server, [{ rule: "label-required", element: "g" }], "a.bpmn", (rule) => `said ${rule}`);
    expect(all.map(({ message }) => message)).toEqual(["wrong", "odd", "said label-required"]);
  });

  it("are one mark at their element, as grave as the gravest", () => {
    const [mark] = marksOf(findings(server, [], "a.bpmn", String), "a.bpmn");
    expect(mark).toEqual({ element: "t", severity: "error", texts: ["wrong", "odd"] });
  });
});

it("shows files by their folders, those without one first", () => {
  expect(foldersOf(["b/x.form", "a/z.bpmn", "top.dmn", "a/y.bpmn"])).toEqual([
    ["", ["top.dmn"]],
    ["a", ["a/y.bpmn", "a/z.bpmn"]],
    ["b", ["b/x.form"]],
  ]);
});

it("writes no markup from a name into a new file", () => {
  expect(emptyFile("bpmn", "p", '<script>"&')).toContain('name="&lt;script&gt;&quot;&amp;"');
});

it("knows the variables of a form: those of groups, of a list only the list", () => {
  const components = [
    { type: "textfield", key: "name" },
    { type: "group", components: [{ type: "number", key: "size" }] },
    { type: "dynamiclist", path: "rows", components: [{ type: "textfield", key: "inner" }] },
    { type: "text" },
  ];
  expect(keysOf({ components })).toEqual(["name", "size", "rows"]);
});
