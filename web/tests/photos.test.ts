import { describe, expect, it, vi } from "vitest";

import type { Attachment } from "../src/api/types";
import { PhotoQueue, type Photo, type PhotoStore } from "../src/photos/queue";

const REFUSAL = new Error("no");

function photo(clientId: string, place = "task|2611-A:3|photosAfter"): Photo {
  return {
    clientId,
    place,
    blob: new Blob(["x"]),
    name: `${clientId}.jpg`,
    source: "CAMERA",
    role: "after",
    capturedAt: "2026-11-21T08:00:00.000Z",
  };
}

function store(first: Photo[] = []): PhotoStore & { kept: Map<string, Photo> } {
  const kept = new Map(first.map((one) => [one.clientId, one]));
  return {
    kept,
    all: () => Promise.resolve([...kept.values()]),
    put: (one) => Promise.resolve(void kept.set(one.clientId, one)),
    remove: (id) => Promise.resolve(void kept.delete(id)),
  };
}

const sent = (one: Photo): Attachment => ({ id: `A-${one.clientId}`, sha256: "ab" }) as Attachment;

function setUp(send: (one: Photo) => Promise<Attachment>, first: Photo[] = []) {
  const kept = store(first);
  const later = vi.fn();
  const queue = new PhotoQueue({ store: kept, send, isDefinite: (error) => error === REFUSAL, later });
  const arrived: string[] = [];
  const attach = () => queue.attach("task|2611-A:3|photosAfter", (_, attachment) => arrived.push(attachment.id));
  return { queue, kept, later, arrived, attach };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("PhotoQueue", () => {
  it("keeps a picture on the device until the server has it", async () => {
    const { queue, kept, arrived, attach } = setUp((one) => Promise.resolve(sent(one)));
    await queue.add(photo("1"));
    expect([...kept.kept.keys()]).toEqual(["1"]);
    attach();
    await settled();
    expect(arrived).toEqual(["A-1"]);
    expect(kept.kept.size).toBe(0);
    expect(queue.list()).toEqual([]);
  });

  it("goes on with what an earlier visit left", async () => {
    const { queue, arrived, attach } = setUp((one) => Promise.resolve(sent(one)), [photo("1"), photo("2")]);
    attach();
    await queue.resume();
    expect(arrived).toEqual(["A-1", "A-2"]);
  });

  it("waits when nobody answers, and sends the same picture again", async () => {
    const send = vi
      .fn<(one: Photo) => Promise<Attachment>>()
      .mockRejectedValueOnce("silence")
      .mockImplementation((one) => Promise.resolve(sent(one)));
    const { queue, later, arrived, attach } = setUp(send);
    attach();
    await queue.add(photo("1"));
    expect(queue.list()[0]?.state).toBe("waiting");
    expect(later).toHaveBeenCalledOnce();
    await queue.retry();
    expect(arrived).toEqual(["A-1"]);
    expect(send.mock.calls.map(([one]) => one.clientId)).toEqual(["1", "1"]);
  });

  it("shows a refusal and goes on with the next", async () => {
    const { queue, arrived, attach } = setUp((one) =>
      one.clientId === "1" ? Promise.reject<Attachment>(REFUSAL) : Promise.resolve(sent(one)),
    );
    attach();
    await queue.add(photo("1"));
    await queue.add(photo("2"));
    expect(queue.list().map((one) => one.state)).toEqual(["refused"]);
    expect(arrived).toEqual(["A-2"]);
  });

  it("does not deliver a picture that was removed while it travelled", async () => {
    let answer: (attachment: Attachment) => void = () => undefined;
    const { queue, arrived, attach } = setUp(() => new Promise((resolve) => (answer = resolve)));
    attach();
    const adding = queue.add(photo("1"));
    await settled();
    await queue.remove("1");
    answer(sent(photo("1")));
    await adding;
    expect(arrived).toEqual([]);
  });
});
