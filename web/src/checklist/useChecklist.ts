import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";

import { uuid } from "../api/client";
import { requestKept } from "../api/kept";
import { path } from "../api/queries";
import type { Answer, Checklist, ChecklistItem, Said, Task } from "../api/types";
import { useI18n } from "../i18n";
import { outbox, useKept } from "../outbox/device";
import type { Shown } from "../outbox/outbox";
import { useSession } from "../session/session";
import { aboutAnswers, onChecklist, sendAnswers } from "./device";
import { say, sayRest, withPending, type Words } from "./model";

export interface Filling {
  items: ChecklistItem[];
  /** Nothing has come yet, not even an error. */
  loading: boolean;
  error: unknown;
  editable: boolean;
  sync: Shown;
  /** The visit that a finding can be raised to at once; `null` where the checklist belongs to none. */
  visitNo: string | null;
  answer: (item: ChecklistItem, result: Answer["result"], words?: Words) => void;
  answerRest: () => void;
  /** Words of some item are typed on this device and not an answer yet. */
  typing: boolean;
  setTyping: (item: string, typing: boolean) => void;
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
    queryFn: ({ signal }) => requestKept<Checklist>(`${path.task(task.id)}/checklist`, { signal }),
    refetchInterval: OTHERS, // what colleagues answer meanwhile
  });
  useEffect(() => {
    return onChecklist((id, list) => {
      if (id === task.id) client.setQueryData(key, list);
    });
  }, [task.id, client, key]);
  const sync = useKept(task.id);
  const items = useMemo(() => {
    const pending = sync.kept.flatMap((one) => aboutAnswers(one.letter));
    return withPending(query.data?.items ?? [], pending, { id: person.id, name: person.name });
  }, [query.data, sync, person.id, person.name]);
  const [typed, setTyped] = useState<readonly string[]>([]);
  const setTyping = useCallback((item: string, typing: boolean) => {
    setTyped((before) => [...before.filter((one) => one !== item), ...(typing ? [item] : [])]);
  }, []);
  if (!has) return null;
  const send = (body: Said[]) => (body.length > 0 ? sendAnswers(task.id, person.id, task.name, body) : undefined);
  return {
    items,
    loading: query.isPending || !sync.read, // what this device holds is part of every item
    error: query.data ? null : query.error,
    editable: query.data?.mayAnswer ?? false,
    sync,
    visitNo: typeof task.data.visitNo === "string" ? task.data.visitNo : null,
    answer: (item, result, words = {}) => send([say(item, result, words, stamp())]),
    answerRest: () => send(sayRest(items, stamp)),
    typing: typed.length > 0,
    setTyping,
    retry: () => void outbox.retry(true),
  };
}
