/** What was edited here and has not reached the server, in this browser: a closed page or a dead battery loses nothing. */
import { createStore, del, entries, set } from "idb-keyval";

import type { Device, Kept } from "./saver";

const store = createStore("duban-studio", "unsent");
const keyOf = (person: string, draft: string, path: string) => `${person}/${draft}/${path}`;

export function deviceOf(person: string, draft: string): Device {
  return {
    keep: (path, kept) => void set(keyOf(person, draft, path), kept, store).catch(() => undefined),
    forget: (path) => void del(keyOf(person, draft, path), store).catch(() => undefined),
  };
}

/** What an earlier visit left behind, by path. */
export async function leftBehind(person: string, draft: string): Promise<[string, Kept][]> {
  const start = keyOf(person, draft, "");
  try {
    return (await entries<string, Kept>(store))
      .filter(([key]) => key.startsWith(start))
      .map(([key, kept]) => [key.slice(start.length), kept]);
  } catch {
    return [];
  }
}
