import type { operatingZh } from "./operating.zh";

/** The words of operating cases that came after the first of them. */
export const operatingEn: Record<keyof typeof operatingZh, string> = {
  "history.ChangeDueTime": "{who} changed when “{step}” is due",
  "history.DueTimeSet": "“{step}” is now due {after}",
  "due.change": "Change due time",
  "due.changeAsk":
    "Escalations still to come follow the new due time; what has happened does not happen again. The change and your reason stay in the history.",
  "due.changed": "Due time changed",
  "due.task": "Which task",
  "due.now": "Due now: {due}",
  "due.none": "no due time",
  "due.new": "New due time",
  "due.pick": "Choose a new due time later than now.",
  "notice.kind.due": "New due time",
  "notice.about.due": "One of my tasks has another due time",
  "notice.byCalendar": "The working calendar changed:",
  "notice.byOperator": "Changed by whoever runs the process:",
  "operate.action.due": "Change due time",
  "operate.dueStep": "Tasks of which step (id)",
};
