import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { FormData } from "../src/api/types";
import { DraftKeeper, type DraftState } from "../src/task/drafts";
import { memoryStore } from "./memoryStore";

const REFUSAL = new Error("no");
const PLACE = "duban.draft.P1.2611-A:3";

function setUp(save: (data: FormData) => Promise<void>, store = memoryStore()) {
  const states: DraftState[] = [];
  const keeper = new DraftKeeper({
    store,
    place: PLACE,
    save,
    isDefinite: (error) => error === REFUSAL,
    onState: (state) => states.push(state),
    now: Date.now,
  });
  return { keeper, states, store };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("DraftKeeper", () => {
  it("saves once when the typing pauses", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { keeper, states } = setUp(save);
    keeper.change({ note: "更" });
    keeper.change({ note: "更换" });
    await vi.runAllTimersAsync();
    expect(save.mock.calls).toEqual([[{ note: "更换" }]]);
    expect(states.at(-1)).toBe("saved");
  });

  it("keeps on the device what the server did not get, and sends it again", async () => {
    const save = vi
      .fn<(data: FormData) => Promise<void>>()
      .mockRejectedValueOnce("silence")
      .mockResolvedValue(undefined);
    const { keeper, states, store } = setUp(save);
    keeper.change({ note: "x" });
    await vi.advanceTimersByTimeAsync(900);
    expect(states.at(-1)).toBe("unsent");
    expect(store.getItem(PLACE)).toContain('"sent":false');
    await vi.runAllTimersAsync();
    expect(states.at(-1)).toBe("saved");
    expect(save).toHaveBeenCalledTimes(2);
  });

  it("begins with the device's copy when it was never sent, and sends it", async () => {
    const store = memoryStore();
    const first = setUp(() => Promise.reject(new Error("offline")), store);
    first.keeper.change({ note: "本机" });
    await vi.advanceTimersByTimeAsync(900);
    first.keeper.leave();
    const save = vi.fn(() => Promise.resolve());
    const again = setUp(save, store);
    expect(again.keeper.begin({ data: { note: "服务器" }, savedAt: "2026-11-21T08:00:00.000Z" })).toEqual({
      note: "本机",
    });
    await vi.runAllTimersAsync();
    expect(save).toHaveBeenCalledWith({ note: "本机" });
  });

  it("begins with the server's draft when the device has nothing unsent", async () => {
    const { keeper, store } = setUp(() => Promise.resolve());
    keeper.change({ note: "old" });
    await vi.runAllTimersAsync();
    const next = setUp(() => Promise.resolve(), store);
    expect(next.keeper.begin({ data: { note: "from the desk" }, savedAt: "2026-11-21T08:00:00.000Z" })).toEqual({
      note: "from the desk",
    });
  });

  it("does not repeat what the server refused", async () => {
    const save = vi.fn<(data: FormData) => Promise<void>>().mockRejectedValue(REFUSAL);
    const { keeper, states, store } = setUp(save);
    keeper.change({ note: "x" });
    await vi.runAllTimersAsync();
    expect(save).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toBe("refused");
    expect(store.getItem(PLACE)).toContain("x");
  });

  it("sends what was typed while the last was on its way", async () => {
    let answer: () => void = () => undefined;
    const save = vi.fn((data: FormData) =>
      data.note === "1" ? new Promise<void>((resolve) => (answer = resolve)) : Promise.resolve(),
    );
    const { keeper, states } = setUp(save);
    keeper.change({ note: "1" });
    await vi.advanceTimersByTimeAsync(900);
    keeper.change({ note: "2" });
    await vi.advanceTimersByTimeAsync(900);
    answer();
    await vi.runAllTimersAsync();
    expect(save.mock.calls.map(([data]) => data.note)).toEqual(["1", "2"]);
    expect(states.at(-1)).toBe("saved");
  });

  it("makes a last attempt when the page goes away", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { keeper, store } = setUp(save);
    keeper.change({ note: "x" });
    keeper.leave();
    await vi.runAllTimersAsync();
    expect(save).toHaveBeenCalledTimes(1);
    expect(store.getItem(PLACE)).toContain('"sent":true');
  });

  it("forgets the draft of a task that is done, even one on its way", async () => {
    const { keeper, store } = setUp(() => Promise.resolve());
    keeper.change({ note: "x" });
    await vi.advanceTimersByTimeAsync(799);
    keeper.forget();
    await vi.runAllTimersAsync();
    expect(store.getItem(PLACE)).toBeNull();
  });
});
