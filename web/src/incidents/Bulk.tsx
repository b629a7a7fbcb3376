import "./incidents.css";

import { useEffect, useState, type ReactElement, type ReactNode } from "react";
import { Link } from "react-router";

import { Refused } from "../api/client";
import { useRefresh } from "../api/queries";
import type { Language } from "../api/types";
import { useI18n, type MessageKey, type Translate } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Chip, errorWords, Loading, Notice, type Tone } from "../ui/states";
import { planOperation, useOperate, useOperation, type Operation, type Step, type Wanted } from "./api";

interface Props {
  title: string;
  wanted: Wanted;
  /** What else is to be chosen before the dry run. */
  children?: ReactNode;
  missing?: string;
  onClose: () => void;
}

/** One action on many cases: the reason, then a dry run with a verdict for each, then progress and one list of results. */
export function Bulk({ title, wanted, children, missing, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const refresh = useRefresh();
  const operate = useOperate();
  const [reason, setReason] = useState("");
  const [id, setId] = useState<string>();
  const [planned, setPlanned] = useState<Operation>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const operation = useOperation(id).data ?? planned;
  const ended = operation?.state === "done" || operation?.state === "stopped";
  useEffect(() => {
    if (ended) void refresh();
  }, [ended, refresh]);
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem("");
    try {
      await act();
    } catch (error) {
      setProblem(error instanceof Refused && error.status === 409 ? error.message : errorWords(error, t));
    }
    setBusy(false);
  };
  const tryOut = () =>
    attempt(async () => {
      const lacking = missing || (reason.trim() ? "" : t("case.reasonNeeded"));
      if (lacking) {
        setProblem(lacking);
        return;
      }
      const made = await planOperation(wanted, reason.trim());
      setPlanned(made);
      setId(made.id);
    });
  const ready = operation?.steps.filter((step) => step.state === "ready").length ?? 0;
  return (
    <Sheet
      wide
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ended ? t("action.close") : t("action.cancel")}</Button>
          {operation === undefined ? (
            <Button kind="primary" icon="eye" busy={busy} onClick={() => void tryOut()}>
              {t("bulk.dryRun")}
            </Button>
          ) : null}
          {operation?.state === "planned" && ready > 0 ? (
            <Button
              kind={operation.action === "cancel" ? "danger" : "primary"}
              icon="play"
              busy={busy}
              onClick={() => void attempt(() => operate(operation.id, "run"))}
            >
              {t("bulk.run", { n: ready })}
            </Button>
          ) : null}
          {operation?.state === "running" ? (
            <Button icon="stop" onClick={() => void attempt(() => operate(operation.id, "stop"))}>
              {t("bulk.stop")}
            </Button>
          ) : null}
        </>
      }
    >
      {operation === undefined ? (
        <>
          {children}
          <label className="field">
            <span>{t("case.reason")}</span>
            <textarea
              className="input"
              rows={3}
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <p className="faint">{t("bulk.dryRunHint")}</p>
          {busy ? <Loading rows={2} /> : null}
        </>
      ) : (
        <Progress operation={operation} />
      )}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

function Progress({ operation }: { operation: Operation }): ReactElement {
  const { t } = useI18n();
  const { steps, state } = operation;
  const count = (which: (step: Step) => boolean) => steps.filter(which).length;
  const todo = count((step) => step.state !== "refused");
  const over = operation.done + operation.failed;
  if (steps.length === 0) return <Notice tone="info">{t("bulk.nothing")}</Notice>;
  return (
    <>
      {state === "planned" ? (
        <Notice tone={count((step) => step.verdict !== "ok") > 0 ? "warn" : "good"}>
          {t("bulk.verdicts", {
            ok: count((step) => step.verdict === "ok"),
            again: count((step) => step.verdict === "again"),
            no: count((step) => step.verdict === "no"),
          })}
        </Notice>
      ) : (
        <div className="bulk-progress">
          <progress max={Math.max(1, todo)} value={over} aria-label={t("bulk.progress")} />
          <strong role="status">
            {t(state === "running" ? "bulk.running" : state === "stopped" ? "bulk.stopped" : "bulk.done", {
              done: operation.done,
              failed: operation.failed,
              of: todo,
            })}
          </strong>
        </div>
      )}
      <ul className="bulk-steps">
        {steps.map((step, place) => (
          <li key={place}>
            <Result step={step} planned={state === "planned"} due={operation.action === "due"} />
          </li>
        ))}
      </ul>
    </>
  );
}

const TONE: Record<string, Tone> = {
  ok: "good",
  again: "warn",
  no: "bad",
  ready: "calm",
  done: "good",
  failed: "bad",
  refused: "calm",
  skipped: "calm",
};

function Result({ step, planned, due }: { step: Step; planned: boolean; due: boolean }): ReactElement {
  const { t, language } = useI18n();
  const word = planned ? step.verdict : step.state;
  return (
    <>
      <span className="bulk-case">
        <Link to={`/cases/${encodeURIComponent(step.case.id)}`} target="_blank">
          {step.case.title}
        </Link>
        {step.detail ? <small>{step.detail}</small> : null}
        {step.old && planned ? <small>{oldOf(step.old, due, t, language)}</small> : null}
      </span>
      <Chip tone={TONE[word] ?? "calm"}>{t(`bulk.${planned ? "verdict" : "state"}.${word}` as MessageKey)}</Chip>
    </>
  );
}

function oldOf(old: NonNullable<Step["old"]>, due: boolean, t: Translate, language: Language): string {
  if (!due) return t("bulk.old", { values: oldWords(old) });
  return t("due.now", { due: typeof old.due === "string" ? exactMoment(old.due, language) : t("due.none") });
}

function oldWords(old: NonNullable<Step["old"]>): string {
  return Object.entries(old)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join("；");
}
