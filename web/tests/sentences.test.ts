import { describe, expect, it } from "vitest";

import type { HistoryEntry, HistoryEvent, Json } from "../src/api/types";
import { sentenceOf } from "../src/case/sentences";
import { translator } from "../src/i18n";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";

const chinese = translator(zh);
const english = translator(en);

function event(type: string, elementName: string | null = null, detail: Record<string, Json> = {}): HistoryEvent {
  return { type, element: elementName && "E", elementName, detail };
}

function entry(type: string, events: HistoryEvent[], more: Partial<HistoryEntry> = {}): HistoryEntry {
  const wang = { id: "P1", name: "王强" };
  return {
    seq: 1,
    at: "2026-11-21T08:00:00.000Z",
    actor: wang,
    onBehalfOf: null,
    command: { type },
    hash: "00",
    told: [],
    events,
    ...more,
  };
}

describe("sentenceOf", () => {
  it("says who completed what and where it went", () => {
    const done = entry("CompleteTask", [
      event("TaskCompleted", "复查验收"),
      event("FlowTaken"),
      event("TaskCreated", "销号考核"),
    ]);
    expect(sentenceOf(done, chinese)).toMatchObject({
      text: "王强 完成了“复查验收”",
      consequences: ["下一步：销号考核"],
    });
    expect(sentenceOf(done, english)).toMatchObject({
      text: "王强 completed “复查验收”",
      consequences: ["Next: 销号考核"],
    });
  });

  it("names the one for whom somebody acted", () => {
    const claimed = entry("ClaimTask", [event("TaskClaimed", "整改")], { onBehalfOf: { id: "P2", name: "李敏" } });
    expect(sentenceOf(claimed, chinese).text).toBe("王强（代 李敏） 领取了“整改”");
  });

  it("speaks of the system when nobody acted", () => {
    const fired = entry("FireTimer", [event("TimerFired", "整改")], { actor: null });
    expect(sentenceOf(fired, chinese).text).toBe("“整改”的时限到了");
    expect(sentenceOf(entry("Continue", [], { actor: null }), english).text).toBe("The system moved the process on");
  });

  it("tells of an escalation by its rung, in each language", () => {
    const rung = event("RungReached", "整改", { code: "100%", rung: { name: "黄牌督办", nameEn: "Yellow card" } });
    const fired = entry("FireTimer", [event("TimerFired", "整改"), rung], { actor: null });
    expect(sentenceOf(fired, chinese)).toMatchObject({ text: "“整改”触发督办：黄牌督办", tone: "warn", icon: "bell" });
    expect(sentenceOf(fired, english).text).toBe("“整改” was escalated: Yellow card");
  });

  it("falls back on the code of a rung without a name", () => {
    const fired = entry("FireTimer", [event("RungReached", "整改", { code: "+1wd" })], { actor: null });
    expect(sentenceOf(fired, chinese).text).toContain("+1wd");
  });

  it("names the receiver and the note of a hand-over", () => {
    const given = entry("DelegateTask", [
      event("TaskAssigned", "复查验收", { to: "P2", toName: "李敏", note: "请代办" }),
    ]);
    expect(sentenceOf(given, chinese)).toMatchObject({ text: "王强 把“复查验收”转办给 李敏", note: "请代办" });
  });

  it("keeps the reason of an owner's action", () => {
    const stopped = entry("SuspendCase", [event("CaseSuspended")], {
      command: { type: "SuspendCase", reason: "等待检测报告" },
    });
    expect(sentenceOf(stopped, chinese)).toMatchObject({ text: "王强 暂停了案件", note: "等待检测报告" });
  });

  it("says where and why the process stopped", () => {
    const stuck = entry("CompleteTask", [
      event("TaskCompleted", "确认定级"),
      event("IncidentRaised", "确定时限", { message: "no rule matches" }),
    ]);
    expect(sentenceOf(stuck, chinese).consequences).toEqual(["停在“确定时限”：no rule matches"]);
  });

  it("does not repeat a consequence", () => {
    const twice = entry("CompleteTask", [event("TaskCreated", "验收"), event("TaskCreated", "验收")]);
    expect(sentenceOf(twice, chinese).consequences).toEqual(["下一步：验收"]);
  });

  it("tells of a calendar's new version with the due times before and after", () => {
    const moved = { before: 1793698200000, after: 1793784600000 };
    const adopted = entry("AdoptCalendar", [event("DeadlineMoved", "整改", moved)], {
      actor: null,
      command: { type: "AdoptCalendar", version: 2 },
    });
    const { text, consequences } = sentenceOf(adopted, english);
    expect(text).toContain("Version 2 of the calendar");
    expect(consequences).toEqual([expect.stringMatching(/^“整改” was due 11\/3\/2026.* and is now due 11\/4\/2026/)]);
    const kept = entry("AdoptCalendar", [event("DeadlineMoved", "整改", { before: 1, after: 1 })]);
    expect(sentenceOf(kept, chinese).consequences[0]).toContain("期限不变");
  });

  it("tells who was told, what is held and what a rung did", () => {
    const rung = { rung: { name: "黄牌督办", nameEn: "Yellow card" }, code: "Y" };
    const reached = entry(
      "FireTimer",
      [
        event("RungReached", "整改", rung),
        event("TaskPrioritized", "整改", { priority: 90 }),
        event("CandidatesAdded", "整改"),
      ],
      {
        actor: null,
        told: [
          { id: "p1", name: "李四" },
          { id: "p2", name: "王五" },
        ],
      },
    );
    expect(sentenceOf(reached, chinese).consequences).toEqual([
      "已告知：李四、王五",
      "“整改”的优先级改为 90",
      "“整改”增加了可办理人",
    ]);
    const held = entry("FireTimer", [event("RungHeld", "整改", rung)], { actor: null });
    expect(sentenceOf(held, english).consequences).toEqual([
      "The escalation “Yellow card” of “整改” came due and waits for a pending decision",
    ]);
  });

  it("has a sentence even for a command that it does not know", () => {
    expect(sentenceOf(entry("TurnTheMoon", []), english).text).toBe("王强 did TurnTheMoon");
  });
});

describe("a due time that somebody changed", () => {
  it("tells who gave a task another due time, from when to when", () => {
    const moved = { before: 1793698200000, after: 1793784600000 };
    const changed = entry("ChangeDueTime", [event("DueTimeChanged", "整改", moved)], {
      command: { type: "ChangeDueTime", reason: "台风" },
    });
    const { text, note, consequences } = sentenceOf(changed, chinese);
    expect(text).toContain("调整了“整改”的期限");
    expect(note).toBe("台风");
    expect(consequences[0]).toContain("改为");
    const first = entry("ChangeDueTime", [event("DueTimeChanged", "整改", { before: null, after: 1793784600000 })]);
    expect(sentenceOf(first, chinese).consequences[0]).toContain("期限定为");
  });
});
