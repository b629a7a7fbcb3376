/** Registers as the screens read them. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { request } from "../api/client";
import { useRows, type Rows } from "../api/queries";
import type { Json, Page } from "../api/types";
import type { components } from "../api/schema";
import { useI18n } from "../i18n";

type Schemas = components["schemas"];
export type Register = Schemas["Register"];
export type RegisterField = Schemas["Field"];
export type RegisterRow = Omit<Schemas["RegisterRow"], "values"> & { values: Record<string, Json> };
export type SavedView = Schemas["SavedView"];
export type Filters = Record<string, string>;

export function useRegisters(): UseQueryResult<Register[]> {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["registers", language],
    queryFn: async ({ signal }) => (await request<{ items: Register[] }>("/registers", { signal })).items,
    staleTime: Infinity,
  });
}

export const useRegisterRows = (id: string, filters: Filters): Rows<RegisterRow> => {
  const { language } = useI18n();
  return useRows<RegisterRow>(`register/${id}/${language}`, `/registers/${encodeURIComponent(id)}/rows`, filters);
};

export function useRowCount(id: string, filters: Filters): string {
  const { data } = useQuery({
    queryKey: ["register-count", id, filters],
    queryFn: ({ signal }) =>
      request<{ count: number; more: boolean }>(`/registers/${encodeURIComponent(id)}/count`, {
        query: filters,
        signal,
      }),
  });
  return data ? `${data.count}${data.more ? "+" : ""}` : "…";
}

export function useSavedViews(id: string): UseQueryResult<SavedView[]> {
  return useQuery({
    queryKey: ["register-views", id],
    queryFn: async ({ signal }) =>
      (await request<Page<SavedView>>(`/registers/${encodeURIComponent(id)}/views`, { signal })).items,
  });
}
