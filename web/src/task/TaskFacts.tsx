import type { ReactElement } from "react";
import { Link } from "react-router";

import type { Task } from "../api/types";
import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import { Assignee, Due, Facts, Moment } from "../ui/parts";
import { Chip } from "../ui/states";

export function TaskFacts({ task }: { task: Task }): ReactElement {
  const { t } = useI18n();
  const me = useSession().person.id;
  return (
    <>
      {task.documentation ? <p className="documentation">{task.documentation}</p> : null}
      <Facts
        rows={[
          [
            t("worklist.due"),
            <span key="due" className="chips">
              <Due due={task.due} />
              {task.due ? <Moment at={task.due} /> : null}
            </span>,
          ],
          [t("worklist.assignee"), <Assignee key="who" task={task} me={me} />],
          [
            t("case.case"),
            <Link key="case" to={`/cases/${encodeURIComponent(task.case.id)}`}>
              {task.case.title}
            </Link>,
          ],
          [t("list.process"), task.processName],
          [t("worklist.created"), <Moment key="at" at={task.createdAt} relative />],
        ]}
      />
      <Rungs rungs={task.rungs} />
    </>
  );
}

/** The escalation ladder of the task, seen beforehand: who will be told, and when. */
function Rungs({ rungs }: { rungs: Task["rungs"] }): ReactElement | null {
  const { t } = useI18n();
  if (rungs.length === 0) return null;
  return (
    <section className="rungs">
      <h3>{t("task.ladder")}</h3>
      <ol>
        {rungs.map((rung) => (
          <li key={rung.at + rung.name} className={rung.reached ? "rung rung-reached" : "rung"}>
            <Icon name={rung.reached ? "done" : "bell"} size={18} />
            <span>{rung.name}</span>
            <Moment at={rung.at} />
            {rung.reached ? <span className="visually-hidden">{t("task.rungReached")}</span> : null}
            {rung.held ? (
              <Chip tone="warn" icon="pause">
                {t("rung.heldShort")}
              </Chip>
            ) : null}
            {rung.told.length > 0 ? (
              <small>{t("history.told", { who: rung.told.map((one) => one.name).join(t("history.and")) })}</small>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
