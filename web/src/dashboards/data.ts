/** The figures behind the pictures. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { request } from "../api/client";
import type { components } from "../api/schema";
import { useI18n } from "../i18n";

type Schemas = components["schemas"];
export type Overdue = Schemas["Overdue"];
export type Coverage = Schemas["Coverage"];
export type Hazards = Schemas["Hazards"];
export type Joint = Schemas["Joint"];
export type Workload = Schemas["Workload"];

export function useFigures<T>(name: string, query: Record<string, number> = {}) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["dashboard", name, query, language],
    queryFn: ({ signal }) => request<T>(`/dashboards/${name}`, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
