import { lazy, Suspense, useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { useCase, useDiagram } from "../api/queries";
import type { Case, Diagram } from "../api/types";
import { CasePapers } from "../documents/CasePapers";
import { useI18n } from "../i18n";
import { useMay, useSession } from "../session/session";
import { ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Assignee, Due, Facts, Moment, NextRung, Status } from "../ui/parts";
import { Failure, Loading, Notice } from "../ui/states";
import { CaseSignatures } from "../signing/CaseSignatures";
import { CaseActions } from "./CaseActions";
import { CaseData } from "./CaseData";
import { Gallery } from "./Gallery";
import { History } from "./History";
import { Legend } from "./Legend";
import { Requests } from "./Requests";
import { ProofBadge } from "./Verification";

const DiagramView = lazy(() => import("./DiagramView"));

export default function CasePage(): ReactElement {
  const { id = "" } = useParams();
  const query = useCase(id);
  useTitle(query.data?.title);
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError) return <Failure page error={query.error} onRetry={() => void query.refetch()} />;
  return <Opened one={query.data} />;
}

function Opened({ one }: { one: Case }): ReactElement {
  const { t } = useI18n();
  const operates = useMay("incidents.retry");
  return (
    <div className="case">
      <header className="task-head">
        <Link to="/cases" className="back" aria-label={t("action.backToCases")}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{one.title}</h1>
          <span className="task-head-case">
            {one.processName} · {one.id}
          </span>
        </div>
        <div className="task-head-chips">
          <Status status={one.status} />
          <ProofBadge caseId={one.id} />
          <ButtonLink icon="replay" to={`/cases/${encodeURIComponent(one.id)}/replay`}>
            {t("replay.title")}
          </ButtonLink>
        </div>
      </header>
      <div className="case-columns">
        <div className="case-main">
          {one.incidents
            .filter((incident) => !incident.resolvedAt)
            .map((incident) => (
              <Notice key={incident.id} tone="bad">
                <strong>{t("case.stuckAt", { step: incident.elementName ?? incident.element })}</strong>{" "}
                {incident.message}
                {operates ? (
                  <>
                    {" "}
                    <Link to={`/incidents/${encodeURIComponent(incident.id)}`}>{t("incident.solve")}</Link>
                  </>
                ) : null}
              </Notice>
            ))}
          <Where one={one} />
          <section className="panel">
            <h2>{t("case.history")}</h2>
            <History caseId={one.id} />
          </section>
        </div>
        <aside className="case-side" aria-label={t("case.about")}>
          <section className="panel case-now">
            <h2>{t("case.now")}</h2>
            <OpenTasks one={one} />
            <CaseFacts one={one} />
            <Requests one={one} />
            <CaseActions one={one} />
          </section>
          {one.attachments.length > 0 ? (
            <section className="panel">
              <h2>{t("case.attachments")}</h2>
              <Gallery attachments={one.attachments} />
            </section>
          ) : null}
          <CasePapers caseId={one.id} />
          <CaseSignatures caseId={one.id} />
          <CaseData one={one} />
        </aside>
      </div>
    </div>
  );
}

function CaseFacts({ one }: { one: Case }): ReactElement {
  const { t } = useI18n();
  return (
    <Facts
      rows={[
        [t("case.startedBy"), one.startedBy?.name ?? t("who.system")],
        [t("case.startedAt"), <Moment key="start" at={one.startedAt} />],
        ...(one.endedAt ? [[t("case.endedAt"), <Moment key="end" at={one.endedAt} />] as [string, ReactElement]] : []),
        [t("case.entries"), one.entries],
        [
          t("case.release"),
          <code key="release" className="hash" title={one.release.hash}>
            {one.release.hash.slice(0, 12)}
          </code>,
        ],
      ]}
    />
  );
}

/** The steps that wait for somebody: the diagram's text alternative, and the way to the work. */
function OpenTasks({ one }: { one: Case }): ReactElement {
  const { t } = useI18n();
  const me = useSession().person.id;
  const open = one.tasks.filter((task) => task.state === "created" || task.state === "claimed");
  if (open.length === 0) return <p className="faint">{t("case.noOpenTasks")}</p>;
  return (
    <ul className="open-tasks">
      {open.map((task) => (
        <li key={task.id}>
          <Link to={`/tasks/${encodeURIComponent(task.id)}`}>
            <strong>{task.name}</strong>
          </Link>
          <span className="chips">
            <Due due={task.due} next={task.nextRung} />
            {task.nextRung ? <NextRung rung={task.nextRung} /> : null}
            <Assignee task={task} me={me} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Where({ one }: { one: Case }): ReactElement {
  const { t } = useI18n();
  const [process, setProcess] = useState<string | undefined>(undefined);
  const query = useDiagram(one.id, process);
  return (
    <section className="panel">
      <h2>{t("case.where")}</h2>
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {query.data.processes.length > 1 ? (
            <div className="chips diagram-choice">
              {query.data.processes.map((other) => (
                <button
                  key={other.process}
                  type="button"
                  className="pill"
                  aria-pressed={other.process === query.data.process}
                  onClick={() => setProcess(other.process)}
                >
                  {other.name}
                </button>
              ))}
            </div>
          ) : null}
          <Suspense fallback={<Loading rows={3} />}>
            <DiagramView
              xml={query.data.xml}
              elements={query.data.elements}
              flows={query.data.flows}
              label={diagramWords(query.data, one, t)}
            />
          </Suspense>
          <Legend />
        </>
      )}
    </section>
  );
}

/** What the picture says, for those who do not see it. */
function diagramWords(diagram: Diagram, one: Case, t: ReturnType<typeof useI18n>["t"]): string {
  const names = one.tasks
    .filter((task) => task.state === "created" || task.state === "claimed")
    .map((task) => task.name);
  return t("diagram.label", { name: diagram.name, steps: names.join("、") || t("case.noOpenTasks") });
}
