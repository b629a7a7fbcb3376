import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { request, uuid } from "../api/client";
import { useIncidents, useRefresh } from "../api/queries";
import type { Incident } from "../api/types";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useToast } from "../ui/toast";

export default function Incidents(): ReactElement {
  const { t } = useI18n();
  const [view, setView] = useState<"open" | "resolved">("open");
  const { rows, query } = useIncidents(view);
  useTitle(t("nav.incidents"));
  return (
    <div className="page">
      <PageHead title={t("nav.incidents")} />
      <p className="page-hint">{t("incident.hint")}</p>
      <Tabs
        label={t("nav.incidents")}
        value={view}
        onChange={setView}
        tabs={[
          { value: "open", label: t("incident.open") },
          { value: "resolved", label: t("incident.resolved") },
        ]}
      />
      {query.isPending ? <Loading /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="done" title={t("empty.incidents")} hint={t("empty.incidentsHint")} />
      ) : null}
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
    </div>
  );
}

function Row({ one }: { one: Incident }): ReactElement {
  const { t } = useI18n();
  const mayRetry = useMay("incidents.retry");
  const [asking, setAsking] = useState(false);
  return (
    <article className="card incident">
      <div className="card-top">
        <strong>{t("case.stuckAt", { step: one.elementName ?? one.element })}</strong>
        {one.resolvedAt ? (
          <Chip tone="good" icon="done">
            {t("incident.resolved")}
          </Chip>
        ) : (
          <Chip tone="bad" icon="alert">
            {t("incident.open")}
          </Chip>
        )}
      </div>
      <p className="incident-message">{one.message}</p>
      <p className="card-meta">
        <Link to={`/cases/${encodeURIComponent(one.case.id)}`}>{one.case.title}</Link>
        <span>
          {t("incident.raised")} <Moment at={one.raisedAt} relative />
        </span>
        {one.resolvedAt ? (
          <span>
            {t("incident.resolvedAt")} <Moment at={one.resolvedAt} relative />
          </span>
        ) : null}
      </p>
      {mayRetry && !one.resolvedAt ? (
        <Button icon="retake" onClick={() => setAsking(true)}>
          {t("incident.retry")}
        </Button>
      ) : null}
      {asking ? <Retry one={one} onClose={() => setAsking(false)} /> : null}
    </article>
  );
}

function Retry({ one, onClose }: { one: Incident; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const retry = async () => {
    setBusy(true);
    try {
      await request(`/incidents/${encodeURIComponent(one.id)}/retry`, { method: "POST", json: {}, key });
      toast(t("incident.retried"));
      onClose();
      await refresh(one.case.id);
    } catch (error) {
      setProblem(errorWords(error, t));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t("incident.retry")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" icon="retake" busy={busy} onClick={() => void retry()}>
            {t("incident.retry")}
          </Button>
        </>
      }
    >
      <p>{t("incident.retryAsk", { step: one.elementName ?? one.element, title: one.case.title })}</p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}
