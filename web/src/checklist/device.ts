/** The answers of this device on their way: IndexedDB beneath, the API above. */
import { createStore, del, entries, set } from "idb-keyval";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { Checklist, Said } from "../api/types";
import { Outbox, type Letter } from "../outbox/outbox";
import { isDefinite } from "../task/actions";

export type Answers = Letter<Said[]>;

interface Row {
  letter: Answers;
  at: number;
}

const store = createStore("duban-answers", "answers");
const listeners = new Set<(task: string, list: Checklist) => void>();

export const answers = new Outbox<Said[], Checklist>({
  store: {
    all: async () => {
      const rows = (await entries<string, Row>(store)).map(([, row]) => row);
      return rows.sort((one, other) => one.at - other.at).map((row) => row.letter);
    },
    put: (letter, at) => set(letter.id, { letter, at } satisfies Row, store),
    remove: (id) => del(id, store),
  },
  send: ({ subject, body }) =>
    request<Checklist>(`${path.task(subject)}/checklist`, { method: "POST", json: { answers: body } }),
  onSent: ({ subject }, list) => listeners.forEach((listener) => listener(subject, list)),
  isDefinite,
  later: (again, milliseconds) => setTimeout(again, milliseconds),
  now: Date.now,
});

addEventListener("online", () => void answers.retry());

/** Told of the list as the server has it, after each answer it took. */
export function onChecklist(listener: (task: string, list: Checklist) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
