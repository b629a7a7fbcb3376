import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { request } from "../api/client";
import { useI18n } from "../i18n";
import { Button, ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Moment, PageHead } from "../ui/parts";
import { Chip, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { useReview, VERDICTS, verdictTone, verdictWord, type Review } from "./reviews";
import { Choice } from "./WhichCases";
import "./review.css";

/** One review: what was drawn and how, a verdict on each case, notes that never change, the conclusion. */
export default function ReviewPage(): ReactElement {
  const { number = "" } = useParams();
  const { t } = useI18n();
  const { data, error, isPending, refetch } = useReview(number);
  const [about, setAbout] = useState("");
  useTitle(data?.title ?? t("review.title"));
  if (isPending) return <Loading rows={8} />;
  if (error) return <Failure page error={error} onRetry={() => void refetch()} />;
  const missing = data.sample.filter((one) => one.verdict === null).length;
  return (
    <div className="page review-page">
      <PageHead
        title={data.title}
        back={<ButtonLink to="/review/samples" kind="quiet" icon="back" label={t("review.title")} />}
      >
        <a className="button button-plain" href={`/api/v1/reviews/${encodeURIComponent(number)}/pdf`} download>
          <Icon name="file" />
          <span>{t("review.pdf")}</span>
        </a>
      </PageHead>
      <p className="page-hint">
        {data.number} · {data.openedBy.name} · <Moment at={data.openedAt} /> ·{" "}
        {t("review.population", { n: data.population })} · {t("review.sampled", { n: data.size })}
      </p>
      {data.state === "CLOSED" ? (
        <Notice tone={verdictTone(data.verdict)}>
          <strong>{t(verdictWord(data.verdict))}</strong>
          <p>{data.conclusion}</p>
          <p className="faint">
            {data.closedBy?.name} {data.closedAt ? <Moment at={data.closedAt} /> : null}
          </p>
        </Notice>
      ) : null}
      <Sample review={data} missing={missing} onChoose={setAbout} />
      {data.state === "OPEN" ? <Writing key={about} review={data} about={about} missing={missing} /> : null}
      <Notes review={data} />
      <Again review={data} />
    </div>
  );
}

interface SampleProps {
  review: Review;
  missing: number;
  onChoose: (id: string) => void;
}

function Sample({ review, missing, onChoose }: SampleProps): ReactElement {
  const { t } = useI18n();
  const isOpen = review.state === "OPEN";
  return (
    <section className="panel">
      <h2>
        {t("review.sample")}{" "}
        <small className="faint">{t("review.progress", { done: review.size - missing, n: review.size })}</small>
      </h2>
      <ul className="sample">
        {review.sample.map((one) => (
          <li key={one.id}>
            <span className="sample-case">
              <Link to={`/cases/${encodeURIComponent(one.id)}`}>{one.title || one.id}</Link>
              <small>{one.id}</small>
            </span>
            <Chip tone={verdictTone(one.verdict)}>{t(verdictWord(one.verdict))}</Chip>
            <ButtonLink
              to={`/cases/${encodeURIComponent(one.id)}/replay`}
              kind="quiet"
              icon="replay"
              label={t("review.replay")}
            />
            {isOpen ? (
              <Button
                kind="quiet"
                icon="message"
                aria-label={`${t("review.write")} ${one.title}`}
                onClick={() => {
                  onChoose(one.id);
                  document.getElementById("review-writing")?.scrollIntoView();
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const WHOLE = "";
const CONCLUSION = "*";

/** A note about one case or all of them; and the conclusion, once every case has a verdict. */
function Writing({ review, about, missing }: { review: Review; about: string; missing: number }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [subject, setSubject] = useState(about);
  const [verdict, setVerdict] = useState("");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const closes = subject === CONCLUSION;
  const send = async () => {
    setBusy(true);
    setProblem("");
    try {
      const address = `/reviews/${encodeURIComponent(review.number)}/${closes ? "conclusion" : "notes"}`;
      const json = closes ? { text, verdict } : { text, case: subject || null, verdict: verdict || null };
      const next = await request<Review>(address, { method: "POST", json });
      client.setQueryData(["review", review.number], next);
      void client.invalidateQueries({ queryKey: ["reviews"] });
      setText("");
      setVerdict("");
      toast(t("review.saved"));
    } catch (error) {
      setProblem(errorWords(error, t));
    } finally {
      setBusy(false);
    }
  };
  const noVerdict: [string, string] = ["", closes ? "—" : t("review.onlyNote")];
  return (
    <section className="panel" id="review-writing">
      <h2>{t("review.write")}</h2>
      <p className="page-hint">{t(closes ? "review.concludeHint" : "review.writeHint")}</p>
      <div className="pair">
        <Choice
          label={t("review.about2")}
          value={subject}
          onChange={setSubject}
          options={[
            [WHOLE, t("review.whole")],
            ...review.sample.map((one): [string, string] => [one.id, one.title || one.id]),
            [CONCLUSION, t("review.conclude")],
          ]}
        />
        {subject === WHOLE ? null : (
          <Choice
            label={t("review.verdict")}
            value={verdict}
            onChange={setVerdict}
            options={[noVerdict, ...VERDICTS.map((one): [string, string] => [one, t(`review.${one}`)])]}
          />
        )}
      </div>
      <label className="field">
        <span>{t("review.text")}</span>
        <textarea
          className="input"
          rows={4}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {closes && missing ? <Notice tone="warn">{t("review.missing", { n: missing })}</Notice> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <Button
        kind="primary"
        icon="done"
        busy={busy}
        disabled={!text.trim() || (closes && (missing > 0 || !verdict))}
        onClick={() => void send()}
      >
        {t(closes ? "review.concludeButton" : "review.save")}
      </Button>
    </section>
  );
}

function Notes({ review }: { review: Review }): ReactElement {
  const { t } = useI18n();
  const titles = Object.fromEntries(review.sample.map((one) => [one.id, one.title || one.id]));
  return (
    <section className="panel">
      <h2>{t("review.notes")}</h2>
      {review.notes.length ? null : <p className="faint">{t("review.noNotes")}</p>}
      <ol className="review-notes">
        {review.notes.map((one) => (
          <li key={one.seq}>
            <p className="review-note-head">
              <strong>{one.person.name}</strong> <Moment at={one.at} />
              <span className="faint">{one.case ? titles[one.case] : t("review.whole")}</span>
              {one.verdict ? <Chip tone={verdictTone(one.verdict)}>{t(verdictWord(one.verdict))}</Chip> : null}
            </p>
            <p className="review-note-text">{one.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What it takes to draw the same sample without us. */
function Again({ review }: { review: Review }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("review.how")}</h2>
      <p>{t("review.howText", { n: review.size })}</p>
      <dl className="review-facts">
        <dt>{t("review.seed")}</dt>
        <dd>{review.seed}</dd>
        <dt>{t("review.digest")}</dt>
        <dd>{review.digest}</dd>
      </dl>
    </section>
  );
}
