import "../day/day.css";

import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useCounts, useTasks } from "../api/queries";
import type { TaskSummary } from "../api/types";
import { useI18n } from "../i18n";
import { DaySheet } from "../day/DaySheet";
import { DayTiles } from "../day/DayTiles";
import { SavedFilters } from "../day/SavedFilters";
import { useKept } from "../outbox/device";
import { actionWords } from "../outbox/words";
import { useSession } from "../session/session";
import { pendingAction } from "../task/actions";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Assignee, Due, PageHead, Priority, Search } from "../ui/parts";
import { Chip } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useSearchText } from "../ui/useSearchText";
import { useClaim } from "../worklist/claim";
import { FilterSheet } from "../worklist/FilterSheet";
import { useViewTabs, WorklistEmpty } from "../worklist/shared";
import { SORT_LABEL, TASK_SORTS, useWorklistFilter } from "../worklist/model";
import { PhoneRows } from "./Rows";

export default function PhoneWorklist(): ReactElement {
  const { t } = useI18n();
  const { filter, change } = useWorklistFilter();
  const counts = useCounts();
  const list = useTasks(filter);
  const [text, setText] = useSearchText(filter.q, (q) => change({ q }));
  const [choosing, setChoosing] = useState(false);
  const [downloading, setDownloading] = useState(false);
  const tabs = useViewTabs(counts);
  useTitle(t("nav.tasks"));
  return (
    <>
      <PageHead title={t("worklist.title")}>
        <Button kind="quiet" icon="download" aria-label={t("day.download")} onClick={() => setDownloading(true)} />
        <Button kind="quiet" icon="filter" aria-label={t("list.filter")} onClick={() => setChoosing(true)} />
      </PageHead>
      <div className="phone-tools">
        <DayTiles counts={counts} view={filter.view} onChoose={(view) => change({ view })} />
        <Tabs label={t("worklist.title")} tabs={tabs} value={filter.view} onChange={(view) => change({ view })} />
        <Search label={t("worklist.search")} value={text} onChange={setText} />
      </div>
      <PhoneRows
        list={list}
        empty={<WorklistEmpty view={filter.view} searching={Boolean(filter.q || filter.process)} />}
        card={(task) => <TaskCard task={task} />}
      />
      {choosing ? (
        <FilterSheet
          filter={filter}
          sorts={TASK_SORTS.map((value) => ({ value, label: t(SORT_LABEL[value]) }))}
          onChange={change}
          onClose={() => setChoosing(false)}
        >
          <SavedFilters onChoose={() => setChoosing(false)} />
        </FilterSheet>
      ) : null}
      {downloading ? <DaySheet onClose={() => setDownloading(false)} /> : null}
    </>
  );
}

function TaskCard({ task }: { task: TaskSummary }): ReactElement {
  const { t } = useI18n();
  const me = useSession().person.id;
  const { busy, claim } = useClaim();
  const pending = pendingAction(useKept(task.id).kept);
  const free = task.state === "created" && !task.assignee && !pending;
  return (
    <article className={task.overdue ? "card card-late" : "card"}>
      <Link to={`/tasks/${encodeURIComponent(task.id)}`} className="card-link">
        <span className="card-top">
          <strong>{task.name}</strong>
          <Due due={task.due} next={task.nextRung} />
        </span>
        <span className="card-title">{task.case.title}</span>
        <span className="card-meta">
          <span>{task.processName}</span>
          <Priority value={task.priority} />
          {free || !task.assignee ? null : <Assignee task={task} me={me} />}
          {pending ? (
            <Chip tone={pending.state === "refused" ? "bad" : "warn"} icon="cloudOff">
              {actionWords(pending.letter.kind, t)} · {t(`outbox.state.${pending.state}`)}
            </Chip>
          ) : null}
        </span>
      </Link>
      {free ? (
        <Button icon="claim" busy={busy === task.id} onClick={() => void claim(task)}>
          {t("action.claim")}
        </Button>
      ) : null}
    </article>
  );
}
