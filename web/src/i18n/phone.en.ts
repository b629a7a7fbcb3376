import type { phoneZh } from "./phone.zh";

export const phoneEn: Record<keyof typeof phoneZh, string> = {
  "outbox.title": "Outbox",
  "outbox.empty": "Everything has arrived",
  "outbox.emptyHint": "The server has all that was done on this device.",
  "outbox.photo": "Photo",
  "outbox.answers": "Checklist answers",
  "outbox.raise": "Finding raised",
  "outbox.open": "Open the task",
  "outbox.discard": "Delete",
  "outbox.state.waiting": "To be sent",
  "outbox.state.sending": "Sending",
  "outbox.state.refused": "Refused",
  "outbox.kept": "Kept on this device; it is sent when the connection is back.",
  "outbox.waitsHere": "“{action}” is kept on this device and sent when the connection is back.",
  "outbox.takeBack": "Take back",
  "outbox.refusedHere":
    "The server did not accept “{action}”: {reason} The task is as it was; what you entered is still here.",
  "outbox.undo": "Drop this step",
  "outbox.chip": "Outbox: {words}",
  "changed.compare": "Compare",
  "changed.field": "Field",
  "changed.mine": "What you entered",
  "changed.theirs": "As it is now",
  "changed.differs": "differs",
  "update.ready": "A new version is ready.",
  "update.now": "Update now",
};
