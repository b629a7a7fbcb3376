import "./owner.css";

import { useMemo, useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { useDefinitions, useReleasedDiagram, useReleasesOf } from "../../api/queries";
import { useI18n, type MessageKey, type Translate } from "../../i18n";
import { momentWords, span } from "../../i18n/time";
import { DataTable, type Column } from "../../ui/DataTable";
import { useNow, usePhone, useTitle } from "../../ui/hooks";
import { Icon } from "../../ui/Icon";
import { Moment } from "../../ui/parts";
import { Chip, Empty, Failure, Loading } from "../../ui/states";
import { useWatch, type Watch, type WatchedElement } from "./api";
import { LEVELS, type Heat } from "./heat";
import { HeatView } from "./HeatView";
import { elementNames, nameIn } from "./names";

const DAYS = [7, 30, 90, 365];
const MEASURES = ["waiting", "overdue", "median", "p90", "entered", "again", "incidents"] as const;
type Measure = (typeof MEASURES)[number];
const TIMES: readonly Measure[] = ["median", "p90"];
const BAD: readonly Measure[] = ["overdue", "incidents"];

/** Where the cases of a process are, wait, come back and get stuck; by version and span of time. */
export default function WatchPage(): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  const { process = "" } = useParams();
  const definition = useDefinitions().data?.find((one) => one.process === process);
  const releases = useReleasesOf(process);
  const [days, setDays] = useState(90);
  const [release, setRelease] = useState("");
  const watch = useWatch(process, days, release);
  const name = definition?.name ?? process;
  useTitle(`${name} · ${t("watch.title")}`);
  const failed = releases.error ?? watch.error;
  return (
    <div className="page">
      <header className="task-head">
        <Link to={`/processes/${encodeURIComponent(process)}`} className="back" aria-label={name}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{t("watch.title")}</h1>
          <span className="task-head-case">{name}</span>
        </div>
        <div className="task-head-chips">
          {watch.data ? (
            <Chip tone="calm">
              {watch.data.asOf
                ? t("watch.asOf", { at: momentWords(watch.data.asOf, now, t, language) })
                : t("watch.never")}
            </Chip>
          ) : null}
        </div>
      </header>
      <div className="owner-choices">
        <label className="field">
          <span>{t("watch.days")}</span>
          <select className="input" value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {DAYS.map((n) => (
              <option key={n} value={n}>
                {t("watch.day", { n })}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t("watch.version")}</span>
          <select className="input" value={release} onChange={(event) => setRelease(event.target.value)}>
            <option value="">{t("watch.versions")}</option>
            {releases.data?.map((one) => (
              <option key={one.hash} value={one.hash}>
                {t("process.version", { n: one.processes.find((of) => of.process === process)?.version ?? 0 })}
                {one.note ? ` · ${one.note}` : ""}
              </option>
            ))}
          </select>
        </label>
      </div>
      {failed ? <Failure error={failed} onRetry={() => void watch.refetch()} /> : null}
      {watch.data && releases.data ? (
        <Watched process={process} name={name} watch={watch.data} hash={release || releases.data[0]?.hash} />
      ) : failed ? null : (
        <Loading />
      )}
    </div>
  );
}

interface WatchedProps {
  process: string;
  name: string;
  watch: Watch;
  hash: string | undefined;
}

function Watched({ process, name, watch, hash }: WatchedProps): ReactElement {
  const { t, language } = useI18n();
  const phone = usePhone();
  const diagram = useReleasedDiagram(hash, process);
  const [measure, setMeasure] = useState<Measure>("waiting");
  const names = useMemo(() => elementNames(diagram.data ?? "<x/>", language), [diagram.data, language]);
  const heat = useMemo(() => heatOf(watch.elements, measure, t), [watch.elements, measure, t]);
  if (watch.elements.length === 0) return <Empty icon="flow" title={t("watch.none")} hint={t("watch.noneHint")} />;
  const told = watch.elements.filter((one) => one.measured + one.waiting + one.overdue + one.again + one.incidents > 0);
  const rows = [...told].sort((one, other) => other.share - one.share || other.entered - one.entered);
  return (
    <>
      <div className="chips" role="group" aria-label={t("watch.measure")}>
        {MEASURES.map((one) => (
          <button
            key={one}
            type="button"
            className="pill"
            aria-pressed={one === measure}
            onClick={() => setMeasure(one)}
          >
            {t(`watch.${one}` as MessageKey)}
          </button>
        ))}
        {phone ? null : <Scale />}
      </div>
      {diagram.data ? <HeatView xml={diagram.data} label={t("process.diagram", { name })} heat={heat} /> : <Loading />}
      <Called xml={diagram.data} names={names} />
      <Worst watch={watch} names={names} />
      <section className="owner-section">
        <h2>{t("watch.table")}</h2>
        <DataTable label={t("watch.table")} rows={rows} columns={columns(t, names)} id={(one) => one.element} />
      </section>
    </>
  );
}

function heatOf(elements: WatchedElement[], measure: Measure, t: Translate): Map<string, Heat> {
  return new Map(
    elements.map((one) => {
      const value = one[measure];
      const text = TIMES.includes(measure) ? span(value, t) : String(value);
      return [one.element, { value, text, bad: BAD.includes(measure) }];
    }),
  );
}

function Scale(): ReactElement {
  const { t } = useI18n();
  return (
    <span className="owner-scale owner-heat" aria-hidden="true">
      {t("watch.less")}
      {Array.from({ length: LEVELS }, (_, at) => (
        <i key={at} style={{ background: `color-mix(in srgb, var(--heat) ${10 + 12 * at}%, var(--card))` }} />
      ))}
      {t("watch.more")}
    </span>
  );
}

/** What happens inside a called process is told on its own page. */
function Called({ xml, names }: { xml: string | undefined; names: Map<string, string> }): ReactElement | null {
  const { t } = useI18n();
  const found = useMemo(() => (xml ? calls(xml) : []), [xml]);
  if (found.length === 0) return null;
  return (
    <div className="chips">
      <span className="faint">{t("watch.called")}</span>
      {found.map(([element, process]) => (
        <Link key={element} className="pill" to={`/processes/${encodeURIComponent(process)}/watch`}>
          {nameIn(names, element)}
        </Link>
      ))}
    </div>
  );
}

/** The call activities of a diagram whose process is named in it: element and process. */
function calls(xml: string): [string, string][] {
  const file = new DOMParser().parseFromString(xml, "application/xml");
  return [...file.getElementsByTagName("*")]
    .filter(({ localName }) => localName === "callActivity")
    .flatMap((one): [string, string][] => {
      const called = [...one.getElementsByTagName("*")].find(({ localName }) => localName === "calledElement");
      const process = called?.getAttribute("processId") ?? "";
      return process && !process.startsWith("=") ? [[one.id, process]] : [];
    });
}

/** The five worst of each, with what makes them so. */
function Worst({ watch, names }: { watch: Watch; names: Map<string, string> }): ReactElement | null {
  const { t } = useI18n();
  const of = new Map(watch.elements.map((one) => [one.element, one]));
  const slow = watch.bottlenecks.flatMap((id) => of.get(id) ?? []);
  const back = watch.rework.flatMap((id) => of.get(id) ?? []);
  if (slow.length + back.length === 0) return null;
  return (
    <div className="watch-worst">
      <section className="panel">
        <h2>{t("watch.bottlenecks")}</h2>
        <ol>
          {slow.map((one) => (
            <li key={one.element}>
              <span>{nameIn(names, one.element)}</span>
              <meter min={0} max={1} value={one.share} aria-label={t("watch.share")} />
              <strong>{percent(one.share)}</strong>
            </li>
          ))}
        </ol>
      </section>
      {back.length > 0 ? (
        <section className="panel">
          <h2>{t("watch.rework")}</h2>
          <ol>
            {back.map((one) => (
              <li key={one.element}>
                <span>{nameIn(names, one.element)}</span>
                <meter min={0} max={back[0]?.again ?? 1} value={one.again} aria-label={t("watch.again")} />
                <strong>{t("watch.again.n", { n: one.again })}</strong>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function columns(t: Translate, names: Map<string, string>): Column<WatchedElement>[] {
  const count = (key: "waiting" | "entered" | "again"): Column<WatchedElement> => ({
    key,
    label: t(`watch.${key}`),
    number: true,
    cell: (one) => one[key] || "–",
    empty: (one) => one[key] === 0,
  });
  const time = (key: "median" | "p90" | "longest"): Column<WatchedElement> => ({
    key,
    label: t(`watch.${key}`),
    number: true,
    cell: (one) => (one.measured > 0 ? span(one[key], t) : "–"),
    empty: (one) => one.measured === 0,
  });
  const wrong = (key: "overdue" | "openIncidents", label: MessageKey): Column<WatchedElement> => ({
    key,
    label: t(label),
    number: true,
    cell: (one) => (one[key] > 0 ? <Chip tone="bad">{one[key]}</Chip> : "–"),
    empty: (one) => one[key] === 0,
  });
  return [
    { key: "element", label: t("watch.element"), wide: true, cell: (one) => nameIn(names, one.element) },
    count("waiting"),
    wrong("overdue", "watch.overdue"),
    {
      key: "oldest",
      label: t("watch.oldest"),
      cell: (one) => (one.oldest ? <Moment at={one.oldest} relative /> : "–"),
      empty: (one) => one.oldest === null,
    },
    count("entered"),
    count("again"),
    time("median"),
    time("p90"),
    time("longest"),
    {
      key: "share",
      label: t("watch.share"),
      number: true,
      cell: (one) => (one.share > 0 ? percent(one.share) : "–"),
      empty: (one) => one.share === 0,
    },
    wrong("openIncidents", "watch.incidents"),
  ];
}
