import "../compare/compare.css";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link, useSearchParams } from "react-router";

import { Refused, type Problem } from "../api/client";

import { useI18n, type MessageKey } from "../i18n";
import { useMay, useSession } from "../session/session";
import { Button } from "../ui/Button";
import { Facts, Moment } from "../ui/parts";
import { ProblemWords } from "../ui/ProblemWords";
import { ReasonSheet } from "../ui/ReasonSheet";
import { Chip, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import {
  approveDraft,
  confirmReading,
  readReceipts,
  readReview,
  rebaseDraft,
  returnDraft,
  rollBack,
  submitDraft,
  type Review,
  type StudioDraft,
} from "./api";
import { Comments } from "./Comments";
import type { Saver } from "./saver";

interface Props {
  draft: StudioDraft;
  saver: Saver;
}

/** The way of a draft to a release: handed in, looked at by a second person, published; read by those it concerns; undone. */
export default function Release({ draft, saver }: Props): ReactElement {
  const client = useQueryClient();
  const review = useQuery({
    queryKey: ["draft-review", draft.id, draft.state, saver.version],
    queryFn: () => readReview(draft.id),
  });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (review.isError) return <Failure error={review.error} onRetry={() => void review.refetch()} />;
  if (!review.data) return <Loading />;
  /** Does something that gives the draft another version. */
  const act = async (doing: () => Promise<{ version: number }>) => {
    if (busy) return;
    setBusy(true);
    try {
      saver.renewed((await doing()).version);
      setError(null);
      await client.invalidateQueries({ queryKey: ["draft", draft.id] });
      await client.invalidateQueries({ queryKey: ["draft-review", draft.id] });
      await client.invalidateQueries({ queryKey: ["drafts"] });
      await client.invalidateQueries({ queryKey: ["studio-releases"] });
    } catch (refused) {
      setError(refused);
      // What was refused because somebody was faster is shown as it stands now.
      await client.invalidateQueries({ queryKey: ["draft", draft.id] });
      await review.refetch();
    }
    setBusy(false);
  };
  const shared = { draft, saver, review: review.data, act, busy };
  return (
    <>
      {error ? <Why error={error} /> : null}
      <Steps state={review.data.state} />
      {review.data.baseCurrent ? null : <Behind {...shared} />}
      {review.data.state === "editing" ? <Submit {...shared} /> : <Handed {...shared} />}
      {review.data.state === "published" && review.data.release ? (
        <Published draft={draft} release={review.data.release} />
      ) : null}
      <Running review={review.data} mayMigrate={review.data.state === "published"} />
      <Comments draft={draft} />
    </>
  );
}

interface Shared extends Props {
  review: Review;
  act: (doing: () => Promise<{ version: number }>) => Promise<void>;
  busy: boolean;
}

const STATES = ["editing", "submitted", "approved", "published"] as const;

function Steps({ state }: { state: Review["state"] }): ReactElement {
  const { t } = useI18n();
  const at = STATES.indexOf(state);
  return (
    <ol className="studio-steps" aria-label={t("studio.release.steps")}>
      {STATES.map((one, index) => (
        <li key={one} aria-current={one === state ? "step" : undefined} className={index < at ? "is-done" : undefined}>
          <span aria-hidden="true">{index < at ? "✓" : index + 1}</span> {t(`studio.state.${one}`)}
        </li>
      ))}
    </ol>
  );
}

/** Why it was refused: each error with the way to its place, or the rule that stands against it. */
function Why({ error }: { error: unknown }): ReactElement {
  const { t } = useI18n();
  const [, setParams] = useSearchParams();
  const refused = error instanceof Refused ? error : null;
  const problems = (refused?.problem.problems ?? []) as (Found & { file?: string })[];
  if (problems.length > 0)
    return (
      <Notice tone="bad">
        <p>{t("submit.refused", { n: problems.length })}</p>
        <ul className="studio-why">
          {problems.slice(0, 20).map((one, at) => (
            <li key={at}>
              <ProblemWords rule={one.rule} message={one.message} />
              {one.file ? (
                <Button
                  icon="next"
                  onClick={() => setParams({ view: "edit", file: one.file ?? "", element: one.element ?? "" })}
                >
                  {t("submit.where")}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Notice>
    );
  const words: Record<string, MessageKey> = { "base-moved": "submit.behind", forbidden: "submit.own" };
  const kind = refused?.problem.type?.split(":").pop() ?? "";
  const known = refused?.status === 412 ? "submit.moved" : words[kind];
  return <Notice tone="bad">{known ? t(known) : errorWords(error, t)}</Notice>;
}

type Found = NonNullable<Problem["problems"]>[number];

function Behind({ draft, saver, act, busy }: Shared): ReactElement {
  const { t } = useI18n();
  const [conflicts, setConflicts] = useState<string[]>([]);
  const take = async () => {
    await saver.flush();
    const done = await rebaseDraft(draft.id, saver.version);
    setConflicts(done.conflicts);
    return done;
  };
  return (
    <Notice tone="warn">
      <p>{t("studio.release.behind")}</p>
      {conflicts.length > 0 ? <p>{t("studio.release.conflicts", { files: conflicts.join(", ") })}</p> : null}
      {draft.state === "editing" ? (
        <Button busy={busy} onClick={() => void act(take)}>
          {t("studio.release.rebase")}
        </Button>
      ) : null}
    </Notice>
  );
}

function Submit({ draft, saver, review, act, busy }: Shared): ReactElement {
  const { t } = useI18n();
  const [note, setNote] = useState(review.note);
  const [document, setDocument] = useState(review.document);
  const [when, setWhen] = useState("");
  const submit = async () => {
    await saver.flush();
    const effectiveFrom = when ? new Date(when).toISOString() : null;
    return submitDraft(draft.id, saver.version, { note: note.trim(), document: document.trim(), effectiveFrom });
  };
  return (
    <section className="panel studio-submit">
      <h2>{t("studio.release.submit")}</h2>
      <p className="faint">{t("studio.release.submitHint")}</p>
      {review.remark ? (
        <Notice tone="warn">
          {t("studio.release.returned", { who: review.decidedBy?.name ?? "", why: review.remark })}
        </Notice>
      ) : null}
      <label className="field">
        <span>{t("studio.release.note")}</span>
        <textarea
          className="input"
          rows={3}
          maxLength={4000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t("studio.release.document")}</span>
        <input
          className="input"
          maxLength={200}
          value={document}
          placeholder={t("studio.release.documentPlaceholder")}
          onChange={(event) => setDocument(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t("studio.release.effective")}</span>
        <input className="input" type="datetime-local" value={when} onChange={(event) => setWhen(event.target.value)} />
        <small className="faint">{t("studio.release.effectiveHint")}</small>
      </label>
      <Button kind="primary" icon="send" busy={busy} disabled={note.trim() === ""} onClick={() => void act(submit)}>
        {t("studio.release.send")}
      </Button>
    </section>
  );
}

function Handed({ draft, review, act, busy }: Shared): ReactElement {
  const { t } = useI18n();
  const { person } = useSession();
  const [returning, setReturning] = useState(false);
  const mine = review.authors.some(({ id }) => id === person.id);
  const waiting = review.state === "submitted";
  return (
    <section className="panel">
      <h2>{t(waiting ? "studio.release.review" : "studio.release.decided")}</h2>
      <Facts
        rows={[
          [t("studio.release.note"), review.note],
          [t("studio.release.document"), review.document || "–"],
          [
            t("studio.release.effective"),
            review.effectiveFrom ? <Moment key="e" at={review.effectiveFrom} /> : t("studio.release.atOnce"),
          ],
          [t("studio.release.authors"), review.authors.map(({ name }) => name).join("、")],
          [t("studio.release.submitted"), review.submittedAt ? <Moment key="s" at={review.submittedAt} /> : "–"],
          ...(review.decidedBy ? [[t("studio.release.approver"), review.decidedBy.name] as [string, string]] : []),
        ]}
      />
      {waiting && !review.mayApprove ? (
        <Notice tone="info">{t(mine ? "studio.release.notOwn" : "studio.release.notMay")}</Notice>
      ) : null}
      <div className="chips">
        {waiting && review.mayApprove ? (
          <Button
            kind="primary"
            icon="check"
            busy={busy}
            onClick={() => void act(() => approveDraft(draft.id, review.version))}
          >
            {t("studio.release.approve")}
          </Button>
        ) : null}
        {waiting || review.state === "approved" ? (
          <Button icon="release" onClick={() => setReturning(true)}>
            {t(mine ? "studio.release.takeBack" : "studio.release.return")}
          </Button>
        ) : null}
      </div>
      {returning ? (
        <ReasonSheet
          title={t(mine ? "studio.release.takeBack" : "studio.release.return")}
          ask={t("studio.release.why")}
          icon="release"
          onClose={() => setReturning(false)}
          onSend={(remark) => act(() => returnDraft(draft.id, review.version, remark))}
        />
      ) : null}
    </section>
  );
}

/** How many cases run on which release: they stay there until they are migrated. */
function Running({ review, mayMigrate }: { review: Review; mayMigrate: boolean }): ReactElement | null {
  const { t } = useI18n();
  const mayOperate = useMay("cases.operate");
  if (review.impact.length === 0) return <Notice tone="info">{t("studio.release.noImpact")}</Notice>;
  return (
    <section className="panel">
      <h2>{t("studio.release.impact")}</h2>
      <p className="faint">{t("studio.release.impactHint")}</p>
      <table className="compare-table">
        <thead>
          <tr>
            <th scope="col">{t("studio.try.process")}</th>
            <th scope="col">{t("studio.release")}</th>
            <th scope="col">{t("studio.release.running")}</th>
          </tr>
        </thead>
        <tbody>
          {review.impact.map((one) => (
            <tr key={one.process + one.release}>
              <th scope="row">{one.process}</th>
              <td>
                <code>{one.release.slice(0, 12)}</code>
              </td>
              <td>
                {one.running}{" "}
                {mayMigrate && mayOperate && one.release !== review.release ? (
                  <Link
                    to={`/processes/${encodeURIComponent(one.process)}/migrate?from=${one.release}&to=${review.release ?? ""}`}
                  >
                    {t("migrate.open")}
                  </Link>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Published({ draft, release }: { draft: StudioDraft; release: string }): ReactElement {
  const { t } = useI18n();
  const { person } = useSession();
  const mayDeploy = useMay("releases.deploy");
  const client = useQueryClient();
  const toast = useToast();
  const [undoing, setUndoing] = useState(false);
  const receipts = useQuery({ queryKey: ["receipts", release], queryFn: () => readReceipts(release) });
  const read = receipts.data?.items.some((one) => one.person?.id === person.id) ?? true;
  const tell = (promise: Promise<unknown>, words: string) =>
    promise.then(
      () => toast(words),
      (error: unknown) => toast(errorWords(error, t), "bad"),
    );
  const confirm = () =>
    tell(
      confirmReading(release).then(() => client.invalidateQueries({ queryKey: ["receipts", release] })),
      t("studio.release.confirmed"),
    );
  return (
    <section className="panel">
      <h2>{t("studio.release.done")}</h2>
      <p>
        {t("studio.release")} <code className="hash">{release.slice(0, 12)}</code>{" "}
        <Link to="/processes">{t("nav.processes")}</Link>
      </p>
      <h3>{t("studio.release.receipts")}</h3>
      <div className="chips">
        {receipts.data?.items.map((one) => (
          <Chip key={one.person?.id ?? one.at} tone="good" icon="done">
            {one.person?.name ?? ""} · <Moment at={one.at} />
          </Chip>
        ))}
        {receipts.data?.items.length === 0 ? <span className="faint">{t("studio.release.nobody")}</span> : null}
      </div>
      <div className="chips">
        {read ? null : (
          <Button icon="check" onClick={() => void confirm()}>
            {t("studio.release.confirm")}
          </Button>
        )}
        {mayDeploy && draft.base ? (
          <Button icon="undo" onClick={() => setUndoing(true)}>
            {t("studio.release.rollBack")}
          </Button>
        ) : null}
      </div>
      {undoing ? (
        <ReasonSheet
          title={t("studio.release.rollBack")}
          ask={t("studio.release.rollBackAsk")}
          icon="undo"
          onClose={() => setUndoing(false)}
          onSend={async (reason) => {
            await rollBack(draft.base ?? "", reason);
            await client.invalidateQueries({ queryKey: ["studio-releases"] });
            toast(t("studio.release.rolledBack"));
          }}
        />
      ) : null}
    </section>
  );
}
