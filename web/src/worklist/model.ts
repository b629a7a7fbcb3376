import { useCallback } from "react";
import { useSearchParams } from "react-router";

import type { TaskFilter } from "../api/queries";
import type { Count, TaskView } from "../api/types";
import type { MessageKey } from "../i18n";

export const TASK_VIEWS: TaskView[] = ["mine", "available", "overdue", "today", "done"];
export const VIEW_LABEL: Record<TaskView, MessageKey> = {
  mine: "view.mine",
  available: "view.available",
  overdue: "view.overdue",
  today: "view.today",
  done: "view.done",
};
export const TASK_SORTS = ["due", "-due", "-created", "created", "priority"] as const;
export const SORT_LABEL: Record<(typeof TASK_SORTS)[number], MessageKey> = {
  due: "sort.due",
  "-due": "sort.dueLast",
  "-created": "sort.newest",
  created: "sort.oldest",
  priority: "sort.priority",
};

/** "37", or "999+" where the server stopped counting. */
export function countWords(count: Count | undefined): string {
  if (!count) return "";
  return count.more ? `${count.count}+` : String(count.count);
}

/** Priorities of BPMN engines run from 0 to 100 with 50 as the middle; people think in three levels. */
export function priorityLevel(priority: number): "high" | "normal" | "low" {
  if (priority > 60) return "high";
  return priority < 40 ? "low" : "normal";
}

/** The filter lives in the address, so that a list can be sent to somebody and "back" finds it again. */
export function useAddressFilter<V extends string>(views: readonly V[], first: V, sort: string) {
  const [params, setParams] = useSearchParams();
  const view = views.find((one) => one === params.get("view")) ?? first;
  const filter = {
    view,
    q: params.get("q") ?? "",
    process: params.get("process") ?? "",
    sort: params.get("sort") ?? sort,
  };
  const change = useCallback(
    (changes: Record<string, string>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { filter, change };
}

export function useWorklistFilter(): {
  filter: Required<Omit<TaskFilter, "case">>;
  change: (changes: Record<string, string>) => void;
} {
  return useAddressFilter<TaskView>(TASK_VIEWS, "mine", "due");
}
