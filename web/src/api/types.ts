/**
 * The nouns of the HTTP contract, as the screens use them: the generated types, made narrower where the description can only
 * say "an object". Instants are ISO 8601 UTC.
 */
import type { components } from "./schema";

type Schemas = components["schemas"];
type Narrowed<Name extends keyof Schemas, Narrow> = Omit<Schemas[Name], keyof Narrow> & Narrow;

export type Instant = string;
export type Language = "zh-CN" | "en";
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a form holds: values by the keys of its fields. */
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

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Named = Schemas["Named"];
export type Person = Schemas["Person"];
export type Session = Schemas["Session"];
export type DemoAccount = Schemas["DemoAccount"];
export type Config = Schemas["Config"];

export type Count = Schemas["Count"];
export type TaskCounts = Schemas["TaskCounts"];
export type TaskView = keyof TaskCounts | "done";
export type TaskSummary = Schemas["TaskSummary"];
export type Attachment = Schemas["Attachment"];
export type TaskAction = keyof Schemas["TaskActions"];
export type Draft = Narrowed<"Draft", { data: FormData }>;
export type Task = Narrowed<"Task", { form: FormSchema | null; data: FormData; draft: Draft | null }>;
export type Candidate = Schemas["Candidate"];
export type TaskAnswer = Schemas["TaskAnswer"];

export type Checklist = Schemas["Checklist"];
export type ChecklistItem = Checklist["items"][number];
export type Answer = ChecklistItem["answers"][number];
/** An answer as this device says it, before the server has added who and when. */
export type Said = Required<Schemas["AnswerBody"]>;

export type CaseSignature = Narrowed<"CaseSignature", { drawing: { id: string; sha256: string } | null }>;

export type Definition = Narrowed<"Definition", { form: FormSchema | null; data: FormData }>;
export type CaseSummary = Schemas["CaseSummary"];
export type CaseStatus = CaseSummary["status"];
export type CaseView = "open" | "closed" | "all";
export type CaseRequest = Narrowed<"Request", { form: FormSchema; data: FormData }>;
export type Case = Narrowed<"Case", { variables: FormData; requests: CaseRequest[] }>;
export type Incident = Schemas["Incident"];
export type ElementCounts = Schemas["ElementCounts"];
export type Diagram = Schemas["Diagram"];
export type HistoryEvent = Narrowed<"Event", { detail: Record<string, Json> }>;
export type HistoryEntry = Narrowed<
  "Entry",
  { command: { type: string; [key: string]: Json }; events: HistoryEvent[] }
>;
type Raw = Schemas["Moment"];
type DecisionStep = {
  name: string;
  tables?: { inputs: [string, Json][]; rules: { index: number; outputs: Json[] }[] }[];
};
/** A case just after one of its entries. */
export type MomentAt = Omit<Raw, "entry" | "scopes" | "decisions"> & {
  entry: HistoryEntry;
  scopes: (Omit<Raw["scopes"][number], "variables"> & {
    variables: (Omit<Raw["scopes"][number]["variables"][number], "value" | "old"> & { value: Json; old: Json })[];
  })[];
  decisions: (Omit<Raw["decisions"][number], "steps"> & { steps: DecisionStep[] })[];
};
export type Verification = Schemas["Verification"];

export type CalendarRules = Schemas["Rules"];
export type CalendarSeries = Schemas["Series"];
export type CalendarVersion = Schemas["Calendar"];
export type CalendarPublication = Schemas["Version"];
export type CalendarYear = Schemas["Year"];
export type CalendarPreview = Schemas["Preview"];

export type AccessToken = Schemas["Token"];
export type NewAccessToken = Schemas["NewToken"];
export type LibraryDiagram = Schemas["LibraryDiagram"];
export type LibraryDiagramSummary = Schemas["LibraryDiagramSummary"];
export type Comparison = Schemas["ReleaseComparison"];
export type FileComparison = Schemas["FileComparison"];
export type PartChange = Schemas["PartChange"];
export type PropertyChange = Schemas["PropertyChange"];
export type ReleaseSummary = Schemas["ReleaseSummary"];
