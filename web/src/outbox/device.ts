/** The outbox of this device: IndexedDB beneath, the API above. */
import { createStore, del, set, values } from "idb-keyval";
import { useMemo, useSyncExternalStore } from "react";

import { connection, isDefinite, request, Unreachable } from "../api/client";
import { useSession } from "../session/session";
import { Outbox, type Call, type Letter, type Shown } from "./outbox";

const store = createStore("duban-outbox", "letters");

export const outbox = new Outbox({
  store: {
    all: async () => (await values<Letter>(store)).sort((one, other) => one.at - other.at),
    put: (letter) => set(letter.id, letter, store),
    remove: (id) => del(id, store),
  },
  send,
  isDefinite,
  versionIn: (answer) => (answer as { task?: { version: number } } | undefined)?.task?.version,
  later: (again, milliseconds) => setTimeout(again, milliseconds),
  now: Date.now,
});

async function send({ path, json, form, version, key }: Call, done: number): Promise<unknown> {
  // Begun without a connection, the session has no token yet: refused for that, a letter would look unwanted.
  if (!connection.csrfToken) throw new Unreachable("no session yet");
  return request(path, { method: "POST", json, form: form && formOf(form), version, key, done });
}

function formOf(fields: Record<string, string | Blob>): globalThis.FormData {
  const form = new globalThis.FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** A moment that is later than every one before it on this page: what happens in one millisecond keeps its order. */
export function stamp(): number {
  last = Math.max(Date.now(), last + 0.001);
  return last;
}
let last = 0;

/** What of this person's is left on the device; with `subject`, of that alone. */
export function useKept(subject?: string): Shown {
  const person = useSession().person.id;
  const all = useSyncExternalStore(outbox.subscribe, outbox.list);
  return useMemo(() => {
    const mine = all.kept.filter(({ letter }) => letter.person === person && (!subject || letter.subject === subject));
    return { ...all, kept: mine };
  }, [all, person, subject]);
}
