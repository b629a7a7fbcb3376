/** Which cases an export, a review or a retention policy is about, as the API asks for them. */
import { useQuery, keepPreviousData } from "@tanstack/react-query";

import { request } from "../api/client";

export interface Which {
  process: string;
  unit: string;
  view: "all" | "open" | "closed";
  by: "started" | "ended";
  /** Days as an input writes them, 2026-11-21; `until` belongs to it. */
  since: string;
  until: string;
}

export const EVERYTHING: Which = { process: "", unit: "", view: "all", by: "started", since: "", until: "" };

/** A day begins where its reader is; the API wants instants, and an end that does not belong to it. */
export function instantOf(day: string, more = 0): string {
  if (!day) return "";
  const moment = new Date(`${day}T00:00:00`);
  moment.setDate(moment.getDate() + more);
  return moment.toISOString();
}

export function queryOf({ since, until, ...rest }: Which): Record<string, string> {
  const query = { ...rest, since: instantOf(since), until: instantOf(until, 1) };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
}

export function useCaseCount(which: Which): number | undefined {
  const query = queryOf(which);
  const { data } = useQuery({
    queryKey: ["event-log-count", query],
    queryFn: ({ signal }) => request<{ cases: number }>("/event-logs/count", { query, signal }),
    placeholderData: keepPreviousData,
  });
  return data?.cases;
}

/** The units by name, for choosing one. */
export function useUnits(): { value: string; label: string }[] {
  const { data } = useQuery({
    queryKey: ["options", "optionsUnits"],
    queryFn: async ({ signal }) =>
      (await request<{ items: { value: string; label: string }[] }>("/options/optionsUnits", { signal })).items,
    staleTime: 60_000,
  });
  return data ?? [];
}
