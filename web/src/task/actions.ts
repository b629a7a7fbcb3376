import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";

import { connection, Refused, uuid } from "../api/client";
import { path, useRefresh } from "../api/queries";
import type { FormData, Named, Task, TaskAction, TaskAnswer, TaskSummary } from "../api/types";
import { outbox, stamp } from "../outbox/device";
import type { Kept, Letter } from "../outbox/outbox";
import { useSession } from "../session/session";
import { signedPlace } from "../signing/signatures";
import { draftPlace } from "./useDraft";

/** The task is not what the person saw: somebody else acted, or its version moved. */
export function isChanged(error: unknown): boolean {
  return error instanceof Refused && (error.status === 409 || error.status === 412);
}

/** Addresses that are not the action's name. */
const ADDRESS: Partial<Record<TaskAction, string>> = { sendBack: "send-back", addSigners: "signers" };
const ACTIONS = new Set<string>([
  "claim", "unclaim", "complete", "delegate", "assign", "sendBack", "addSigners", "sign", "withdraw",
] satisfies TaskAction[]); // prettier-ignore

/** The server's answer, or `null`: nobody answered, and the action waits in the outbox. */
export type Act = (task: TaskSummary, action: TaskAction, body?: object) => Promise<TaskAnswer | null>;

/** Do something with a task, exactly once, on the version that was seen; what the server refuses at once is thrown. */
export function useTaskAction(): Act {
  const client = useQueryClient();
  const refresh = useRefresh();
  return useCallback(
    async (task, action, body = {}) => {
      await forgetRefused(task.id, action);
      const delivery = await outbox.deliver(letterOf(task, action, body));
      if (delivery.state === "kept") return null;
      if (delivery.state === "sent") {
        if (action !== "complete") await client.invalidateQueries({ queryKey: ["task", task.id] });
        await refresh(task.case.id);
        return delivery.answer as TaskAnswer;
      }
      await forgetRefused(task.id, action);
      // Completing has a form to protect: its page asks before it shows the new state.
      if (isChanged(delivery.problem) && action !== "complete") {
        await Promise.all([client.invalidateQueries({ queryKey: ["task", task.id] }), refresh(task.case.id)]);
      }
      throw delivery.problem;
    },
    [client, refresh],
  );
}

function letterOf(task: TaskSummary, action: TaskAction, json: object): Letter {
  const key = uuid();
  const call = { path: `${path.task(task.id)}/${ADDRESS[action] ?? action}`, json, version: task.version, key };
  const about = { name: task.name, case: task.case };
  return {
    id: key, person: connection.person, subject: task.id, kind: action, title: task.name, call, about, after: true,
    at: stamp(),
  }; // prettier-ignore
}

async function forgetRefused(task: string, action: TaskAction): Promise<void> {
  const refused = outbox.list().kept.filter(({ letter, state }) => {
    return state === "refused" && letter.subject === task && letter.kind === action;
  });
  for (const { letter } of refused) await outbox.discard(letter.id);
}

/** Sends what is left on this device. What was handed in, once it is, needs no draft; and every list shows what went out while nobody was looking. */
export function useOutgoing(): void {
  const client = useQueryClient();
  const refresh = useRefresh();
  const { person, csrfToken } = useSession();
  const { id, name } = person;
  useEffect(() => {
    // What was left is shown, and goes out with each new session: begun without a connection, there is none yet.
    void outbox.open(person.id);
    const again = () => void outbox.retry();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [person.id, csrfToken]);
  useEffect(
    () =>
      outbox.onSent((letter, answer) => {
        if (!ACTIONS.has(letter.kind)) return;
        // Until it is read again, the task shows what came of it: in between it must not fall back to what it was.
        client.setQueriesData<Task>(
          { queryKey: ["task", letter.subject] },
          (task) => task && { ...done(task, letter, { id, name }), version: (answer as TaskAnswer).task.version },
        );
        if (letter.kind === "complete") {
          localStorage.removeItem(draftPlace(letter.person, letter.subject));
          localStorage.removeItem(signedPlace(letter.person, letter.subject));
        }
        void client.invalidateQueries({ queryKey: ["task", letter.subject] });
        void refresh(letter.subject.split(":")[0]);
      }),
    [client, refresh, id, name],
  );
}

/** The last thing done with a task here that the server does not have, and whether it said no. */
export function pendingAction(kept: Kept[]): Kept | undefined {
  return kept.filter(({ letter }) => ACTIONS.has(letter.kind)).at(-1);
}

/** A task as it will be once the server has what was done here: claimed, or out of one's hands. */
export function withPending(task: Task, kept: Kept[], me: Named): Task {
  const waiting = kept.filter(({ letter, state }) => ACTIONS.has(letter.kind) && state !== "refused");
  return waiting.reduce((before, { letter }) => done(before, letter, me), task);
}

function done(task: Task, { kind }: Letter, me: Named): Task {
  const { actions } = task;
  const nothing = Object.fromEntries(Object.keys(actions).map((name) => [name, NO])) as Task["actions"];
  if (kind === "claim")
    return { ...task, assignee: me, state: "claimed", actions: { ...nothing, complete: YES, unclaim: YES } };
  if (kind === "unclaim") return { ...task, assignee: null, state: "created", actions: { ...nothing, claim: YES } };
  return { ...task, actions: nothing };
}

const NO = { allowed: false, reason: null };
const YES = { allowed: true, reason: null };

/** What a kept completion hands in. */
export function handedIn(letter: Letter): FormData {
  return (letter.call.json as { data?: FormData }).data ?? {};
}
