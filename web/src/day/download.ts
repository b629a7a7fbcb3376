/** One's work of the day on the device, before driving to where there is no signal. */
import { requestKept } from "../api/kept";
import { path } from "../api/queries";
import type { Checklist, Page, Task, TaskSummary } from "../api/types";

export interface Progress {
  done: number;
  total: number;
}

/** The list as the worklist asks for it, so that it is the same copy. */
const MINE = { view: "mine", q: "", process: "", sort: "due", limit: 50 };

/** Read everything that the phone needs of each task; `told` after each. Raises what the server or the network says. */
export async function downloadDay(told: (progress: Progress) => void): Promise<number> {
  const { items } = await requestKept<Page<TaskSummary>>("/tasks", { query: MINE });
  await requestKept("/tasks/counts");
  await requestKept("/registers/phrases/rows", { query: { limit: 200 } });
  await requestKept("/registers/sites/rows", { query: { limit: 200 } });
  for (const [index, summary] of items.entries()) {
    told({ done: index, total: items.length });
    await requestKept<Task>(path.task(summary.id));
    await requestKept<Checklist>(`${path.task(summary.id)}/checklist`);
  }
  told({ done: items.length, total: items.length });
  localStorage.setItem(WHEN, new Date().toISOString());
  return items.length;
}

const WHEN = "duban.day";

export function downloadedAt(): string | null {
  return localStorage.getItem(WHEN);
}

export interface Room {
  used: number;
  quota: number;
}

/** What this application uses of what the browser gives it, in bytes; `null` where the browser does not say. */
export async function room(): Promise<Room | null> {
  if (!("storage" in navigator)) return null;
  const { usage, quota } = await navigator.storage.estimate();
  return usage !== undefined && quota ? { used: usage, quota } : null;
}
