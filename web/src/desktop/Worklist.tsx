import type { ColumnsType } from "antd/es/table";
import { useState, type ReactElement } from "react";
import { useNavigate } from "react-router";

import { useCounts, useTask, useTasks } from "../api/queries";
import type { TaskSummary, TaskView } from "../api/types";
import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { TaskFacts } from "../task/TaskFacts";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Assignee, Due, Moment, PageHead, Priority } from "../ui/parts";
import { Empty, Failure, Loading } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useClaim } from "../worklist/claim";
import { SORT_LABEL, TASK_SORTS, useWorklistFilter } from "../worklist/model";
import { useViewTabs, WorklistEmpty } from "../worklist/shared";
import { Filters } from "./Filters";
import { DeskRows } from "./Rows";

export default function DesktopWorklist(): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { filter, change } = useWorklistFilter();
  const list = useTasks(filter);
  const [picked, setPicked] = useState<{ view: TaskView; task: TaskSummary } | null>(null);
  const tabs = useViewTabs(useCounts());
  useTitle(t("nav.tasks"));
  const selected = picked?.view === filter.view ? picked.task : null;
  const current = list.rows.find((row) => row.id === selected?.id) ?? selected;
  const open = (task: TaskSummary) => {
    if (task.id === selected?.id) void navigate(`/tasks/${encodeURIComponent(task.id)}`);
    else setPicked({ view: filter.view, task });
  };
  return (
    <div className="split">
      <div className="split-list">
        <PageHead title={t("worklist.title")} />
        <Tabs label={t("worklist.title")} tabs={tabs} value={filter.view} onChange={(view) => change({ view })} />
        <Filters
          label={t("worklist.search")}
          filter={filter}
          onChange={change}
          sorts={TASK_SORTS.map((value) => ({ value, label: t(SORT_LABEL[value]) }))}
        />
        <DeskRows
          list={list}
          columns={useColumns()}
          label={t("worklist.title")}
          selected={current?.id}
          onOpen={open}
          empty={<WorklistEmpty view={filter.view} searching={Boolean(filter.q || filter.process)} />}
        />
      </div>
      <aside className="split-detail" aria-label={t("worklist.detail")}>
        {current ? (
          <Detail key={current.id} task={current} />
        ) : (
          <Empty icon="tasks" title={t("worklist.pick")} hint={t("worklist.pickHint")} />
        )}
      </aside>
    </div>
  );
}

function useColumns(): ColumnsType<TaskSummary> {
  const { t } = useI18n();
  const me = useSession().person.id;
  const { busy, claim } = useClaim();
  return [
    {
      title: t("worklist.task"),
      key: "task",
      render: (_, task) => (
        <div className="cell-two">
          <span>
            <strong>{task.name}</strong> <Priority value={task.priority} />
          </span>
          <span>{task.case.title}</span>
        </div>
      ),
    },
    {
      title: t("worklist.due"),
      key: "due",
      width: 150,
      render: (_, task) => <Due due={task.due} next={task.nextRung} />,
    },
    {
      title: t("worklist.assignee"),
      key: "assignee",
      width: 130,
      render: (_, task) =>
        task.state === "created" && !task.assignee ? (
          <Button
            icon="claim"
            busy={busy === task.id}
            onClick={(event) => {
              event.stopPropagation();
              void claim(task);
            }}
          >
            {t("action.claim")}
          </Button>
        ) : (
          <Assignee task={task} me={me} />
        ),
    },
    {
      title: t("worklist.created"),
      key: "created",
      width: 130,
      responsive: ["xxl"],
      render: (_, task) => <Moment at={task.createdAt} relative />,
    },
  ];
}

/** What somebody wants to know before opening a task; the form itself is on the task's page. */
function Detail({ task }: { task: TaskSummary }): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const query = useTask(task.id);
  const { busy, claim } = useClaim();
  const open = () => void navigate(`/tasks/${encodeURIComponent(task.id)}`);
  return (
    <div className="detail">
      <h2>{task.name}</h2>
      <p className="detail-case">{task.case.title}</p>
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Failure error={query.error} />
      ) : (
        <>
          <div className="detail-actions">
            {query.data.actions.claim.allowed && !task.assignee ? (
              <Button
                kind="primary"
                icon="claim"
                busy={busy === task.id}
                onClick={() => void claim(task).then((done) => done && open())}
              >
                {t("action.claimOpen")}
              </Button>
            ) : null}
            <Button kind={task.assignee ? "primary" : "plain"} icon="next" onClick={open}>
              {t("action.open")}
            </Button>
          </div>
          <TaskFacts task={query.data} />
        </>
      )}
    </div>
  );
}
