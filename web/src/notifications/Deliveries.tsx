import "./notifications.css";

import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link, useSearchParams } from "react-router";

import { request } from "../api/client";
import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { ReasonSheet } from "../ui/ReasonSheet";
import { Chip, Empty, errorWords, Failure, Loading, type Tone } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useToast } from "../ui/toast";
import { useDeliveries, useDeliveryCounts, type Delivery, type DeliveryView } from "./api";
import { Listening } from "./Listening";

const VIEWS: DeliveryView[] = ["dead", "failing", "queue", "done"];
const TONE: Record<string, Tone> = { pending: "info", delivered: "good", dead: "bad", dropped: "calm" };

/** For operators: what leaves the house, what could not, and what to do about it. */
export default function Deliveries(): ReactElement {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find((one) => one === params.get("view")) ?? "dead";
  const { rows, query } = useDeliveries(view);
  const counts = useDeliveryCounts().data;
  useTitle(t("nav.deliveries"));
  const count = (which: DeliveryView) => {
    const number = which === "done" || !counts ? 0 : counts[which];
    return number === 0 ? "" : number > 999 ? "999+" : String(number);
  };
  return (
    <div className="page">
      <PageHead title={t("nav.deliveries")}>{view === "dead" && rows.length > 0 ? <RetryAll /> : null}</PageHead>
      <p className="page-hint">{t("delivery.hint")}</p>
      <Tabs
        label={t("nav.deliveries")}
        value={view}
        onChange={(chosen) => setParams({ view: chosen }, { replace: true })}
        tabs={VIEWS.map((value) => ({
          value,
          label: t(`delivery.view.${value}` as MessageKey),
          count: count(value),
          urgent: value === "dead",
        }))}
      />
      {query.isPending ? <Loading /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="done" title={t(`delivery.none.${view}` as MessageKey)} hint={t("delivery.noneHint")} />
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
      <Listening />
    </div>
  );
}

function useAgain(): (id?: string) => Promise<void> {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  return async (id) => {
    try {
      const path = id ? `/deliveries/${encodeURIComponent(id)}/retry` : "/deliveries/retry";
      const { retried } = await request<{ retried: number }>(path, { method: "POST" });
      toast(t("delivery.retried", { n: retried }));
      await client.invalidateQueries({ queryKey: ["deliveries"] });
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
}

function RetryAll(): ReactElement {
  const { t } = useI18n();
  const again = useAgain();
  return (
    <Button kind="primary" icon="retake" onClick={() => void again()}>
      {t("delivery.retryAll")}
    </Button>
  );
}

function Row({ one }: { one: Delivery }): ReactElement {
  const { t } = useI18n();
  const again = useAgain();
  const client = useQueryClient();
  const toast = useToast();
  const [dropping, setDropping] = useState(false);
  const failed = one.state === "dead" || (one.state === "pending" && one.attempts > 0);
  const drop = async (reason: string) => {
    await request(`/deliveries/${encodeURIComponent(one.id)}/drop`, { method: "POST", json: { reason } });
    toast(t("delivery.dropDone"));
    await client.invalidateQueries({ queryKey: ["deliveries"] });
  };
  return (
    <article className="card delivery">
      <div className="card-body">
        <div className="chips">
          <Chip tone={TONE[one.state] ?? "calm"}>
            {t(failed && one.state === "pending" ? "delivery.failing" : `delivery.${one.state}`)}
          </Chip>
          <strong>
            {t(`delivery.channel.${one.channel}` as MessageKey)} → {one.targetName}
          </strong>
        </div>
        {one.case ? <Link to={`/cases/${encodeURIComponent(one.case)}`}>{one.title ?? one.case}</Link> : null}
        {one.error ? <p className="delivery-error">{one.error}</p> : null}
        {one.note ? <p>{t("delivery.note", { note: one.note })}</p> : null}
        <p className="card-meta">
          <span>
            {t("delivery.created")} <Moment at={one.createdAt} />
          </span>
          <span>{t("delivery.attempts", { n: one.attempts })}</span>
          <span>
            {one.endedAt ? t("delivery.ended") : t("delivery.due")} <Moment at={one.endedAt ?? one.dueAt} />
          </span>
        </p>
      </div>
      {failed ? (
        <div className="row-actions">
          <Button icon="retake" onClick={() => void again(one.id)}>
            {t("action.retry")}
          </Button>
          <Button icon="trash" onClick={() => setDropping(true)}>
            {t("delivery.drop")}
          </Button>
        </div>
      ) : null}
      {dropping ? (
        <ReasonSheet
          title={t("delivery.drop")}
          ask={t("delivery.dropAsk", { target: one.targetName })}
          icon="trash"
          danger
          onSend={drop}
          onClose={() => setDropping(false)}
        />
      ) : null}
    </article>
  );
}
