/** What the screens read, and what makes them read again. */

import {
  keepPreviousData,
  useInfiniteQuery,
  useQueries,
  useQuery,
  useQueryClient,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";
import { useCallback } from "react";

import { useI18n } from "../i18n";
import { useMay, useWorks } from "../session/session";
import { useSettled } from "../ui/hooks";
import { request, requestText } from "./client";
import { requestKept } from "./kept";
import type {
  AccessToken,
  CalendarPublication,
  CalendarSeries,
  CalendarVersion,
  Case,
  CaseSummary,
  CaseView,
  Config,
  Definition,
  Comparison,
  Diagram,
  HistoryEntry,
  Incident,
  LibraryDiagram,
  LibraryDiagramSummary,
  MomentAt,
  Page,
  ReleaseSummary,
  Task,
  TaskCounts,
  TaskSummary,
  TaskView,
  Verification,
} from "./types";

export interface TaskFilter {
  view: TaskView;
  q?: string;
  process?: string;
  sort?: string;
  case?: string;
}

export interface CaseFilter {
  view: CaseView;
  q?: string;
  process?: string;
  sort?: string;
}

export interface Rows<T> {
  rows: T[];
  query: UseInfiniteQueryResult;
}

export const path = {
  task: (id: string): string => `/tasks/${encodeURIComponent(id)}`,
  case: (id: string): string => `/cases/${encodeURIComponent(id)}`,
};

/** A keyset list: pages are asked for one after the other and shown as one. */
export function useRows<T>(key: string, address: string, filter: object, limit = 50, every?: number): Rows<T> {
  const query = useInfiniteQuery({
    queryKey: [key, filter],
    queryFn: ({ pageParam, signal }) =>
      // One's own first page of work is kept on the device; what others are concerned with is not.
      (key === "tasks" && !pageParam ? requestKept : request)<Page<T>>(address, {
        query: { ...filter, limit, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: every,
  });
  return { rows: query.data?.pages.flatMap((page) => page.items) ?? [], query };
}

export const useTasks = (filter: TaskFilter): Rows<TaskSummary> => useRows("tasks", "/tasks", filter);
export const useCases = (filter: CaseFilter): Rows<CaseSummary> => useRows("cases", "/cases", filter);
export const useIncidents = (view: "open" | "resolved"): Rows<Incident> => useRows("incidents", "/incidents", { view });
export const useLibrary = (): Rows<LibraryDiagramSummary> => useRows("library", "/diagrams", {});
export const useHistory = (id: string, order: "asc" | "desc"): Rows<HistoryEntry> =>
  useRows(`history/${id}`, `${path.case(id)}/history`, { order });

/** 200 entries with one in their middle: a jump loads no more than that, however long the history is. */
export function useHistoryAround(id: string, around: number, last: number) {
  const { language } = useI18n();
  return useQuery({
    queryKey: [`history/${id}`, "around", around, last, language],
    queryFn: ({ signal }) =>
      request<Page<HistoryEntry>>(`${path.case(id)}/history`, { query: { around, limit: 200 }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useCalendars(enabled = true) {
  return useQuery({
    queryKey: ["calendars"],
    enabled,
    queryFn: ({ signal }) =>
      request<{ items: CalendarSeries[] }>("/calendars", { signal }).then((answer) => answer.items),
  });
}

/** Whether somebody who can do something about it should look at the calendars: a year is missing or provisional. */
export function useCalendarWarning(): { keeps: boolean; warns: boolean } {
  const publishes = useMay("calendars.publish");
  const keeps = !useWorks() || publishes;
  const { data } = useCalendars(keeps);
  return { keeps, warns: data?.some((one) => one.warnings.length > 0) ?? false };
}

export function useCalendar(series: string, version: number | undefined) {
  const address = `/calendars/${encodeURIComponent(series)}`;
  return useQuery({
    queryKey: ["calendar", series, version],
    queryFn: ({ signal }) =>
      request<CalendarVersion>(version === undefined ? address : `${address}/versions/${version}`, { signal }),
    // A draft lies on top of it: what is published meanwhile is found when the draft is published.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export const useCalendarVersions = (series: string): Rows<CalendarPublication> =>
  useRows("calendar-versions", `/calendars/${encodeURIComponent(series)}/versions`, {});

export function useCounts(): TaskCounts | undefined {
  const works = useWorks();
  return useQuery({
    queryKey: ["counts"],
    enabled: works,
    queryFn: ({ signal }) => requestKept<TaskCounts>("/tasks/counts", { signal }),
    refetchInterval: 30_000,
  }).data;
}

export function useTask(id: string) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["task", id, language],
    queryFn: ({ signal }) => requestKept<Task>(path.task(id), { signal }),
    // Another language is another answer; until it is there, the same task stays on the screen.
    placeholderData: (before) => (before?.id === id ? before : undefined),
    // A form that somebody is filling in must not change under their hands; they are told at submission. But whoever opens a
    // task sees it, and its draft, as it is now.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function useCase(id: string) {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["case", id, language],
    queryFn: ({ signal }) => request<Case>(path.case(id), { signal }),
  });
}

export function useDiagram(id: string, process: string | undefined) {
  return useQuery({
    queryKey: ["diagram", id, process],
    queryFn: ({ signal }) => request<Diagram>(`${path.case(id)}/diagram`, { query: { process }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What was does not change: a moment is asked for once. */
function momentOptions(id: string, seq: number, language: string) {
  return {
    queryKey: ["moment", id, seq, language],
    queryFn: ({ signal }: { signal: AbortSignal }) => request<MomentAt>(`${path.case(id)}/at/${seq}`, { signal }),
    staleTime: Infinity,
  };
}

export function useMoment(id: string, seq: number) {
  const { language } = useI18n();
  const still = useSettled(seq, 60);
  return useQuery({ ...momentOptions(id, still, language), placeholderData: keepPreviousData });
}

/** Have the next moment at hand before it is wanted. */
export function useNextMoment(id: string, seq: number): void {
  const { language } = useI18n();
  const still = useSettled(seq, 150);
  useQuery(momentOptions(id, still, language));
}

export function useVerification(id: string) {
  return useQuery({
    queryKey: ["verification", id],
    queryFn: ({ signal }) => request<Verification>(`${path.case(id)}/verification`, { signal }),
    staleTime: 60_000,
  });
}

export function useDefinitions() {
  const { language } = useI18n();
  return useQuery({
    queryKey: ["definitions", language],
    queryFn: async ({ signal }) => (await request<Page<Definition>>("/definitions", { signal })).items,
    staleTime: 60_000,
  });
}

/** The releases that hold a process, the newest first. */
export function useReleasesOf(process: string) {
  return useQuery({
    queryKey: ["releases", process],
    queryFn: async ({ signal }) => {
      const { items } = await request<Page<ReleaseSummary>>("/releases", { query: { limit: 200 }, signal });
      return items.filter((release) => release.processes.some((one) => one.process === process));
    },
  });
}

/** What one release changes in another; both never change. */
export function useComparison(left: string, right: string) {
  return useQuery({
    queryKey: ["comparison", left, right],
    queryFn: ({ signal }) => request<Comparison>("/releases/compare", { query: { left, right }, signal }),
    staleTime: Infinity,
  });
}

/** A deployed diagram, byte for byte: it never changes. */
export function useReleasedDiagram(hash: string | undefined, process: string) {
  return useQuery({ ...releasedDiagram(hash ?? "", process), enabled: hash !== undefined });
}

function releasedDiagram(hash: string, process: string) {
  return {
    queryKey: ["released-diagram", hash, process],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      requestText(`/releases/${hash}/diagrams/${encodeURIComponent(process)}`, { signal }),
    staleTime: Infinity,
  };
}

/** The diagrams of several processes of one release, by process, as far as they have come. */
export function useDiagramsOf(hash: string, processes: string[]): Map<string, string> {
  const answers = useQueries({ queries: processes.map((process) => releasedDiagram(hash, process)) });
  return new Map(
    answers.flatMap(({ data }, index) =>
      data === undefined ? [] : [[processes[index] ?? "", data] as [string, string]],
    ),
  );
}

/** A diagram that is only looked at. */
export function useLibraryDiagram(sha256: string) {
  return useQuery({
    queryKey: ["library-diagram", sha256],
    queryFn: ({ signal }) => request<LibraryDiagram>(`/diagrams/${encodeURIComponent(sha256)}`, { signal }),
  });
}

export function useTokens() {
  return useQuery({
    queryKey: ["tokens"],
    queryFn: async ({ signal }) => (await request<Page<AccessToken>>("/me/tokens", { signal })).items,
  });
}

export function useConfig() {
  return useQuery({
    queryKey: ["config"],
    queryFn: ({ signal }) => request<Config>("/config", { signal }),
    staleTime: Infinity,
  });
}

/** After an action on a task or case: lists, counts and the case itself are read again. */
export function useRefresh(): (caseId?: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (caseId?: string) => {
      const changed = ["tasks", "counts", "cases", "incidents"];
      if (caseId) changed.push("case", "diagram", "verification", `history/${caseId}`);
      await Promise.all(changed.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    [client],
  );
}
