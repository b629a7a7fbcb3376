/** The answers of this device on their way. */
import { uuid } from "../api/client";
import { path } from "../api/queries";
import type { Checklist, Said } from "../api/types";
import { outbox, stamp } from "../outbox/device";
import type { Letter } from "../outbox/outbox";

export function sendAnswers(task: string, person: string, title: string, answers: Said[]): void {
  const call = { path: `${path.task(task)}/checklist`, json: { answers } };
  void outbox.add({ id: uuid(), person, subject: task, kind: "answers", title, call, about: answers, at: stamp() });
}

export function aboutAnswers(letter: Letter): Said[] {
  return letter.kind === "answers" ? (letter.about as Said[]) : [];
}

/** Told of the list as the server has it, after each answer it took. */
export function onChecklist(listener: (task: string, list: Checklist) => void): () => void {
  return outbox.onSent((letter, answer) => {
    if (letter.kind === "answers") listener(letter.subject, answer as Checklist);
  });
}
