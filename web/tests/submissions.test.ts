import { describe, expect, it } from "vitest";

import { Refused, Unreachable } from "../src/api/client";
import { Submissions } from "../src/task/submissions";
import { memoryStore } from "./memoryStore";

function setUp() {
  let made = 0;
  const store = memoryStore();
  const open = () => new Submissions(store, () => `key-${++made}`);
  return { submissions: open(), reopen: open };
}

describe("Submissions", () => {
  it("gives an unanswered attempt the same key again, after a reload too", () => {
    const { submissions, reopen } = setUp();
    const key = submissions.keyFor("2611-A:3", "complete", { data: { result: "pass" } });
    expect(submissions.keyFor("2611-A:3", "complete", { data: { result: "pass" } })).toBe(key);
    expect(reopen().keyFor("2611-A:3", "complete", { data: { result: "pass" } })).toBe(key);
  });

  it("gives another body another key", () => {
    const { submissions } = setUp();
    const key = submissions.keyFor("2611-A:3", "complete", { data: { result: "pass" } });
    expect(submissions.keyFor("2611-A:3", "complete", { data: { result: "reject" } })).not.toBe(key);
  });

  it("forgets a key that was answered, so that the same action later is a new one", () => {
    const { submissions } = setUp();
    const key = submissions.keyFor("2611-A:3", "claim", {});
    submissions.settle("2611-A:3", "claim");
    expect(submissions.keyFor("2611-A:3", "claim", {})).not.toBe(key);
  });

  it("keeps actions and tasks apart", () => {
    const { submissions } = setUp();
    const keys = [
      submissions.keyFor("2611-A:3", "claim", {}),
      submissions.keyFor("2611-A:3", "unclaim", {}),
      submissions.keyFor("2611-B:3", "claim", {}),
    ];
    expect(new Set(keys).size).toBe(3);
  });
});

describe("an error", () => {
  it("carries what the server said about each field", () => {
    const error = new Refused(422, { detail: "invalid", fields: { "data.cost": ["max: at most 100"] } });
    expect(error.fields).toEqual({ "data.cost": ["max: at most 100"] });
    expect(error.message).toBe("invalid");
  });

  it("of silence is not one of refusal", () => {
    expect(new Unreachable("x")).not.toBeInstanceOf(Refused);
  });
});
