import "./incidents.css";

import { useId, useState, type ReactElement } from "react";

import { request, uuid } from "../api/client";
import { useRefresh } from "../api/queries";
import type { Case } from "../api/types";
import { useI18n } from "../i18n";
import { momentWords } from "../i18n/time";
import { ReasonSheet } from "../ui/ReasonSheet";
import { useNow } from "../ui/hooks";
import { useToast } from "../ui/toast";

interface Props {
  caseId: string;
  tasks: Case["tasks"];
  onClose: () => void;
}

/** Another due time for one of the open tasks, and why. */
export function DueSheet({ caseId, tasks, onClose }: Props): ReactElement {
  const { t, language } = useI18n();
  const id = useId();
  const toast = useToast();
  const refresh = useRefresh();
  const now = useNow();
  const [key] = useState(uuid);
  const [chosen, setChosen] = useState(tasks[0]?.id);
  const [when, setWhen] = useState("");
  const task = tasks.find((one) => one.id === chosen) ?? tasks[0];
  const due = when ? new Date(when) : undefined;
  const send = async (reason: string) => {
    if (!task || !due) return;
    const json = { due: due.toISOString(), reason };
    await request(`/tasks/${encodeURIComponent(task.id)}/due`, { method: "POST", json, key });
    toast(t("due.changed"));
    await refresh(caseId);
  };
  return (
    <ReasonSheet
      title={t("due.change")}
      ask={t("due.changeAsk")}
      icon="clock"
      missing={due && due.getTime() > now ? "" : t("due.pick")}
      onSend={send}
      onClose={onClose}
    >
      {tasks.length > 1 ? (
        <label className="field" htmlFor={`${id}task`}>
          <span>{t("due.task")}</span>
          <select
            id={`${id}task`}
            className="input"
            value={task?.id}
            onChange={(event) => setChosen(event.target.value)}
          >
            {tasks.map((one) => (
              <option key={one.id} value={one.id}>
                {one.assignee ? `${one.name} · ${one.assignee.name}` : one.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label className="field" htmlFor={`${id}due`}>
        <span>{t("due.new")}</span>
        <input
          id={`${id}due`}
          type="datetime-local"
          className="input"
          value={when}
          onChange={(event) => setWhen(event.target.value)}
        />
        <span className="edit-old">
          {tasks.length > 1 ? null : `${task?.name ?? ""} · `}
          {t("due.now", { due: task?.due ? momentWords(task.due, now, t, language) : t("due.none") })}
        </span>
      </label>
    </ReasonSheet>
  );
}
