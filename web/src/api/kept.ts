/**
 * Copies of what was read, on this device and for this person alone, so that the day's work opens without a connection.
 * A copy is only shown when no answer comes; it goes when the person signs out.
 */
import { clear, createStore, entries, get, set, update } from "idb-keyval";

import { connection, request, Unreachable, type Call } from "./client";

const store = createStore("duban-kept", "answers");

interface Copy {
  at: number;
  value: unknown;
}

/** Like `request`; what came last stands in when nobody answers. */
export async function requestKept<T>(path: string, call: Call = {}): Promise<T> {
  const place = placeOf(path, call);
  try {
    const value = await request<T>(path, call);
    await set(place, { at: Date.now(), value } satisfies Copy, store).catch(() => undefined); // a full device reads on
    return value;
  } catch (error) {
    const copy = error instanceof Unreachable ? await get<Copy>(place, store).catch(() => undefined) : undefined;
    if (!copy) throw error;
    return copy.value as T;
  }
}

/** What this device did itself, such as saving a draft, is in the copy too. */
export async function amendKept<T>(path: string, change: (value: T) => T): Promise<void> {
  const place = placeOf(path, {});
  if (!(await get<Copy>(place, store))) return;
  await update<Copy | undefined>(place, (copy) => copy && { ...copy, value: change(copy.value as T) }, store);
}

function placeOf(path: string, call: Call): string {
  return [connection.person, connection.language, path, JSON.stringify(call.query ?? {})].join(" ");
}

export function forgetKept(): Promise<void> {
  return clear(store);
}

/** The paths that this person has copies of, each with when it was read. */
export async function keptPaths(): Promise<Map<string, number>> {
  const mine = (await entries<string, Copy>(store)).filter(([place]) => place.startsWith(`${connection.person} `));
  return new Map(mine.map(([place, copy]) => [place.split(" ")[2] ?? "", copy.at]));
}
