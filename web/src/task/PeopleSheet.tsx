import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { Candidate, Page, Task } from "../api/types";
import { useI18n } from "../i18n";
import { useSettled } from "../ui/hooks";
import { Search } from "../ui/parts";
import { Empty, Failure, Loading } from "../ui/states";
import { Choices } from "../worklist/FilterSheet";
import { ActionSheet, Words } from "./ActionSheet";

interface Props {
  task: Task;
  action: "delegate" | "assign";
  onClose: () => void;
}

/** Hand a task to somebody. Those who may not have it are shown too, with the reason. */
export function PeopleSheet({ task, action, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [returns, setReturns] = useState("no");
  const [note, setNote] = useState("");
  const words = note.trim() ? { note: note.trim() } : {};
  const borrows = action === "assign" && chosen !== null && !chosen.eligible;
  const extra = {
    ...(action === "delegate" ? { returns: returns === "yes" } : {}),
    ...(borrows ? { borrow: true } : {}),
  };
  const missing = !chosen || (borrows && !note.trim());
  return (
    <ActionSheet
      task={task}
      action={action}
      title={t(action === "delegate" ? "people.delegate" : "people.assign")}
      submit={chosen ? t("people.giveTo", { name: chosen.name }) : t("people.pick")}
      body={missing ? null : { to: chosen.id, ...words, ...extra }}
      done={t(returns === "yes" ? "task.lent" : "task.given", { name: chosen?.name ?? "" })}
      leaves
      onClose={onClose}
    >
      {action === "delegate" && task.actions.addSigners.allowed ? (
        <Choices
          name="returns"
          legend={t("people.how")}
          value={returns}
          onChange={setReturns}
          options={[
            { value: "no", label: t("people.handOver") },
            { value: "yes", label: t("people.lend") },
          ]}
        />
      ) : null}
      <People task={task} chosen={chosen ? [chosen.id] : []} onChoose={setChosen} />
      <Words label={t(borrows ? "people.borrowReason" : "people.note")} value={note} onChange={setNote} />
    </ActionSheet>
  );
}

interface ListProps {
  task: Task;
  to?: "hold" | "sign";
  chosen: string[];
  multiple?: boolean;
  onChoose: (one: Candidate) => void;
}

/** Colleagues to choose from, those who may first. */
export function People({ task, to = "hold", chosen, multiple = false, onChoose }: ListProps): ReactElement {
  const { t, language } = useI18n();
  const [text, setText] = useState("");
  const q = useSettled(text);
  const query = useQuery({
    queryKey: ["people", task.id, to, q],
    queryFn: ({ signal }) =>
      request<Pick<Page<Candidate>, "items">>(`${path.task(task.id)}/people`, { query: { q, to }, signal }),
  });
  const unit = (one: Candidate) => (language === "en" ? one.unit.nameEn : one.unit.name);
  const found = query.data?.items.filter((one) => one.id !== task.assignee?.id) ?? [];
  return (
    <>
      <Search label={t("people.search")} value={text} onChange={setText} />
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && found.length === 0 ? <Empty icon="person" title={t("people.none")} /> : null}
      <fieldset className="choices people">
        <legend className="visually-hidden">{t("people.pick")}</legend>
        {found.map((one) => (
          <label key={one.id} className={one.eligible ? "choice" : "choice choice-off"}>
            <input
              type={multiple ? "checkbox" : "radio"}
              name="person"
              disabled={!one.eligible && !one.borrowable}
              checked={chosen.includes(one.id)}
              onChange={() => onChoose(one)}
            />
            <span>
              <strong>{one.name}</strong> <small>{unit(one)}</small>
              {one.eligible ? null : one.borrowable ? (
                <em>{t("people.borrow")}</em>
              ) : (
                <em>{t("people.excluded", { reason: one.reason ?? t("people.noReason") })}</em>
              )}
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
