/** What is asked of the search over all histories, and how late something was. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { request } from "../api/client";
import type { components } from "../api/schema";
import { useI18n, type Translate } from "../i18n";

export type KnownProcess = components["schemas"]["KnownProcess"];
export type Filters = Record<string, string>;

export function useSearchWords(): UseQueryResult<{ processes: KnownProcess[] }> {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["search-words", language],
    queryFn: ({ signal }) => request<{ processes: KnownProcess[] }>("/history/words", { signal }),
    staleTime: 60_000,
  });
}

/** The query of the server: days become instants, the last one inclusive. */
export function asked({ from, to, ...rest }: Filters): Filters {
  return given({ ...rest, since: dayBegins(from, 0), until: dayBegins(to, 1) });
}

function given(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
}

function dayBegins(day: string | undefined, later: number): string {
  const [year, month, date] = (day ?? "").split("-").map(Number);
  if (!year || !month || !date) return "";
  return new Date(year, month - 1, date + later).toISOString();
}

const HOUR = 3_600_000;

/** "逾期 3 天" or "逾期 5 小时": whole units, at least one hour. */
export function lateness(due: string, at: string, t: Translate): string {
  const hours = Math.max(1, Math.floor((Date.parse(at) - Date.parse(due)) / HOUR));
  return hours < 48 ? t("find.lateHours", { n: hours }) : t("find.lateDays", { n: Math.floor(hours / 24) });
}
