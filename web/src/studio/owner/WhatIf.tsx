import "./owner.css";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, type ReactElement } from "react";
import { Link, useSearchParams } from "react-router";

import { useDiagramsOf } from "../../api/queries";
import { useI18n, type MessageKey, type Translate } from "../../i18n";
import { exactMoment } from "../../i18n/time";
import { Button } from "../../ui/Button";
import { DataTable, type Column } from "../../ui/DataTable";
import { Moment } from "../../ui/parts";
import { Chip, Empty, errorWords, Failure, Loading, Notice, type Tone } from "../../ui/states";
import type { StudioDraft } from "../api";
import type { Saver } from "../saver";
import { useProcesses, type ProcessIn } from "../useProcesses";
import { askWhatIf, stopWhatIf, useWhatIf, type WhatIf as Result, type WhatIfCase } from "./api";
import { elementNames, nameIn } from "./names";
import { Figures, type Figure } from "./Figures";
import { HeatView } from "./HeatView";

const LAST = [20, 50, 100, 200, 500, 1000];

/** What the draft would have done to the last real cases, before anybody is touched by it. */
export default function WhatIf({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const processes = useProcesses(draft);
  const id = params.get("whatif");
  const result = useWhatIf(id);
  const [process, setProcess] = useState("");
  const [last, setLast] = useState(100);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const begin = async () => {
    setBusy(true);
    setError(null);
    try {
      await saver.flush();
      const begun = await askWhatIf(draft.id, last, process);
      client.setQueryData(["what-if", begun.id], begun);
      setParams({ ...Object.fromEntries(params), view: "whatif", whatif: begun.id }, { replace: true });
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  if (processes.isError) return <Failure error={processes.error} onRetry={() => void processes.refetch()} />;
  if (!processes.data) return <Loading />;
  return (
    <>
      <section className="panel owner-ask">
        <h2>{t("whatif.title")}</h2>
        <p className="faint">{t("whatif.hint")}</p>
        <div className="owner-choices">
          <label className="field">
            <span>{t("studio.try.process")}</span>
            <select className="input" value={process} onChange={(event) => setProcess(event.target.value)}>
              <option value="">{t("whatif.all")}</option>
              {processes.data.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name || one.id}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t("whatif.last")}</span>
            <select className="input" value={last} onChange={(event) => setLast(Number(event.target.value))}>
              {LAST.map((n) => (
                <option key={n}>{n}</option>
              ))}
            </select>
          </label>
          <Button
            kind="primary"
            icon="replay"
            busy={busy || result.data?.state === "running"}
            onClick={() => void begin()}
          >
            {t("whatif.begin")}
          </Button>
        </div>
        {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
      </section>
      {id && result.isError ? <Failure error={result.error} /> : null}
      {result.data ? (
        <Played key={result.data.id} draft={draft} result={result.data} processes={processes.data} />
      ) : null}
    </>
  );
}

type Shown = "same" | "other" | "unknown" | "miss" | "meet";

const FITS: Record<Shown | "all", (one: WhatIfCase) => boolean> = {
  all: (one) => one.verdict !== "same" || one.deadlines.length > 0, // what nothing changes for only when asked for
  same: (one) => one.verdict === "same",
  other: (one) => one.verdict === "other",
  unknown: (one) => one.verdict === "unknown",
  miss: (one) => one.deadlines.some((due) => due.missedAfter && !due.missedBefore),
  meet: (one) => one.deadlines.some((due) => due.missedBefore && !due.missedAfter),
};

interface PlayedProps {
  draft: StudioDraft;
  result: Result;
  processes: ProcessIn[];
}

function Played({ draft, result, processes }: PlayedProps): ReactElement {
  const { t } = useI18n();
  const [shown, setShown] = useState<Shown | null>(null);
  const names = useNames(draft, processes);
  const { counts } = result;
  const figures: Figure<Shown>[] = [
    { key: "other", value: counts.other, label: t("whatif.other"), tone: "info" },
    { key: "miss", value: counts.wouldMiss, label: t("whatif.wouldMiss"), tone: counts.wouldMiss > 0 ? "bad" : "calm" },
    { key: "meet", value: counts.wouldMeet, label: t("whatif.wouldMeet"), tone: "good" },
    { key: "unknown", value: counts.unknown, label: t("whatif.unknown"), tone: "warn" },
    { key: "same", value: counts.same, label: t("whatif.same"), tone: "calm" },
  ];
  const rows = result.cases.filter((one) => FITS[shown ?? "all"](one)).sort(telling);
  if (result.state === "done" && result.total === 0)
    return <Empty icon="cases" title={t("whatif.nothing")} hint={t("whatif.nothingHint")} />;
  return (
    <>
      <Progress result={result} />
      <Figures label={t("whatif.counts")} figures={figures} chosen={shown} onChoose={setShown} />
      {counts.unknown > 0 ? <p className="faint">{t("whatif.limits")}</p> : null}
      <section className="owner-section">
        <h2>{t("whatif.cases")}</h2>
        {rows.length === 0 && result.state !== "running" ? (
          <p className="faint">{t("whatif.none")}</p>
        ) : (
          <DataTable label={t("whatif.cases")} rows={rows} columns={columns(t, names)} id={(one) => one.case.id} />
        )}
      </section>
      <Come result={result} processes={processes} />
    </>
  );
}

const ORDER = ["other", "unknown", "same"];
/** What changes first; within that the newest, as the server has them. */
const telling = (one: WhatIfCase, other: WhatIfCase): number =>
  ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict) || other.deadlines.length - one.deadlines.length;

function Progress({ result }: { result: Result }): ReactElement | null {
  const { t, language } = useI18n();
  if (result.state === "failed") return <Notice tone="bad">{t("whatif.failed", { why: result.detail })}</Notice>;
  if (result.state === "stopped") return <Notice tone="warn">{t("whatif.stopped")}</Notice>;
  if (result.state === "done")
    return <p className="faint">{t("whatif.older", { at: exactMoment(result.at, language) })}</p>;
  return (
    <div className="owner-progress">
      <progress max={Math.max(1, result.total)} value={result.done} aria-label={t("whatif.begin")} />
      <strong role="status">{t("whatif.running", { done: result.done, of: result.total })}</strong>
      <Button icon="stop" onClick={() => void stopWhatIf(result.id)}>
        {t("whatif.stop")}
      </Button>
    </div>
  );
}

/** The names of the elements of the draft, and of those that only the release has that it began from. */
function useNames(draft: StudioDraft, processes: ProcessIn[]): Map<string, string> {
  const { language } = useI18n();
  const ids = useMemo(() => (draft.base ? processes.map(({ id }) => id) : []), [draft.base, processes]);
  const before = useDiagramsOf(draft.base ?? "", ids);
  const texts = [...before.values(), ...processes.map(({ xml }) => xml)];
  const found = texts.length;
  return useMemo(
    () => new Map(texts.flatMap((xml) => [...elementNames(xml, language)])),
    // The texts of a release never change, and those of the draft are new with `processes`: their number tells the rest.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [found, processes, language],
  );
}

/** Where cases would newly come by, on the diagram. */
function Come({ result, processes }: { result: Result; processes: ProcessIn[] }): ReactElement | null {
  const { t } = useI18n();
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { come } of result.cases) for (const one of come) found.set(one, (found.get(one) ?? 0) + 1);
    return found;
  }, [result.cases]);
  const heat = useMemo(() => new Map([...counts].map(([id, value]) => [id, { value, text: String(value) }])), [counts]);
  const drawn = processes.filter(({ xml }) => [...counts.keys()].some((id) => xml.includes(`id="${id}"`)));
  const [picked, setPicked] = useState("");
  const shown = drawn.find(({ id }) => id === picked) ?? drawn[0];
  if (!shown || result.state === "running") return null;
  return (
    <section className="owner-section">
      <div className="chips">
        <h2>{t("whatif.diagram")}</h2>
        {drawn.length > 1
          ? drawn.map(({ id, name }) => (
              <button
                key={id}
                type="button"
                className="pill"
                aria-pressed={id === shown.id}
                onClick={() => setPicked(id)}
              >
                {name || id}
              </button>
            ))
          : null}
      </div>
      <HeatView xml={shown.xml} label={t("process.diagram", { name: shown.name || shown.id })} heat={heat} />
    </section>
  );
}

const TONE: Record<WhatIfCase["verdict"], Tone> = { same: "calm", other: "info", unknown: "warn" };

function columns(t: Translate, names: Map<string, string>): Column<WhatIfCase>[] {
  return [
    {
      key: "case",
      label: t("whatif.case"),
      wide: true,
      cell: (one) => <Link to={`/cases/${encodeURIComponent(one.case.id)}`}>{one.case.title}</Link>,
    },
    {
      key: "verdict",
      label: t("whatif.verdict"),
      cell: (one) => <Chip tone={TONE[one.verdict]}>{t(`whatif.${one.verdict}`)}</Chip>,
    },
    {
      key: "change",
      label: t("whatif.change"),
      wide: true,
      empty: (one) => one.verdict === "same",
      cell: (one) => <Change one={one} names={names} />,
    },
    {
      key: "deadlines",
      label: t("whatif.deadlines"),
      wide: true,
      empty: (one) => one.deadlines.length === 0,
      cell: (one) => <Deadlines one={one} names={names} />,
    },
  ];
}

interface RowProps {
  one: WhatIfCase;
  names: Map<string, string>;
}

function Change({ one, names }: RowProps): ReactElement {
  const { t } = useI18n();
  const listed = (elements: string[]) => elements.map((id) => nameIn(names, id)).join("、");
  const where = nameIn(names, one.where);
  return (
    <div className="owner-lines">
      {one.verdict === "unknown" ? (
        <span>{t(`whatif.cause.${one.cause}` as MessageKey, { element: where, why: one.reason })}</span>
      ) : null}
      {one.verdict === "other" && one.where ? <span>{t("whatif.parts", { element: where })}</span> : null}
      {one.come.length > 0 ? (
        <span>
          <b className="owner-sign owner-come">+ {t("whatif.come")}</b> {listed(one.come)}
        </span>
      ) : null}
      {one.gone.length > 0 && one.verdict === "other" ? (
        <span>
          <b className="owner-sign owner-gone">− {t("whatif.gone")}</b> {listed(one.gone)}
        </span>
      ) : null}
    </div>
  );
}

function Deadlines({ one, names }: RowProps): ReactElement {
  const { t } = useI18n();
  const side = (at: string | null, missed: boolean) => (
    <>
      {at ? <Moment at={at} /> : t("whatif.noDue")}{" "}
      {at ? <Chip tone={missed ? "bad" : "good"}>{t(missed ? "whatif.missed" : "whatif.met")}</Chip> : null}
    </>
  );
  return (
    <div className="owner-lines">
      {one.deadlines.map((due) => (
        <span key={`${due.element} ${due.occurrence}`}>
          {nameIn(names, due.element)}
          {due.occurrence > 0 ? t("whatif.time", { n: due.occurrence + 1 }) : ""}：{side(due.before, due.missedBefore)}{" "}
          → {side(due.after, due.missedAfter)}
        </span>
      ))}
    </div>
  );
}
