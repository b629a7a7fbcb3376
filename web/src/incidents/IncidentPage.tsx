import "./incidents.css";

import { lazy, Suspense, useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { request, uuid } from "../api/client";
import { path, useCase, useDiagram, useRefresh } from "../api/queries";
import { CaseActions } from "../case/CaseActions";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Facts, Moment } from "../ui/parts";
import { ReasonSheet } from "../ui/ReasonSheet";
import { Chip, Failure, Loading } from "../ui/states";
import { useToast } from "../ui/toast";
import { useIncident, type IncidentDetail } from "./api";
import { Bulk } from "./Bulk";
import { causeOf } from "./causes";
import { shown } from "./values";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** One incident: why the case stopped, what its element saw, and everything that can be done about it. */
export default function IncidentPage(): ReactElement {
  const { id = "" } = useParams();
  const query = useIncident(id);
  const { t } = useI18n();
  useTitle(t("nav.incidents"));
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError) return <Failure page error={query.error} onRetry={() => void query.refetch()} />;
  return <Opened one={query.data} />;
}

function Opened({ one }: { one: IncidentDetail }): ReactElement {
  const { t } = useI18n();
  const open = one.resolvedAt === null;
  return (
    <div className="case">
      <header className="task-head">
        <Link to="/incidents" className="back" aria-label={t("nav.incidents")}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{t("case.stuckAt", { step: one.elementName ?? one.element })}</h1>
          <Link to={path.case(one.case.id)} className="task-head-case">
            {one.case.title}
          </Link>
        </div>
        <div className="task-head-chips">
          <Chip tone={open ? "bad" : "good"} icon={open ? "alert" : "done"}>
            {t(open ? "incident.open" : "incident.resolved")}
          </Chip>
        </div>
      </header>
      <div className="incident-columns">
        <div className="incident-main">
          <section className="panel">
            <h2>{t("incident.cause")}</h2>
            <p className="cause">{t(causeOf(one.kind))}</p>
            <p className="cause-said">{one.message}</p>
            <p className="card-meta">
              <span>
                {t("incident.raised")} <Moment at={one.raisedAt} />
              </span>
              {one.resolvedAt ? (
                <span>
                  {t("incident.resolvedAt")} <Moment at={one.resolvedAt} />
                </span>
              ) : null}
            </p>
          </section>
          {open ? <Data one={one} /> : null}
          <Where caseId={one.case.id} />
        </div>
        <aside className="incident-side" aria-label={t("incident.actions")}>
          <section className="panel">
            <h2>{t("incident.actions")}</h2>
            {open ? <Retries one={one} /> : null}
            <OfCase one={one} />
          </section>
        </aside>
      </div>
    </div>
  );
}

function Data({ one }: { one: IncidentDetail }): ReactElement {
  const { t } = useI18n();
  const rows = Object.entries(one.variables).map(([name, value]): [string, string] => [
    one.labels[name]?.label ?? name,
    value === null ? "—" : shown(value),
  ]);
  return (
    <section className="panel">
      <h2>{t("incident.data")}</h2>
      {rows.length === 0 ? <p className="faint">{t("replay.noData")}</p> : <Facts rows={rows} />}
    </section>
  );
}

function Where({ caseId }: { caseId: string }): ReactElement | null {
  const { t } = useI18n();
  const diagram = useDiagram(caseId, undefined).data;
  if (!diagram) return null;
  return (
    <section className="panel">
      <h2>{t("case.where")}</h2>
      <Suspense fallback={<Loading rows={3} />}>
        <DiagramView
          xml={diagram.xml}
          elements={diagram.elements}
          flows={diagram.flows}
          label={t("process.diagram", { name: diagram.name })}
        />
      </Suspense>
    </section>
  );
}

function Retries({ one }: { one: IncidentDetail }): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState<"one" | "all" | null>(null);
  return (
    <div className="incident-actions">
      <Button kind="primary" icon="retake" wide onClick={() => setAsking("one")}>
        {t("incident.retry")}
      </Button>
      {one.alike > 1 ? (
        <Button icon="retake" wide onClick={() => setAsking("all")}>
          {t("incident.retryAlike", { n: one.alike > 500 ? "500+" : one.alike })}
        </Button>
      ) : null}
      {asking === "one" ? <Retry one={one} onClose={() => setAsking(null)} /> : null}
      {asking === "all" ? (
        <Bulk
          title={t("incident.retryAll")}
          wanted={{ action: "retry", process: one.process, element: one.element, message: one.message }}
          onClose={() => setAsking(null)}
        >
          <p>{t("incident.retryAllAsk", { step: one.elementName ?? one.element, n: one.alike })}</p>
        </Bulk>
      ) : null}
    </div>
  );
}

function Retry({ one, onClose }: { one: IncidentDetail; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const retry = async (reason: string) => {
    await request(`/incidents/${encodeURIComponent(one.id)}/retry`, { method: "POST", json: { reason }, key });
    toast(t("incident.retried"));
    await refresh(one.case.id);
  };
  return (
    <ReasonSheet
      title={t("incident.retry")}
      ask={t("incident.retryAsk", { step: one.elementName ?? one.element, title: one.case.title })}
      icon="retake"
      onSend={retry}
      onClose={onClose}
    />
  );
}

function OfCase({ one }: { one: IncidentDetail }): ReactElement {
  const query = useCase(one.case.id);
  if (!query.data) return <Loading rows={2} />;
  const data = one.resolvedAt === null ? { variables: one.variables, scope: one.scope } : undefined;
  return <CaseActions one={query.data} data={data} />;
}
