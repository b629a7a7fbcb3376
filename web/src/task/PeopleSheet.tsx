import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useNavigate } from "react-router";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { Candidate, Page, Task } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { useSettled } from "../ui/hooks";
import { Search } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { isChanged, useTaskAction } from "./actions";

interface Props {
  task: Task;
  action: "delegate" | "assign";
  onClose: () => void;
}

/** Hand a task to somebody. Those who may not have it are shown too, with the reason. */
export function PeopleSheet({ task, action, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const toast = useToast();
  const act = useTaskAction();
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  const give = async () => {
    if (!chosen) return;
    setBusy(true);
    try {
      await act(task, action, note.trim() ? { to: chosen.id, note: note.trim() } : { to: chosen.id });
      toast(t("task.given", { name: chosen.name }));
      void navigate("/tasks");
    } catch (error) {
      setProblem(isChanged(error) ? t("task.claimedByOther") : errorWords(error, t));
      setBusy(false);
    }
  };

  return (
    <Sheet
      title={t(action === "delegate" ? "people.delegate" : "people.assign")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!chosen} onClick={() => void give()}>
            {chosen ? t("people.giveTo", { name: chosen.name }) : t("people.pick")}
          </Button>
        </>
      }
    >
      <People task={task} chosen={chosen} onChoose={setChosen} />
      <label className="field">
        <span>{t("people.note")}</span>
        <textarea
          className="input"
          rows={2}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

function People({
  task,
  chosen,
  onChoose,
}: {
  task: Task;
  chosen: Candidate | null;
  onChoose: (one: Candidate) => void;
}): ReactElement {
  const { t, language } = useI18n();
  const [text, setText] = useState("");
  const q = useSettled(text);
  const query = useQuery({
    queryKey: ["people", task.id, q],
    queryFn: ({ signal }) =>
      request<Pick<Page<Candidate>, "items">>(`${path.task(task.id)}/people`, { query: { q }, signal }),
  });
  const unit = (one: Candidate) => (language === "en" ? one.unit.nameEn : one.unit.name);
  return (
    <>
      <Search label={t("people.search")} value={text} onChange={setText} />
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data?.items.length === 0 ? <Empty icon="person" title={t("people.none")} /> : null}
      <fieldset className="choices people">
        <legend className="visually-hidden">{t("people.pick")}</legend>
        {query.data?.items
          .filter((one) => one.id !== task.assignee?.id)
          .map((one) => (
            <label key={one.id} className={one.eligible ? "choice" : "choice choice-off"}>
              <input
                type="radio"
                name="person"
                disabled={!one.eligible}
                checked={chosen?.id === one.id}
                onChange={() => onChoose(one)}
              />
              <span>
                <strong>{one.name}</strong> <small>{unit(one)}</small>
                {one.eligible ? null : <em>{t("people.excluded", { reason: one.reason ?? t("people.noReason") })}</em>}
              </span>
            </label>
          ))}
      </fieldset>
    </>
  );
}
