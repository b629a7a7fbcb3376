/** What if, migrating and watching: what their pages ask the server for. */
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";

import { request } from "../../api/client";
import type { components } from "../../api/schema";
import { draftPath } from "../api";

type Schemas = components["schemas"];
export type WhatIf = Schemas["WhatIf"];
export type WhatIfCase = Schemas["WhatIfCase"];
export type MigrationPlan = Schemas["MigrationPlan"];
export type Migration = Schemas["MigrationRun"];
export type MigratedCase = Schemas["MigratedCase"];
export type Watch = Schemas["Watch"];
export type WatchedElement = Schemas["WatchedElement"];

const EVERY = 700;

const whatIfPath = (id: string): string => `/studio/what-ifs/${encodeURIComponent(id)}`;

export const askWhatIf = (draft: string, last: number, process: string): Promise<WhatIf> =>
  request<WhatIf>(`${draftPath(draft)}/what-if`, { method: "POST", json: { last, process } });

export const stopWhatIf = (id: string): Promise<WhatIf> =>
  request<WhatIf>(`${whatIfPath(id)}/stop`, { method: "POST" });

/** Asked again for as long as the worker plays. */
export function useWhatIf(id: string | null): UseQueryResult<WhatIf> {
  return useQuery({
    queryKey: ["what-if", id],
    queryFn: () => request<WhatIf>(whatIfPath(id ?? "")),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === "running" ? EVERY : false),
  });
}

const releasePath = (hash: string): string => `/studio/releases/${encodeURIComponent(hash)}/migration`;

export function useMigrationPlan(release: string, process: string, from: string): UseQueryResult<MigrationPlan> {
  return useQuery({
    queryKey: ["migration-plan", release, process, from],
    queryFn: () => request<MigrationPlan>(`${releasePath(release)}/plan`, { method: "POST", json: { process, from } }),
    enabled: release !== "",
  });
}

export type Deadlines = "keep" | "recount" | "reset";

export interface MigrationWish {
  process: string;
  from: string;
  mapping: Record<string, string>;
  deadlines: Deadlines;
  reason: string;
}

export const dryRun = (release: string, wish: MigrationWish): Promise<Migration> =>
  request<Migration>(`${releasePath(release)}/dry-run`, { method: "POST", json: wish });

const migrationPath = (id: string): string => `/studio/migrations/${encodeURIComponent(id)}`;

export const actOnMigration = (id: string, action: "run" | "stop"): Promise<Migration> =>
  request<Migration>(`${migrationPath(id)}/${action}`, { method: "POST" });

export function useMigration(id: string | null): UseQueryResult<Migration> {
  return useQuery({
    queryKey: ["migration", id],
    queryFn: () => request<Migration>(migrationPath(id ?? "")),
    enabled: id !== null,
    refetchInterval: ({ state }) => (["planning", "running"].includes(state.data?.state ?? "") ? EVERY : false),
  });
}

export function useWatch(process: string, days: number, release: string): UseQueryResult<Watch> {
  return useQuery({
    queryKey: ["watch", process, days, release],
    queryFn: () =>
      request<Watch>(`/studio/processes/${encodeURIComponent(process)}/watch`, { query: { days, release } }),
    placeholderData: keepPreviousData,
  });
}
