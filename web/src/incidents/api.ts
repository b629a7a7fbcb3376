/** What the operators' screens ask the server for. */
import { useQuery, useQueryClient } from "@tanstack/react-query";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { components } from "../api/schema";
import type { FormData } from "../api/types";
import { useI18n } from "../i18n";

type Schemas = components["schemas"];
export type IncidentDetail = Omit<Schemas["IncidentDetail"], "variables"> & { variables: FormData };
export type IncidentGroup = Schemas["IncidentGroup"];
export type CaseToken = Schemas["CaseToken"];
export type Step = Omit<Schemas["Step"], "old"> & { old: FormData | null };
export type Operation = Omit<Schemas["Operation"], "steps"> & { steps: Step[] };
export type Action = "retry" | "suspend" | "resume" | "cancel" | "variables" | "move" | "due";

/** What an operation is for; see `POST /operations`. */
export interface Wanted {
  action: Action;
  cases?: string[];
  stuck?: boolean;
  process?: string;
  element?: string;
  message?: string;
  status?: string;
  changes?: FormData;
  to?: string;
  due?: string;
}

export function useIncident(id: string) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["incidents", "one", id, language],
    queryFn: ({ signal }) => request<IncidentDetail>(`/incidents/${encodeURIComponent(id)}`, { signal }),
  });
}

export function useGroups(enabled: boolean) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["incidents", "groups", language],
    enabled,
    queryFn: async ({ signal }) => (await request<{ items: IncidentGroup[] }>("/incidents/groups", { signal })).items,
  });
}

export function useCaseTokens(caseId: string) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["case", caseId, "tokens", language],
    queryFn: async ({ signal }) =>
      (await request<{ items: CaseToken[] }>(`${path.case(caseId)}/tokens`, { signal })).items,
  });
}

const OPERATION = "operation";

export const planOperation = (wanted: Wanted, reason: string): Promise<Operation> =>
  request<Operation>("/operations", { method: "POST", json: { ...wanted, reason } });

/** An operation that runs is looked at again and again until it has ended. */
export function useOperation(id: string | undefined) {
  return useQuery({
    queryKey: [OPERATION, id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => request<Operation>(`/operations/${id ?? ""}`, { signal }),
    refetchInterval: (query) => (query.state.data?.state === "running" ? 700 : false),
  });
}

export function useOperate(): (id: string, what: "run" | "stop") => Promise<void> {
  const client = useQueryClient();
  return async (id, what) => {
    const answer = await request<Operation>(`/operations/${id}/${what}`, { method: "POST" });
    client.setQueryData([OPERATION, id], answer);
  };
}
