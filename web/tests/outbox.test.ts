import { describe, expect, it, vi } from "vitest";

import { attachmentId } from "../src/photos/device";
import { Outbox, type Call, type Letter } from "../src/outbox/outbox";

const REFUSAL = new Error("no");
const [ME, OTHER] = ["p-li", "p-wang"];
const TASK = "2611-A:3";

function letter(id: string, more: Partial<Letter> = {}): Letter {
  const call: Call = { path: `/${id}`, json: {} };
  return { id, person: ME, subject: TASK, kind: "answers", title: id, call, at: 1, ...more };
}

/** `answer` says what the server makes of a call; letters sent are listed by path and version. */
function setUp(answer: (call: Call) => unknown, left: Letter[] = []) {
  const kept = new Map(left.map((one) => [one.id, one]));
  const later = vi.fn();
  const asked: string[] = [];
  const outbox = new Outbox({
    store: {
      all: () => Promise.resolve([...kept.values()]),
      put: (one) => Promise.resolve(void kept.set(one.id, one)),
      remove: (id) => Promise.resolve(void kept.delete(id)),
    },
    send: (call) => {
      asked.push(call.path + (call.version === undefined ? "" : ` v${call.version}`));
      return Promise.resolve().then(() => answer(call));
    },
    versionIn: (found) => (found as { version?: number }).version,
    isDefinite: (error) => error === REFUSAL,
    later,
    now: () => 5,
  });
  return { outbox, kept, later, asked, states: () => outbox.list().kept.map((one) => one.state) };
}

function unreachable(): never {
  throw new Error("silence");
}

function refuse(): never {
  throw REFUSAL;
}

describe("the outbox", () => {
  it("does not say what is left before it has read the device", async () => {
    const { outbox } = setUp(() => unreachable(), [letter("a")]);
    expect(outbox.list()).toMatchObject({ kept: [], read: false });
    await outbox.open(ME);
    expect(outbox.list()).toMatchObject({ kept: [{ letter: { id: "a" } }], read: true });
  });

  it("keeps what was not answered and sends it in order when asked again", async () => {
    let reachable = false;
    const { outbox, kept, later, asked, states } = setUp(() => (reachable ? {} : unreachable()));
    await outbox.open(ME);
    await outbox.add(letter("a"));
    await outbox.add(letter("b"));
    expect([[...kept.keys()], states()]).toEqual([
      ["a", "b"],
      ["waiting", "waiting"],
    ]);
    expect(later).toHaveBeenCalled();
    reachable = true;
    asked.length = 0;
    await outbox.retry();
    expect([asked, kept.size, outbox.list().lastSent]).toEqual([["/a", "/b"], 0, 5]);
  });

  it("takes up after a reload what its own person left, and nobody else's", async () => {
    const { outbox, asked, kept } = setUp(() => ({}), [letter("a"), letter("b", { person: OTHER })]);
    await outbox.open(ME);
    expect([asked, [...kept.keys()]]).toEqual([["/a"], ["b"]]);
  });

  it("keeps what the server refused until somebody asks again or drops it", async () => {
    const { outbox, kept, states, asked } = setUp(({ path }) => (path === "/a" ? refuse() : {}));
    await outbox.open(ME);
    await outbox.add(letter("a"));
    await outbox.add(letter("b"));
    expect([[...kept.keys()], states()]).toEqual([["a"], ["refused"]]);
    await outbox.retry();
    expect(asked).toEqual(["/a", "/b"]);
    await outbox.retry(true);
    expect(asked).toEqual(["/a", "/b", "/a"]);
    await outbox.discard("a");
    expect([kept.size, states()]).toEqual([0, []]);
  });

  it("hands a task in after everything that belongs to it, and not at all while some of it is refused", async () => {
    let photo: () => unknown = unreachable;
    const { outbox, asked } = setUp(({ path }) => (path === "/photo" ? photo() : {}));
    await outbox.open(ME);
    await outbox.add(letter("photo"));
    expect(await outbox.deliver(letter("complete", { after: true }))).toEqual({ state: "kept" });
    await outbox.add(letter("other", { subject: "2611-B:1", after: true }));
    expect(asked).not.toContain("/complete");
    photo = refuse;
    await outbox.retry();
    expect(asked.slice(-2)).toEqual(["/photo", "/other"]);
    await outbox.discard("photo");
    expect(asked.at(-1)).toBe("/complete");
  });

  it("tells whoever waits what the server said", async () => {
    const { outbox } = setUp(({ path }) => (path === "/a" ? { done: true } : refuse()));
    await outbox.open(ME);
    expect(await outbox.deliver(letter("a"))).toEqual({ state: "sent", answer: { done: true } });
    expect(await outbox.deliver(letter("b"))).toEqual({ state: "refused", problem: REFUSAL });
  });

  it("goes on with the version that its own change made", async () => {
    let reachable = false;
    const { outbox, asked } = setUp(({ version = 0 }) => (reachable ? { version: version + 1 } : unreachable()));
    await outbox.open(ME);
    const on = (version: number) => ({ path: "/act", json: {}, version });
    await outbox.add(letter("claim", { call: on(1), after: true }));
    await outbox.add(letter("complete", { call: on(1), after: true }));
    await outbox.add(letter("elsewhere", { call: on(1), subject: "2611-B:1" }));
    reachable = true;
    asked.length = 0;
    await outbox.retry();
    expect(asked).toEqual(["/act v1", "/act v2", "/act v1"]);
  });
});

describe("a picture", () => {
  it("has the id that the server will give it", () => {
    // The same vector is in tests/integration/test_api_attachments.py.
    expect(attachmentId("p-inspector", "3f2a9c1e-5b7d-4e0a-9c3b-1d2e3f4a5b6c")).toBe("a-03449c1d4af3ad52a576e402");
  });
});
