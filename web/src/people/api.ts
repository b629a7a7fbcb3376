/** What the administrators' and the roster's screens read and do. */
import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";

import { request } from "../api/client";
import type { components } from "../api/schema";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { errorWords } from "../ui/states";
import { useToast } from "../ui/toast";

type Schemas = components["schemas"];
export type UnitLine = Schemas["UnitLine"];
export type PersonLine = Schemas["PersonLine"];
export type PersonDetail = Schemas["PersonDetail"];
export type Vocabulary = Schemas["Vocabulary"];
export type SecurityEvent = Schemas["SecurityEvent"];
export type LogState = Schemas["LogState"];
export type Roster = Schemas["Roster"];
export type Place = Schemas["Place"];
export type Substitution = Schemas["Substitution"];
export type Colleague = Schemas["Colleague"];

export function useList<T>(
  key: string,
  address: string,
  query: Record<string, string | number> = {},
): UseQueryResult<T> {
  return useQuery<T>({
    queryKey: [key, query],
    queryFn: ({ signal }) => request<T>(address, { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Seconds that an entry may wait for the log. */
export const LATE = 60;

/** How the log over all histories does, for whoever may read it; looked at again every minute. */
export function useLogState(): LogState | undefined {
  const may = useMay("security.read");
  const { data } = useQuery({
    queryKey: ["security-state"],
    enabled: may,
    queryFn: ({ signal }) => request<LogState>("/security-log", { signal }),
    refetchInterval: 60_000,
  });
  return data;
}

/** Whether somebody must look at the log: what its page says in words. */
export function useLogAlarm(): boolean {
  const found = useLogState();
  return found !== undefined && (found.problem !== null || found.behind > LATE || found.witnesses.some(failsLong));
}

function failsLong({ failingSince }: LogState["witnesses"][number]): boolean {
  return failingSince !== null && Date.now() - Date.parse(failingSince) > 3_600_000;
}

/** Change something, say that it worked or why not, and read the lists again. */
export function useChange(...keys: string[]) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const run = async (method: "POST" | "PUT" | "PATCH" | "DELETE", address: string, json?: object, done?: string) => {
    setBusy(true);
    setProblem("");
    try {
      await request(address, { method, json: method === "DELETE" ? undefined : (json ?? {}) });
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
      toast(done ?? t("org.saved"));
      return true;
    } catch (error) {
      setProblem(errorWords(error, t));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem };
}
