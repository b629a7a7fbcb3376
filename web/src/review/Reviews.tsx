import { useState, type ReactElement } from "react";
import { Link, useNavigate } from "react-router";

import { request } from "../api/client";
import { useI18n } from "../i18n";
import { Button, ButtonLink } from "../ui/Button";
import { DataTable, type Column } from "../ui/DataTable";
import { useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useReviews, verdictTone, verdictWord, type Review, type ReviewSummary } from "./reviews";
import { EVERYTHING, queryOf, useCaseCount } from "./which";
import { WhichCases } from "./WhichCases";
import "./review.css";

/** Reviews by sample, the newest first. */
export default function Reviews(): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const { rows, query } = useReviews();
  useTitle(t("review.title"));
  const begin = (
    <Button kind="primary" icon="plus" onClick={() => setAsking(true)}>
      {t("review.new")}
    </Button>
  );
  return (
    <div className="page">
      <PageHead
        title={t("review.title")}
        back={<ButtonLink to="/review" kind="quiet" icon="back" label={t("nav.review")} />}
      >
        {rows.length ? begin : null}
      </PageHead>
      <p className="page-hint">{t("review.about")}</p>
      {query.isPending ? <Loading rows={5} /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="search" title={t("review.empty")} hint={t("review.emptyHint")} action={begin} />
      ) : null}
      {rows.length ? (
        <DataTable label={t("review.title")} rows={rows} columns={columns(t)} id={(one) => one.number} />
      ) : null}
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
      {asking ? <NewReview onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function columns(t: ReturnType<typeof useI18n>["t"]): Column<ReviewSummary>[] {
  return [
    {
      key: "title",
      label: t("review.name"),
      cell: (one) => <Link to={`/review/samples/${encodeURIComponent(one.number)}`}>{one.title}</Link>,
    },
    { key: "number", label: t("review.number"), cell: (one) => one.number },
    {
      key: "state",
      label: t("review.verdict"),
      cell: (one) =>
        one.state === "OPEN" ? (
          <Chip tone="info">{t("review.OPEN")}</Chip>
        ) : (
          <Chip tone={verdictTone(one.verdict)}>{t(verdictWord(one.verdict))}</Chip>
        ),
    },
    {
      key: "size",
      label: t("review.sample"),
      cell: (one) => `${t("review.sampled", { n: one.size })} · ${t("review.population", { n: one.population })}`,
    },
    { key: "by", label: t("review.by"), cell: (one) => one.openedBy.name },
    { key: "at", label: t("review.at"), cell: (one) => <Moment at={one.openedAt} /> },
  ];
}

function NewReview({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [which, setWhich] = useState({ ...EVERYTHING, view: "closed" as const, by: "ended" as "ended" | "started" });
  const [title, setTitle] = useState("");
  const [size, setSize] = useState("20");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const count = useCaseCount(which);
  const draw = async () => {
    const wanted = Number(size);
    if (!title.trim() || !Number.isInteger(wanted) || wanted < 1 || wanted > 500) {
      setProblem(t("review.fill"));
      return;
    }
    setBusy(true);
    try {
      const json = { ...queryOf(which), title: title.trim(), size: wanted };
      const made = await request<Review>("/reviews", { method: "POST", json });
      void navigate(`/review/samples/${encodeURIComponent(made.number)}`);
    } catch (error) {
      setProblem(errorWords(error, t));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t("review.new")}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" icon="search" busy={busy} disabled={count === 0} onClick={() => void draw()}>
            {t("review.draw")}
          </Button>
        </>
      }
    >
      <div className="pair">
        <label className="field">
          <span>{t("review.name")}</span>
          <input className="input" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        </label>
        <label className="field">
          <span>{t("review.size")}</span>
          <input
            className="input"
            type="number"
            min={1}
            max={500}
            value={size}
            onChange={(event) => setSize(event.target.value)}
          />
        </label>
      </div>
      <WhichCases which={which} onChange={(next) => setWhich({ ...next, view: "closed" })} closed />
      <p className="which-count" role="status">
        {count === undefined ? "…" : t("review.drawFrom", { n: count })}
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}
