import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";

import { request, uuid } from "../api/client";
import { path } from "../api/queries";
import type { Answer, Checklist, ChecklistItem, Said, Task } from "../api/types";
import { useI18n } from "../i18n";
import type { Shown } from "../outbox/outbox";
import { useSession } from "../session/session";
import { answers, onChecklist } from "./device";
import { say, sayRest, withPending, type Words } from "./model";

export interface Filling {
  items: ChecklistItem[];
  /** Nothing has come yet, not even an error. */
  loading: boolean;
  error: unknown;
  editable: boolean;
  sync: Shown<Said[]>;
  answer: (item: ChecklistItem, result: Answer["result"], words?: Words) => void;
  answerRest: () => void;
  retry: () => void;
}

const OTHERS = 15_000;

const stamp = () => ({ id: uuid(), occurredAt: new Date().toISOString() });

/** The checklist of a task as several people fill it; `null` where the task has none. */
export function useChecklist(task: Task, has: boolean): Filling | null {
  const person = useSession().person;
  const { language } = useI18n();
  const client = useQueryClient();
  const key = useMemo(() => ["checklist", task.id, language], [task.id, language]);
  const query = useQuery({
    queryKey: key,
    enabled: has,
    queryFn: ({ signal }) => request<Checklist>(`${path.task(task.id)}/checklist`, { signal }),
    refetchInterval: OTHERS, // what colleagues answer meanwhile
  });
  useEffect(() => {
    if (has) void answers.open(person.id);
    return onChecklist((id, list) => {
      if (id === task.id) client.setQueryData(key, list);
    });
  }, [has, person.id, task.id, client, key]);
  const all = useSyncExternalStore(answers.subscribe, answers.list);
  const sync = useMemo(() => ofTask(all, task.id, person.id), [all, task.id, person.id]);
  const items = useMemo(() => {
    const pending = sync.kept.flatMap((one) => one.letter.body);
    return withPending(query.data?.items ?? [], pending, { id: person.id, name: person.name });
  }, [query.data, sync, person.id, person.name]);
  if (!has) return null;
  const send = (body: Said[]) =>
    body.length > 0 ? void answers.add({ id: uuid(), person: person.id, subject: task.id, body }) : undefined;
  return {
    items,
    loading: query.isPending,
    error: query.data ? null : query.error,
    editable: query.data?.mayAnswer ?? false,
    sync,
    answer: (item, result, words = {}) => send([say(item, result, words, stamp())]),
    answerRest: () => send(sayRest(items, stamp)),
    retry: () => void answers.retry(),
  };
}

function ofTask(all: Shown<Said[]>, task: string, person: string): Shown<Said[]> {
  const mine = all.kept.filter(({ letter }) => letter.subject === task && letter.person === person);
  return { ...all, kept: mine };
}
