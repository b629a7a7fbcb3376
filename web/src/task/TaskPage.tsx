import { useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { useTask } from "../api/queries";
import type { Task } from "../api/types";
import { useI18n } from "../i18n";
import { Gallery } from "../case/Gallery";
import { useKept } from "../outbox/device";
import { useSession } from "../session/session";
import { usePhone, useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Due, NextRung, Priority } from "../ui/parts";
import { Failure, Loading, Notice } from "../ui/states";
import { withPending } from "./actions";
import { PendingNotice } from "./PendingNotice";
import { TaskCourse } from "./TaskCourse";
import { TaskFacts } from "./TaskFacts";
import { TaskWork } from "./TaskWork";

export default function TaskPage(): ReactElement {
  const { id = "" } = useParams();
  const query = useTask(id);
  useTitle(query.data?.name);
  const me = useSession().person;
  const { kept } = useKept(id);
  // What was read before, for the list's summary, may lack a draft that has been saved since.
  const read = query.isFetchedAfterMount || query.isPlaceholderData;
  if (query.isPending || !read) return <Loading rows={6} />;
  if (query.isError) return <Failure page error={query.error} onRetry={() => void query.refetch()} />;
  return <Opened key={id} task={withPending(query.data, kept, me)} />;
}

function Opened({ task }: { task: Task }): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  return (
    <div className="task">
      <TaskHead task={task} />
      <div className="task-columns">
        <section className="task-work" aria-label={t("task.form")}>
          <PendingNotice task={task} />
          <StateNotice task={task} />
          <TaskCourse task={task} />
          <TaskWork task={task} />
        </section>
        {phone ? (
          <details className="task-more">
            <summary>
              <h2>{t("task.more")}</h2>
            </summary>
            <Side task={task} />
          </details>
        ) : (
          <aside className="task-side" aria-label={t("task.more")}>
            <h2 className="visually-hidden">{t("task.more")}</h2>
            <Side task={task} />
          </aside>
        )}
      </div>
    </div>
  );
}

function TaskHead({ task }: { task: Task }): ReactElement {
  const { t } = useI18n();
  return (
    <header className="task-head">
      <Link to="/tasks" className="back" aria-label={t("action.backToTasks")}>
        <Icon name="back" />
      </Link>
      <div className="task-head-words">
        <h1>{task.name}</h1>
        <Link to={`/cases/${encodeURIComponent(task.case.id)}`} className="task-head-case">
          {task.case.title}
        </Link>
      </div>
      <div className="task-head-chips">
        <Due due={task.state === "completed" || task.state === "cancelled" ? null : task.due} />
        <Priority value={task.priority} />
        {task.nextRung ? <NextRung rung={task.nextRung} /> : null}
      </div>
    </header>
  );
}

/** Why the form below cannot be filled in, when it cannot. */
function StateNotice({ task }: { task: Task }): ReactElement | null {
  const { t } = useI18n();
  const me = useSession().person.id;
  if (task.state === "completed")
    return <Notice tone="good">{t("task.isCompleted", { name: task.assignee?.name ?? "–" })}</Notice>;
  if (task.state === "cancelled") return <Notice tone="warn">{t("task.isCancelled")}</Notice>;
  if (task.assignee && task.assignee.id !== me && (task.actions.complete.allowed || task.actions.sign.allowed))
    return <Notice tone="info">{t("course.standIn", { name: task.assignee.name })}</Notice>;
  if (task.assignee && task.assignee.id !== me)
    return <Notice tone="info">{t("task.withOther", { name: task.assignee.name })}</Notice>;
  if (!task.actions.complete.allowed && !task.actions.claim.allowed) {
    return (
      <Notice tone="warn">{task.actions.claim.reason ?? task.actions.complete.reason ?? t("error.forbidden")}</Notice>
    );
  }
  return task.assignee ? null : <Notice tone="info">{t("task.claimFirst")}</Notice>;
}

function Side({ task }: { task: Task }): ReactElement {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const excluded = all ? task.excluded : task.excluded.slice(0, 3);
  return (
    <>
      <TaskFacts task={task} />
      {task.excluded.length > 0 ? (
        <section>
          <h3>{t("task.excluded")}</h3>
          <ul className="plain-list">
            {excluded.map((one) => (
              <li key={one.person.id}>
                <strong>{one.person.name}</strong> {one.reason}
              </li>
            ))}
          </ul>
          {excluded.length < task.excluded.length ? (
            <button type="button" className="link" onClick={() => setAll(true)}>
              {t("list.all", { n: task.excluded.length })}
            </button>
          ) : null}
        </section>
      ) : null}
      {task.attachments.length > 0 ? (
        <section>
          <h3>{t("case.attachments")}</h3>
          <Gallery attachments={task.attachments} />
        </section>
      ) : null}
    </>
  );
}
