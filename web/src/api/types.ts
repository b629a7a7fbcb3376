/** The nouns of the HTTP contract (`/api/v1`), as the screens use them. Instants are ISO 8601 UTC. */

export type Instant = string;
export type Language = "zh-CN" | "en";
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type FormData = Record<string, Json>;
export type FormSchema = { components?: FormComponent[]; [key: string]: unknown };
export type FormComponent = {
  id?: string;
  key?: string;
  path?: string;
  type: string;
  label?: string;
  components?: FormComponent[];
  values?: { value: Json; label: string }[];
  [key: string]: unknown;
};

export interface Named {
  id: string;
  name: string;
}

export interface Person extends Named {
  username: string;
  language: Language;
  unit: { id: string; name: string; nameEn: string } | null;
  roles: { role: string; name: string; nameEn: string; unit: string }[];
  permissions: string[];
}

export interface Session {
  person: Person;
  csrfToken: string;
  demo: boolean;
}

export interface DemoAccount {
  username: string;
  password: string;
  name: string;
  title: string;
  titleEn: string;
}

export interface Config {
  demo: boolean;
  demoAccounts: DemoAccount[];
  version: string;
  languages: Language[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Count {
  count: number;
  more: boolean;
}

export type TaskView = "mine" | "available" | "overdue" | "today" | "done";
export type TaskCounts = Record<Exclude<TaskView, "done">, Count>;
export type TaskState = "created" | "claimed" | "completed" | "cancelled";

export interface TaskSummary {
  id: string;
  name: string;
  element: string;
  process: string;
  processName: string;
  case: { id: string; title: string };
  state: TaskState;
  assignee: Named | null;
  createdAt: Instant;
  due: Instant | null;
  priority: number;
  version: number;
  overdue: boolean;
  nextRung: { at: Instant; name: string } | null;
}

export interface Permitted {
  allowed: boolean;
  reason: string | null;
}

export type TaskAction = "claim" | "unclaim" | "complete" | "delegate" | "assign";

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  role: "before" | "after" | "evidence" | "document";
  source: "CAMERA" | "GALLERY" | "EXTERNAL";
  capturedAt: Instant | null;
  gps: string | null;
  uploadedBy: Named | string;
  uploadedAt: Instant;
  previewUrl: string | null;
  url: string;
}

export interface Task extends TaskSummary {
  documentation: string | null;
  form: FormSchema | null;
  data: FormData;
  draft: { data: FormData; savedAt: Instant } | null;
  attachments: Attachment[];
  evidence: { photos: number };
  actions: Record<TaskAction, Permitted>;
  rungs: { at: Instant; name: string; reached: boolean }[];
  excluded: { person: Named | string; reason: string }[];
}

export interface Candidate extends Named {
  unit: { id: string; name: string; nameEn?: string } | string | null;
  eligible: boolean;
  reason: string | null;
}

export interface TaskAnswer {
  task: TaskSummary;
  case: { id: string; status: CaseStatus };
}

export interface Definition {
  process: string;
  name: string;
  version: number;
  startable: boolean;
  form: FormSchema | null;
  documentation: string | null;
}

export type CaseStatus = "active" | "suspended" | "completed" | "terminated";
export type CaseView = "open" | "closed" | "all";

export interface CaseSummary {
  id: string;
  title: string;
  process: string;
  processName: string;
  status: CaseStatus;
  startedAt: Instant;
  endedAt: Instant | null;
  startedBy: Named | null;
  openTasks: number;
  incidents: number;
  due: Instant | null;
}

export interface Incident {
  id: string;
  case: { id: string; title: string };
  element: string;
  elementName: string | null;
  kind: string;
  message: string;
  raisedAt: Instant;
  resolvedAt: Instant | null;
  job: string | null;
}

export interface Case extends Omit<CaseSummary, "incidents"> {
  variables: FormData;
  tasks: TaskSummary[];
  incidents: Incident[];
  attachments: Attachment[];
  entries: number;
  release: { hash: string; deployedAt: Instant };
  actions: Record<"suspend" | "resume" | "cancel", Permitted>;
}

export interface ElementCounts {
  active: number;
  completed: number;
  cancelled: number;
  incidents: number;
}

export interface Diagram {
  process: string;
  name: string;
  xml: string;
  elements: Record<string, ElementCounts>;
  flows: Record<string, number>;
  processes: { process: string; name: string }[];
}

export interface HistoryEvent {
  type: string;
  element: string | null;
  elementName: string | null;
  detail: Record<string, Json>;
}

export interface HistoryEntry {
  seq: number;
  at: Instant;
  actor: Named | null;
  onBehalfOf: Named | null;
  command: { type: string; [key: string]: Json };
  hash: string;
  events: HistoryEvent[];
}

export interface Verification {
  chain: "whole" | "broken";
  reexecution: string;
  entries: number;
  head: string;
  firstWrong: { seq: number; reason: string } | null;
  checkedAt: Instant;
}

export interface AccessToken {
  id: string;
  name: string;
  createdAt: Instant;
  lastUsedAt: Instant | null;
  expiresAt: Instant;
  token?: string;
}

export interface Release {
  hash: string;
  deployedAt: Instant;
  deployedBy?: Named | null;
  note?: string | null;
}
