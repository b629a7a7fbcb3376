import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { useSettled } from "../ui/hooks";
import { checkDraft, type Checked } from "./api";
import type { Saver } from "./saver";

/** What is wrong with the draft as the server has it; asked again after each save, never while one is under way. */
export function useCheck(draft: string, saver: Saver): UseQueryResult<Checked> {
  const version = useSyncExternalStore(saver.subscribe, () => saver.version);
  const settled = useSettled(version, 1200);
  return useQuery({
    queryKey: ["draft-check", draft, settled],
    queryFn: () => checkDraft(draft),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}
