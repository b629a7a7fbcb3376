import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useNavigate } from "react-router";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { Case, FormData, Json, Task } from "../api/types";
import { components, displayValue } from "../form/schema";
import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

interface Props {
  task: Task;
  data: FormData;
  onClose: () => void;
  /** Send the same input on the version that the task has now. */
  onAgain: (now: Task) => void;
}

/**
 * Somebody else changed the task meanwhile. Nothing that was typed is thrown away: it is shown here, stays in the form, can be
 * copied, and can be sent again when the task is still this person's.
 */
export function ChangedSheet({ task, data, onClose, onAgain }: Props): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const me = useSession().person.id;
  const current = useQuery({
    queryKey: ["task-now", task.id],
    queryFn: () => request<Task>(path.task(task.id)),
    gcTime: 0,
    retry: false,
  });
  const mine = current.data?.assignee?.id === me && current.data.actions.complete.allowed;
  // What the others handed in is the case's; while the task is open, it is what the form would begin with.
  const theirs = useQuery({
    queryKey: ["case-now", task.case.id],
    queryFn: () => request<Case>(path.case(task.case.id)),
    gcTime: 0,
    retry: false,
  });
  const now: FormData = { ...theirs.data?.variables, ...current.data?.data };
  const rows = sides(task, data, now, t("word.yes"), t("word.no"));

  const again = () => {
    if (!current.data) return;
    onClose();
    onAgain(current.data);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(rows.map(({ label, mine }) => `${label}: ${mine}`).join("\n"));
    toast(t("changed.copied"));
  };
  const leave = () => {
    void client.invalidateQueries({ queryKey: ["task", task.id] });
    void navigate("/tasks");
  };

  return (
    <Sheet
      title={t("changed.title")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("changed.keep")}</Button>
          {mine ? (
            <Button kind="primary" onClick={again}>
              {t("changed.again")}
            </Button>
          ) : (
            <Button kind="primary" onClick={leave}>
              {t("changed.leave")}
            </Button>
          )}
        </>
      }
    >
      {current.isPending ? <Loading rows={2} /> : <Notice tone="warn">{whatHappened(current.data, mine, t)}</Notice>}
      <Sides rows={rows} />
      {"clipboard" in navigator ? (
        <Button icon="file" onClick={() => void copy()}>
          {t("changed.copy")}
        </Button>
      ) : null}
    </Sheet>
  );
}

function whatHappened(now: Task | undefined, mine: boolean, t: ReturnType<typeof useI18n>["t"]): string {
  if (!now) return t("changed.gone");
  if (mine) return t("changed.stillYours");
  if (now.state === "completed") return t("changed.completed", { name: now.assignee?.name ?? "–" });
  if (now.state === "cancelled") return t("changed.cancelled");
  return now.assignee ? t("changed.taken", { name: now.assignee.name }) : t("changed.free");
}

interface Side {
  label: string;
  mine: string;
  theirs: string;
}

function Sides({ rows }: { rows: Side[] }): ReactElement {
  const { t } = useI18n();
  return (
    <table className="sides">
      <thead>
        <tr>
          <th scope="col">{t("changed.field")}</th>
          <th scope="col">{t("changed.mine")}</th>
          <th scope="col">{t("changed.theirs")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, mine, theirs }) => (
          <tr key={label} className={mine === theirs ? undefined : "sides-differ"}>
            <th scope="row">
              {label}
              {mine === theirs ? null : <small>{t("changed.differs")}</small>}
            </th>
            <td>{mine}</td>
            <td>{theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Field by field, what this person entered and what stands now. */
function sides(task: Task, data: FormData, now: FormData, yes: string, no: string): Side[] {
  const fields = components(task.form);
  return Object.entries(data).map(([key, value]) => {
    const field = fields.find((one) => one.key === key);
    const shown = (one: Json | undefined) =>
      field?.type === "photo" && Array.isArray(one)
        ? String(one.length)
        : displayValue(one ?? null, field, { yes, no });
    return { label: field?.label ?? key, mine: shown(value), theirs: shown(now[key]) };
  });
}
