import { useEffect, useRef, useState } from "react";

import { isDefinite, request } from "../api/client";
import { amendKept } from "../api/kept";
import { path } from "../api/queries";
import type { FormData, Task } from "../api/types";
import { useSessionApi } from "../session/session";
import { DraftKeeper, type DraftState } from "./drafts";

export interface Draft {
  state: DraftState;
  initial: FormData;
  change: (data: FormData) => void;
  forget: () => void;
}

/** The draft of one person for one task, from the moment the task's page opens. */
export function useDraft(task: Task, person: string, editable: boolean): Draft {
  const [state, setState] = useState<DraftState>(task.draft ? "saved" : "clean");
  const keeper = useRef<DraftKeeper | null>(null);
  const [initial] = useState<FormData>(() => ({
    ...task.data,
    ...(makeKeeper(task.id, person, () => undefined).begin(task.draft) ?? {}),
  }));

  useEffect(() => {
    if (!editable) return;
    const made = makeKeeper(task.id, person, setState);
    keeper.current = made;
    made.begin(task.draft);
    const again = () => made.flush();
    addEventListener("online", again);
    return () => {
      removeEventListener("online", again);
      made.leave();
    };
    // The draft that came with the task counts only when the page opens; later ones are this page's own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [task.id, person, editable]);

  // After a new sign-in there is no reason to wait for the next attempt.
  const { phase } = useSessionApi().state;
  useEffect(() => {
    if (phase === "signedIn") keeper.current?.flush();
  }, [phase]);

  return { state, initial, change: (data) => keeper.current?.change(data), forget: () => keeper.current?.forget() };
}

function makeKeeper(taskId: string, person: string, onState: (state: DraftState) => void): DraftKeeper {
  return new DraftKeeper({
    store: localStorage,
    place: draftPlace(person, taskId),
    save: async (data) => {
      await request(`${path.task(taskId)}/draft`, { method: "PUT", json: { data } });
      // The copy that opens without a connection has the draft that the server has.
      const draft = { data, savedAt: new Date().toISOString() };
      await amendKept<Task>(path.task(taskId), (task) => ({ ...task, draft }));
    },
    isDefinite,
    onState,
    now: Date.now,
  });
}

/** Where the device keeps what this person typed for this task. */
export const draftPlace = (person: string, taskId: string): string => `duban.draft.${person}.${taskId}`;
