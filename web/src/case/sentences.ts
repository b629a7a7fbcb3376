/**
 * The history in plain words. Pure: an entry and a translator in, one sentence and what followed from it out.
 *
 * The first sentence says who did what; the consequences say where the process went. Nothing is invented: an event without a
 * sentence of its own is left to the detailed view.
 */
import type { HistoryEntry, HistoryEvent, Instant, Json } from "../api/types";
import type { MessageKey, Translate } from "../i18n";
import type { IconName } from "../ui/Icon";
import type { Tone } from "../ui/states";

export interface Sentence {
  icon: IconName;
  tone: Tone;
  text: string;
  note: string;
  consequences: string[];
}

interface Look {
  key: MessageKey;
  icon: IconName;
  tone: Tone;
}

const COMMANDS: Record<string, Look> = {
  StartCase: { key: "history.StartCase", icon: "play", tone: "info" },
  ClaimTask: { key: "history.ClaimTask", icon: "claim", tone: "calm" },
  UnclaimTask: { key: "history.UnclaimTask", icon: "release", tone: "calm" },
  AssignTask: { key: "history.AssignTask", icon: "person", tone: "calm" },
  DelegateTask: { key: "history.DelegateTask", icon: "swap", tone: "calm" },
  CompleteTask: { key: "history.CompleteTask", icon: "check", tone: "good" },
  ReturnTask: { key: "history.ReturnTask", icon: "back", tone: "warn" },
  WithdrawTask: { key: "history.WithdrawTask", icon: "release", tone: "warn" },
  AddSigners: { key: "history.AddSigners", icon: "plus", tone: "calm" },
  SignTask: { key: "history.SignTask", icon: "check", tone: "good" },
  FireTimer: { key: "history.FireTimer", icon: "clock", tone: "warn" },
  DeliverMessage: { key: "history.DeliverMessage", icon: "message", tone: "calm" },
  DeliverSignal: { key: "history.DeliverSignal", icon: "message", tone: "calm" },
  CompleteJob: { key: "history.CompleteJob", icon: "gear", tone: "calm" },
  FailJob: { key: "history.FailJob", icon: "alert", tone: "bad" },
  RetryIncident: { key: "history.RetryIncident", icon: "retake", tone: "calm" },
  Continue: { key: "history.Continue", icon: "gear", tone: "calm" },
  SuspendCase: { key: "history.SuspendCase", icon: "pause", tone: "warn" },
  ResumeCase: { key: "history.ResumeCase", icon: "play", tone: "info" },
  CancelCase: { key: "history.CancelCase", icon: "stop", tone: "bad" },
  MoveToken: { key: "history.MoveToken", icon: "flow", tone: "warn" },
  ChangeDueTime: { key: "history.ChangeDueTime", icon: "clock", tone: "warn" },
  SetVariables: { key: "history.SetVariables", icon: "file", tone: "warn" },
  AdoptCalendar: { key: "history.AdoptCalendar", icon: "calendar", tone: "info" },
  MigrateCase: { key: "history.MigrateCase", icon: "flow", tone: "info" },
};

const OTHER: Look = { key: "history.other", icon: "info", tone: "calm" };

/** Events that are about the step that the command addressed: their element is what the sentence names. */
const SUBJECT: Record<string, readonly string[]> = {
  ClaimTask: ["TaskClaimed"],
  UnclaimTask: ["TaskReleased"],
  AssignTask: ["TaskAssigned"],
  DelegateTask: ["TaskAssigned"],
  CompleteTask: ["TaskCompleted", "TaskSubmitted", "TaskResolved"],
  ReturnTask: ["TaskReturned"],
  WithdrawTask: ["TaskReturned"],
  AddSigners: ["SignersAdded"],
  SignTask: ["TaskSigned"],
  FireTimer: ["RungReached", "TimerFired", "TimerSkipped"],
  DeliverMessage: ["MessageReceived"],
  DeliverSignal: ["SignalReceived"],
  CompleteJob: ["JobCompleted"],
  FailJob: ["JobFailed"],
  RetryIncident: ["IncidentResolved"],
  MoveToken: ["TokenMoved"],
  ChangeDueTime: ["DueTimeChanged"],
};

export function sentenceOf(entry: HistoryEntry, t: Translate): Sentence {
  const rung = entry.events.find((event) => event.type === "RungReached");
  const look = rung
    ? { key: "history.rung" as const, icon: "bell" as const, tone: "warn" as const }
    : lookOf(entry.command);
  const words = t(look.key, {
    who: actorOf(entry, t),
    step: stepOf(entry, t),
    to: nameOf(entry.command.toName ?? detailOf(entry, "TaskAssigned", "toName") ?? entry.command.to),
    name: nameOf(
      entry.command.name ?? detailOf(entry, "MessageReceived", "name") ?? detailOf(entry, "SignalReceived", "name"),
    ),
    rung: rung ? rungName(rung, t) : "",
    target: nameOf(entry.command.targetName ?? detailOf(entry, "TaskReturned", "targetName")),
    people: namesOf(entry.command.peopleNames),
    type: entry.command.type,
    n: nameOf(entry.command.version),
  });
  return { icon: look.icon, tone: look.tone, text: words, note: noteOf(entry), consequences: consequencesOf(entry, t) };
}

/** Some commands are told differently for what they say. */
function lookOf(command: HistoryEntry["command"]): Look {
  if (command.type === "DelegateTask" && command.returns)
    return { key: "history.LendTask", icon: "swap", tone: "calm" };
  if (command.type === "AssignTask" && command.borrow)
    return { key: "history.BorrowTask", icon: "person", tone: "warn" };
  if (command.type === "SignTask" && !command.agree) return { key: "history.RefuseTask", icon: "close", tone: "bad" };
  return COMMANDS[command.type] ?? OTHER;
}

function namesOf(value: Json | undefined): string {
  return Array.isArray(value) ? value.map(nameOf).join(", ") : "";
}

export function actorOf(entry: HistoryEntry, t: Translate): string {
  if (!entry.actor) return t("who.system");
  return entry.onBehalfOf
    ? t("who.onBehalf", { who: entry.actor.name, other: entry.onBehalfOf.name })
    : entry.actor.name;
}

function stepOf(entry: HistoryEntry, t: Translate): string {
  const types = SUBJECT[entry.command.type] ?? [];
  const event = entry.events.find((one) => types.includes(one.type));
  return event ? stepName(event) : nameOf(entry.command.elementName ?? entry.command.element) || t("history.aStep");
}

function stepName(event: HistoryEvent): string {
  return event.elementName ?? event.element ?? nameOf(event.detail.name);
}

function nameOf(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function detailOf(entry: HistoryEntry, type: string, name: string): Json | undefined {
  return entry.events.find((event) => event.type === type)?.detail[name];
}

function rungName(event: HistoryEvent, t: Translate): string {
  const rung = event.detail.rung;
  const named =
    rung && typeof rung === "object" && !Array.isArray(rung) ? (rung[t("history.rungField")] ?? rung.name) : undefined;
  return nameOf(named ?? event.detail.code);
}

function noteOf(entry: HistoryEntry): string {
  return nameOf(
    entry.command.note ?? entry.command.reason ?? entry.command.comment ?? detailOf(entry, "TaskAssigned", "note"),
  );
}

function consequencesOf(entry: HistoryEntry, t: Translate): string[] {
  const lines = entry.events.flatMap((event) => consequence(event, t));
  const told =
    entry.told.length > 0 ? [t("history.told", { who: entry.told.map((one) => one.name).join(t("history.and")) })] : [];
  return [...new Set([...told, ...lines])];
}

function consequence(event: HistoryEvent, t: Translate): string[] {
  const step = stepName(event);
  switch (event.type) {
    case "TaskCreated":
      return [t("history.TaskCreated", { step })];
    case "TaskResolved":
      return [t("history.TaskResolved", { to: nameOf(event.detail.toName) })];
    case "TaskSubmitted":
      return [t("history.TaskSubmitted")];
    case "SigningEnded":
      return [t(event.detail.agreed ? "history.SigningAgreed" : "history.SigningRefused")];
    case "TaskCancelled":
      return [t("history.TaskCancelled", { step })];
    case "DecisionEvaluated":
      return [t("history.DecisionEvaluated", { step })];
    case "DeadlineMoved":
    case "DueTimeChanged":
      return [deadlineMoved(event, step, t)];
    case "TimerSkipped":
      return [t("history.TimerSkipped", { step, n: 1 + Number(event.detail.skipped ?? 0) })];
    case "RungHeld":
      return [t("history.RungHeld", { step, rung: rungName(event, t) })];
    case "CandidatesAdded":
      return [t("history.CandidatesAdded", { step })];
    case "TaskPrioritized":
      return [t("history.TaskPrioritized", { step, n: nameOf(event.detail.priority) })];
    case "MessageSent":
      return [t("history.MessageSent", { name: nameOf(event.detail.name) })];
    case "ErrorThrown":
    case "EscalationThrown":
      return [t("history.Thrown", { step, code: nameOf(event.detail.code) })];
    case "ErrorCaught":
      return [t("history.ErrorCaught", { step, code: nameOf(event.detail.code) })];
    case "ConditionChanged":
      return event.detail.value === true ? [t("history.ConditionChanged", { step })] : [];
    case "TriggerCaught":
      return [t("history.TriggerCaught", { step })];
    case "InstanceEventThrown":
      return [t("history.InstanceEventThrown", { step, name: nameOf(event.detail.name) })];
    case "CompensationEnabled":
      return [t("history.CompensationEnabled", { step })];
    case "CompensationThrown":
      return [t("history.CompensationThrown", { step })];
    case "CompensationStarted":
      return [t("history.CompensationStarted", { step })];
    case "AdHocEnding":
      return [t("history.AdHocEnding")];
    case "IncidentRaised":
      return [t("history.IncidentRaised", { step, message: nameOf(event.detail.message) })];
    case "CaseCompleted":
      return [t("history.CaseCompleted")];
    default:
      return [];
  }
}

function deadlineMoved(event: HistoryEvent, step: string, t: Translate): string {
  const { before, after } = event.detail;
  const known = typeof before === "number" ? "history.DeadlineMoved" : "history.DueTimeSet";
  const key = before === after ? "history.DeadlineKept" : known;
  return t(key, { step, before: shortMoment(before, t), after: shortMoment(after, t) });
}

/** Milliseconds of an event, as the language of the sentence writes them. */
function shortMoment(millis: Json | undefined, t: Translate): string {
  if (typeof millis !== "number") return "";
  const at = new Date(millis);
  const two = (part: number) => String(part).padStart(2, "0");
  return t("history.moment", {
    year: at.getFullYear(),
    month: at.getMonth() + 1,
    day: at.getDate(),
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  });
}

/** The day an entry belongs to, for the headings of the list. */
export function dayOf(at: Instant, language: string): string {
  return new Date(at).toLocaleDateString(language, { year: "numeric", month: "long", day: "numeric", weekday: "long" });
}
