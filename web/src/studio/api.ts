/** What the studio reads and writes: drafts, their files, what is wrong with them. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { request } from "../api/client";
import { useRows, type Rows } from "../api/queries";
import type { components } from "../api/schema";
import type { Comparison, Page, ReleaseSummary } from "../api/types";

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
