/** What the studio reads and writes: drafts, their files, what is wrong with them. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { request } from "../api/client";
import { useRows, type Rows } from "../api/queries";
import type { components } from "../api/schema";
import type { Comparison, FormData, Page, ReleaseSummary } from "../api/types";

type Schemas = components["schemas"];
export type DraftSummary = Schemas["DraftSummary"];
export type StudioDraft = Schemas["StudioDraft"];
export type DraftFile = Schemas["DraftFile"];
export type Checked = Schemas["Checked"];
export type ModelProblem = Schemas["DraftProblem"];
export type Imported = Schemas["Imported"];
export type Revision = Schemas["Revision"];
type FileText = Schemas["DraftFileText"];
type Saved = Schemas["DraftSaved"];

export const draftPath = (id: string): string => `/studio/drafts/${encodeURIComponent(id)}`;

const filePath = (draft: string, path: string): string =>
  `${draftPath(draft)}/files/${path.split("/").map(encodeURIComponent).join("/")}`;

export function useDrafts(): Rows<DraftSummary> {
  return useRows<DraftSummary>("drafts", "/studio/drafts", {});
}

export function useDraft(id: string): UseQueryResult<StudioDraft> {
  return useQuery({ queryKey: ["draft", id], queryFn: () => request<StudioDraft>(draftPath(id)) });
}

/** What a draft may begin from, the newest first. */
export function useReleases(): UseQueryResult<ReleaseSummary[]> {
  return useQuery({
    queryKey: ["studio-releases"],
    queryFn: async () => (await request<Page<ReleaseSummary>>("/releases", { query: { limit: 50 } })).items,
  });
}

export interface NewDraft {
  name: string;
  source: "empty" | "release" | "folder";
  release?: string;
}

export const createDraft = (body: NewDraft): Promise<StudioDraft> =>
  request<StudioDraft>("/studio/drafts", { method: "POST", json: body });

export const deleteDraft = (id: string, version: number): Promise<undefined> =>
  request<undefined>(draftPath(id), { method: "DELETE", version });

export const renameDraft = (id: string, version: number, name: string): Promise<Saved> =>
  request<Saved>(draftPath(id), { method: "PUT", version, json: { name } });

export const readFile = (draft: string, path: string): Promise<string> =>
  request<FileText>(filePath(draft, path)).then(({ text }) => text);

export const writeFile = (draft: string, path: string, text: string, version: number): Promise<Saved> =>
  request<Saved>(filePath(draft, path), { method: "PUT", version, json: { text } });

export const removeFile = (draft: string, path: string, version: number): Promise<Saved> =>
  request<Saved>(filePath(draft, path), { method: "DELETE", version });

export const importFile = (draft: string, path: string, text: string, version: number): Promise<Imported> =>
  request<Imported>(`${draftPath(draft)}/import`, { method: "POST", version, json: { path, text } });

export const checkDraft = (draft: string): Promise<Checked> =>
  request<Checked>(`${draftPath(draft)}/check`, { method: "POST" });

export const readRevisions = (draft: string): Promise<{ items: Revision[] }> =>
  request<{ items: Revision[] }>(`${draftPath(draft)}/revisions`);

export const restoreRevision = (draft: string, n: number, version: number): Promise<Saved> =>
  request<Saved>(`${draftPath(draft)}/revisions/${n}/restore`, { method: "POST", version });

export function useDraftComparison(left: string, right: string, version: number): UseQueryResult<Comparison> {
  return useQuery({
    queryKey: ["draft-comparison", left, right, version],
    queryFn: () => request<Comparison>("/studio/compare", { query: { left, right } }),
    enabled: left !== "",
  });
}

export type Try = Schemas["Try"];
export type TriedTask = Schemas["TriedTask"];
export type StepBody = Schemas["StepBody"];
export type ScenarioResults = Schemas["ScenarioResults"];
export type Review = Schemas["Review"];
type Comments = Schemas["Comments"];

export const beginTry = (draft: string, process: string, data: FormData): Promise<Try> =>
  request<Try>(`${draftPath(draft)}/try`, { method: "POST", json: { process, data } });

const tryPath = (id: string): string => `/studio/tries/${encodeURIComponent(id)}`;

export const stepInTry = (id: string, body: StepBody): Promise<Try> =>
  request<Try>(`${tryPath(id)}/steps`, { method: "POST", json: body });

export const undoInTry = (id: string): Promise<Try> => request<Try>(`${tryPath(id)}/undo`, { method: "POST" });

export const saveTry = (id: string, path: string, name: string, version: number): Promise<Saved> =>
  request<Saved>(`${tryPath(id)}/save`, { method: "POST", version, json: { path, name } });

export const playScenarios = (draft: string): Promise<ScenarioResults> =>
  request<ScenarioResults>(`${draftPath(draft)}/scenarios`, { method: "POST" });

export const readReview = (draft: string): Promise<Review> => request<Review>(`${draftPath(draft)}/review`);

export const submitDraft = (draft: string, version: number, json: Schemas["Submission"]): Promise<Saved> =>
  request<Saved>(`${draftPath(draft)}/submit`, { method: "POST", version, json });

export const returnDraft = (draft: string, version: number, remark: string): Promise<Saved> =>
  request<Saved>(`${draftPath(draft)}/return`, { method: "POST", version, json: { remark } });

export const approveDraft = (draft: string, version: number): Promise<Saved> =>
  request<Saved>(`${draftPath(draft)}/approve`, { method: "POST", version });

export const rebaseDraft = (draft: string, version: number): Promise<Schemas["Rebased"]> =>
  request<Schemas["Rebased"]>(`${draftPath(draft)}/rebase`, { method: "POST", version });

export const readComments = (draft: string): Promise<Comments> => request<Comments>(`${draftPath(draft)}/comments`);

export const addComment = (draft: string, json: Schemas["CommentBody"]): Promise<Comments> =>
  request<Comments>(`${draftPath(draft)}/comments`, { method: "POST", json });

export const resolveComment = (draft: string, comment: string): Promise<Comments> =>
  request<Comments>(`${draftPath(draft)}/comments/${encodeURIComponent(comment)}/resolve`, { method: "POST" });

export const rollBack = (release: string, reason: string): Promise<unknown> =>
  request(`/studio/releases/${release}/rollback`, { method: "POST", json: { reason } });

export const confirmReading = (release: string): Promise<unknown> =>
  request(`/studio/releases/${release}/receipt`, { method: "POST" });

export const readReceipts = (release: string): Promise<Schemas["Receipts"]> =>
  request<Schemas["Receipts"]>(`/studio/releases/${release}/receipts`);
