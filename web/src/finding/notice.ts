/**
 * From a failed item to the notice in one go: what an inspector would do in three tasks one after the other, with the forms
 * as their process prefills them. Each step is an ordinary command; where it stops, the rest waits as ordinary tasks.
 */
import { connection, request, uuid } from "../api/client";
import { path } from "../api/queries";
import type { Case, FormData, Page, Task, TaskAnswer, TaskSummary } from "../api/types";
import { components } from "../form/schema";
import { outbox, stamp } from "../outbox/device";
import { addPhoto, type PhotoValue } from "../photos/device";
import type { Act } from "../task/actions";

export interface Finding {
  visitNo: string;
  item: string;
  title: string;
  place: string;
  note: string;
  photos: PhotoValue[];
  /** What keeps people safe until it is put right. */
  interim: string;
}

export type Step = "raise" | "grade" | "order" | "number";
export const STEPS: Step[] = ["raise", "grade", "order", "number"];

/** How far it came: `kept` without a connection, `chief` where the order is another person's to give. */
export type Outcome =
  | { state: "noticed"; case: string; number: string }
  | { state: "chief"; case: string }
  | { state: "slow"; case: string | null }
  | { state: "kept" };

const EVERY = 700;
const PATIENCE = 40;

export async function issueNotice(finding: Finding, act: Act, done: (step: Step) => void): Promise<Outcome> {
  const before = new Set((await confirmations()).map((task) => task.id));
  const raised = await outbox.deliver(raiseLetter(finding));
  if (raised.state === "refused") throw raised.problem;
  if (raised.state === "kept") return { state: "kept" };
  done("raise");
  const grading = await awaited(async () => {
    for (const task of await confirmations()) if (!before.has(task.id) && (await isOf(task, finding))) return task;
    return null;
  });
  if (!grading) return { state: "slow", case: null };
  const hazard = grading.case.id;
  const photos = await copies(finding.photos, grading.id);
  await claimAndComplete(grading, act, { photosBefore: photos as unknown as FormData[string] });
  done("grade");
  const ordering = await awaited(() => taskOf(hazard, "IssueOrder"));
  if (!ordering) return { state: "chief", case: hazard };
  await claimAndComplete(ordering, act, { interimControls: finding.interim });
  done("order");
  const number = await awaited(async () => {
    const { variables } = await request<Case>(path.case(hazard));
    return typeof variables.orderNo === "string" ? variables.orderNo : null;
  });
  if (!number) return { state: "slow", case: hazard };
  done("number");
  return { state: "noticed", case: hazard, number };
}

/** Only the finding itself: it goes out with the rest, when there is a connection. */
export function raiseLetter({ visitNo, item, title, place, note }: Finding) {
  const data = { visitNo, listed: "LISTED", item, source: "ONSITE", place, note };
  const key = uuid();
  const call = { path: "/cases", json: { process: "finding", data }, key };
  return { id: key, person: connection.person, subject: visitNo, kind: "raise", title, call, at: stamp() };
}

async function confirmations(): Promise<TaskSummary[]> {
  const query = { view: "available", element: "ConfirmGrade", sort: "-created", limit: 20 };
  return (await request<Page<TaskSummary>>("/tasks", { query })).items;
}

async function isOf(task: TaskSummary, { visitNo, item }: Finding): Promise<boolean> {
  const { variables } = await request<Case>(path.case(task.case.id));
  const { findingId } = variables;
  return variables.item === item && typeof findingId === "string" && findingId.startsWith(`${visitNo}-`);
}

async function taskOf(hazard: string, element: string): Promise<TaskSummary | null> {
  const query = { view: "available", case: hazard, element };
  return (await request<Page<TaskSummary>>("/tasks", { query })).items[0] ?? null;
}

async function awaited<T>(look: () => Promise<T | null>): Promise<T | null> {
  for (let n = 0; n < PATIENCE; n++) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  return null;
}

/** The same pictures for another case: a file belongs to one. */
async function copies(photos: PhotoValue[], task: string): Promise<PhotoValue[]> {
  const made: PhotoValue[] = [];
  for (const { id } of photos) {
    const original = await fetch(`/api/v1/attachments/${encodeURIComponent(id)}`);
    const picture = await original.blob();
    const place = `task|${task}|photosBefore`;
    made.push(await addPhoto({ picture, name: `${id}.jpg`, place, role: "before", source: "CAMERA" }));
  }
  return made;
}

async function claimAndComplete(summary: TaskSummary, act: Act, more: FormData): Promise<TaskAnswer | null> {
  const claimed = await act(summary, "claim");
  const task = await request<Task>(path.task(summary.id));
  const data = { ...prefilled(task), ...more };
  return act({ ...task, version: claimed?.task.version ?? task.version }, "complete", { data });
}

/** What the form shows when it opens: the case's data where it has them, else the form's own defaults. */
export function prefilled(task: Pick<Task, "form" | "data">): FormData {
  const found: FormData = {};
  for (const { key, defaultValue, disabled } of components(task.form)) {
    if (key === undefined || disabled) continue;
    const value = task.data[key] ?? (defaultValue as FormData[string] | undefined);
    if (value !== undefined && value !== null) found[key] = value;
  }
  return found;
}
