import "./incidents.css";

import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useIncidents } from "../api/queries";
import type { Incident } from "../api/types";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Button, ButtonLink } from "../ui/Button";
import { usePhone, useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { Chip, Empty, Failure, Loading } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useGroups, type IncidentGroup } from "./api";
import { Bulk } from "./Bulk";
import { causeOf } from "./causes";

type View = "open" | "alike" | "resolved";

export default function Incidents(): ReactElement {
  const { t } = useI18n();
  const [view, setView] = useState<View>("open");
  const operates = useMay("incidents.retry");
  const phone = usePhone();
  useTitle(t("nav.incidents"));
  const tabs: { value: View; label: string }[] = [
    { value: "open", label: t("incident.open") },
    ...(operates ? [{ value: "alike" as const, label: t("incident.alike") }] : []),
    { value: "resolved", label: t("incident.resolved") },
  ];
  return (
    <div className="page">
      <PageHead title={t("nav.incidents")}>
        {operates && phone ? <ButtonLink icon="send" to="/deliveries" label={t("nav.deliveries")} /> : null}
        {operates ? (
          <ButtonLink icon="gear" to="/operate" label={phone ? t("operate.many") : undefined}>
            {phone ? null : t("operate.many")}
          </ButtonLink>
        ) : null}
      </PageHead>
      <p className="page-hint">{t("incident.hint")}</p>
      <Tabs label={t("nav.incidents")} value={view} onChange={setView} tabs={tabs} />
      {view === "alike" ? <Groups /> : <List view={view} />}
    </div>
  );
}

function NoIncidents(): ReactElement {
  const { t } = useI18n();
  return <Empty icon="done" title={t("empty.incidents")} hint={t("empty.incidentsHint")} />;
}

function List({ view }: { view: "open" | "resolved" }): ReactElement {
  const { t } = useI18n();
  const { rows, query } = useIncidents(view);
  return (
    <>
      {query.isPending ? <Loading /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? <NoIncidents /> : null}
      <ul className="cards">
        {rows.map((one) => (
          <li key={one.id}>
            <Row one={one} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </>
  );
}

function Row({ one }: { one: Incident }): ReactElement {
  const { t } = useI18n();
  const operates = useMay("incidents.retry");
  const open = one.resolvedAt === null;
  const to = operates ? `/incidents/${encodeURIComponent(one.id)}` : `/cases/${encodeURIComponent(one.case.id)}`;
  return (
    <article className="card incident">
      <Link to={to} className="card-link">
        <span className="card-top">
          <strong>{t("case.stuckAt", { step: one.elementName ?? one.element })}</strong>
          <Chip tone={open ? "bad" : "good"} icon={open ? "alert" : "done"}>
            {t(open ? "incident.open" : "incident.resolved")}
          </Chip>
        </span>
        <span>{t(causeOf(one.kind))}</span>
        <span className="incident-message">{one.message}</span>
        <span className="card-meta">
          <span>{one.case.title}</span>
          <span>
            {t("incident.raised")} <Moment at={one.raisedAt} relative />
          </span>
          {one.resolvedAt ? (
            <span>
              {t("incident.resolvedAt")} <Moment at={one.resolvedAt} relative />
            </span>
          ) : null}
        </span>
      </Link>
    </article>
  );
}

/** The same step, the same cause: put right once, tried again together. */
function Groups(): ReactElement {
  const query = useGroups(true);
  const groups = query.data ?? [];
  return (
    <>
      {query.isPending ? <Loading /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && groups.length === 0 ? <NoIncidents /> : null}
      <ul className="cards">
        {groups.map((group) => (
          <li key={`${group.process} ${group.element} ${group.message}`}>
            <Group group={group} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Group({ group }: { group: IncidentGroup }): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const step = group.elementName ?? group.element;
  return (
    <article className="card incident">
      <div className="card-top">
        <strong>{t("case.stuckAt", { step })}</strong>
        <Chip tone="bad" icon="alert">
          {t("incident.times", { n: group.count })}
        </Chip>
      </div>
      <span>{t(causeOf(group.kind))}</span>
      <span className="incident-message">{group.message}</span>
      <p className="card-meta">
        <span>{group.processName}</span>
        <span>
          {t("incident.since")} <Moment at={group.firstAt} relative />
        </span>
      </p>
      <Button icon="retake" onClick={() => setAsking(true)}>
        {t("incident.retryAll")}
      </Button>
      {asking ? (
        <Bulk
          title={t("incident.retryAll")}
          wanted={{ action: "retry", process: group.process, element: group.element, message: group.message }}
          onClose={() => setAsking(false)}
        >
          <p>{t("incident.retryAllAsk", { step, n: group.count })}</p>
        </Bulk>
      ) : null}
    </article>
  );
}
