import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { Refused, request, uuid } from "../api/client";
import { path, useRefresh } from "../api/queries";
import type { TaskAction, TaskAnswer, TaskSummary } from "../api/types";
import { Submissions } from "./submissions";

export const submissions = new Submissions(localStorage, uuid);

/** 401: sign in again, then go on; 429: wait, then go on. Neither is about what was sent. */
const NOT_YET = [401, 429];

/** An answer, whatever it says, ends an attempt; silence and the server's own failures leave it open. */
export function isDefinite(error: unknown): boolean {
  return error instanceof Refused && error.status < 500 && !NOT_YET.includes(error.status);
}

/** The task is not what the person saw: somebody else acted, or its version moved. */
export function isChanged(error: unknown): boolean {
  return error instanceof Refused && (error.status === 409 || error.status === 412);
}

/** Addresses that are not the action's name. */
const ADDRESS: Partial<Record<TaskAction, string>> = { sendBack: "send-back", addSigners: "signers" };

export type Act = (task: TaskSummary, action: TaskAction, body?: object) => Promise<TaskAnswer>;

/** Do something with a task, exactly once, on the version that was seen; the lists then follow. */
export function useTaskAction(): Act {
  const client = useQueryClient();
  const refresh = useRefresh();
  return useCallback(
    async (task, action, body = {}) => {
      const key = submissions.keyFor(task.id, action, body);
      try {
        const answer = await request<TaskAnswer>(`${path.task(task.id)}/${ADDRESS[action] ?? action}`, {
          method: "POST",
          json: body,
          version: task.version,
          key,
        });
        submissions.settle(task.id, action);
        if (action !== "complete") await client.invalidateQueries({ queryKey: ["task", task.id] });
        await refresh(task.case.id);
        return answer;
      } catch (error) {
        if (isDefinite(error)) submissions.settle(task.id, action);
        // Completing has a form to protect: its page asks before it shows the new state.
        if (isChanged(error) && action !== "complete") {
          await Promise.all([client.invalidateQueries({ queryKey: ["task", task.id] }), refresh(task.case.id)]);
        }
        throw error;
      }
    },
    [client, refresh],
  );
}
