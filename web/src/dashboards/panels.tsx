import { lazy, Suspense, useMemo, useState, type ReactElement, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import { useI18n, type Translate } from "../i18n";
import { exactMoment } from "../i18n/time";
import { csvOf, saveAs } from "../registers/csv";
import { codeTone, codeWord } from "../registers/words";
import { Button } from "../ui/Button";
import { DataTable, type Column } from "../ui/DataTable";
import { Moment } from "../ui/parts";
import { Chip, Empty, Failure, Loading } from "../ui/states";
import type { Series } from "./Chart";
import { useFigures, type Coverage, type Hazards, type Joint, type Overdue, type Workload } from "./data";

// The chart library is fetched when the first picture is shown.
const Chart = lazy(() => import("./Chart"));

type Cells = (string | number | null)[][];

interface FrameProps<T extends { asOf: string }> {
  name: string;
  figures: ReturnType<typeof useFigures<T>>;
  csv: (data: T) => Cells;
  children: (data: T) => ReactNode;
  tools?: ReactNode;
}

/** What every panel has: how fresh it is, its table as CSV, and its loading and failing. */
function Frame<T extends { asOf: string }>({ name, figures, csv, children, tools }: FrameProps<T>): ReactElement {
  const { t, language } = useI18n();
  const { data, error, isPending, refetch } = figures;
  if (isPending) return <Loading rows={6} />;
  if (!data) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <section className="panel">
      <div className="panel-tools">
        <span className="panel-as-of">{t("dash.asOf", { at: exactMoment(data.asOf, language) })}</span>
        {tools}
        <Button icon="download" onClick={() => saveAs(`${name}.csv`, csvOf(csv(data)))}>
          CSV
        </Button>
      </div>
      {children(data)}
    </section>
  );
}

function Picture(props: { label: string; categories: string[]; series: Series[]; sideways?: boolean }): ReactElement {
  return (
    <div className="card panel-picture">
      <Suspense fallback={<Loading rows={4} />}>
        <Chart {...props} />
      </Suspense>
    </div>
  );
}

function Span({
  value,
  choices,
  label,
  onChange,
}: {
  value: number;
  choices: [number, string][];
  label: string;
  onChange: (value: number) => void;
}): ReactElement {
  return (
    <label className="register-choice">
      <span className="visually-hidden">{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {choices.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function CaseLink({ id, children }: { id: string; children: ReactNode }): ReactElement {
  return <Link to={`/cases/${encodeURIComponent(id)}`}>{children}</Link>;
}

// Overdue -------------------------------------------------------------------------------------------------------------

type Late = Overdue["items"][number];

const stepWord = (step: Overdue["steps"][number], t: Translate): string =>
  step.last === null ? t("dash.over30") : t("dash.days", { from: step.first, to: step.last });

export function OverduePanel(): ReactElement {
  const { t } = useI18n();
  const figures = useFigures<Overdue>("overdue");
  const steps = figures.data?.steps;
  const categories = useMemo(() => steps?.map((step) => stepWord(step, t)) ?? [], [steps, t]);
  const series = useMemo<Series[]>(
    () => [{ name: t("dash.overdue"), tone: "bad", values: steps?.map((step) => step.count) ?? [] }],
    [steps, t],
  );
  return (
    <Frame name="overdue" figures={figures} csv={({ items }) => overdueCells(items, t)}>
      {({ items }) =>
        items.length ? (
          <>
            <Picture label={t("dash.overdueLabel")} categories={categories} series={series} />
            <DataTable label={t("dash.overdue")} rows={items} columns={lateColumns(t)} id={(late) => late.case.id} />
          </>
        ) : (
          <Empty icon="done" title={t("dash.noneOverdue")} hint={t("dash.noneOverdueHint")} />
        )
      }
    </Frame>
  );
}

const overdueCells = (items: Late[], t: Translate): Cells => [
  [
    t("case.case"),
    t("dash.unit"),
    t("dash.grade"),
    t("dash.due"),
    t("dash.late"),
    t("dash.owner"),
    t("dash.escalated"),
  ],
  ...items.map((late) => [
    late.case.title,
    late.unit?.name ?? null,
    late.grade ? codeWord(late.grade, t) : null,
    late.due,
    late.days,
    late.owner?.name ?? null,
    late.escalated ? codeWord(late.escalated, t) : null,
  ]),
];

function lateColumns(t: Translate): Column<Late>[] {
  return [
    { key: "case", label: t("case.case"), cell: (late) => <CaseLink id={late.case.id}>{late.case.title}</CaseLink> },
    {
      key: "late",
      label: t("dash.late"),
      cell: (late) => (
        <Chip tone="bad" icon="late">
          {t("time.days", { n: late.days })}
        </Chip>
      ),
    },
    { key: "unit", label: t("dash.unit"), cell: (late) => late.unit?.name ?? "—" },
    {
      key: "grade",
      label: t("dash.grade"),
      cell: (late) => (late.grade ? <Chip tone={codeTone(late.grade)}>{codeWord(late.grade, t)}</Chip> : "—"),
    },
    { key: "due", label: t("dash.due"), cell: (late) => <Moment at={late.due} /> },
    { key: "task", label: t("dash.task"), cell: (late) => late.task ?? "—" },
    { key: "owner", label: t("dash.owner"), cell: (late) => late.owner?.name ?? t("task.nobody") },
    {
      key: "escalated",
      label: t("dash.escalated"),
      cell: (late) =>
        late.escalated ? <Chip tone={codeTone(late.escalated)}>{codeWord(late.escalated, t)}</Chip> : t("dash.notYet"),
    },
  ];
}

// Coverage ------------------------------------------------------------------------------------------------------------

type Covered = Coverage["items"][number];

export function CoveragePanel(): ReactElement {
  const { t } = useI18n();
  const figures = useFigures<Coverage>("coverage");
  return (
    <Frame name="coverage" figures={figures} csv={({ items }) => coverageCells(items, t)}>
      {({ items }) =>
        items.length ? (
          <HeatMap rows={items} />
        ) : (
          <Empty icon="search" title={t("dash.noSites")} hint={t("dash.noSitesHint")} />
        )
      }
    </Frame>
  );
}

const coverageCells = (items: Covered[], t: Translate): Cells => [
  [t("dash.site"), t("dash.unit"), t("dash.requirement"), t("register.state"), t("dash.since"), t("dash.interval")],
  ...items.flatMap((row) =>
    row.cells.map((cell) => [
      row.site,
      row.unit?.name ?? null,
      cell.requirement,
      codeWord(cell.state, t),
      cell.days,
      cell.interval,
    ]),
  ),
];

/** The picture is its own table: a row for each site, a cell for each requirement, the worst first. */
function HeatMap({ rows }: { rows: Covered[] }): ReactElement {
  const { t } = useI18n();
  const requirements = [...new Set(rows.flatMap((row) => row.cells.map((cell) => cell.requirement)))];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways must be reachable by keyboard
    <div className="table-card heat" role="region" aria-label={t("dash.coverage")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("dash.site")}</th>
            {requirements.map((one) => (
              <th key={one} scope="col">
                {one || t("dash.anyRequirement")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.site}>
              <th scope="row">
                {row.site}
                <small>{row.unit?.name}</small>
              </th>
              {requirements.map((one) => (
                <td key={one}>
                  <HeatCell cell={row.cells.find((cell) => cell.requirement === one)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeatCell({ cell }: { cell: Covered["cells"][number] | undefined }): ReactElement {
  const { t } = useI18n();
  if (!cell) return <span className="faint">—</span>;
  const words = (
    <span className={`heat-cell heat-${codeTone(cell.state)}`}>
      <strong>{codeWord(cell.state, t)}</strong>
      <small>
        {cell.days === null ? t("dash.noVisit") : t("dash.daysOf", { days: cell.days, interval: cell.interval })}
      </small>
    </span>
  );
  return cell.case ? <CaseLink id={cell.case}>{words}</CaseLink> : words;
}

// Hazards -------------------------------------------------------------------------------------------------------------

const FACETS = ["grade", "unit", "item", "repeat"] as const;
type Facet = (typeof FACETS)[number];
type Count = Hazards["grade"][number];

export function HazardsPanel(): ReactElement {
  const { t } = useI18n();
  const [months, setMonths] = useState(6);
  const [facet, setFacet] = useState<Facet>("grade");
  const figures = useFigures<Hazards>("hazards", { months });
  const rows = figures.data?.[facet];
  const word = (one: Count): string => (one.value ? codeWord(one.name, t) : t("dash.unnamed"));
  const categories = useMemo(
    () => rows?.map((one) => (one.value ? codeWord(one.name, t) : t("dash.unnamed"))) ?? [],
    [rows, t],
  );
  const series = useMemo<Series[]>(
    () => [
      { name: t("dash.open"), tone: "warn", values: rows?.map((one) => one.open) ?? [] },
      { name: t("dash.ended"), tone: "good", values: rows?.map((one) => one.ended) ?? [] },
    ],
    [rows, t],
  );
  const navigate = useNavigate();
  const drill = (one: Count) => void navigate(`/registers/hazards?${new URLSearchParams({ [facet]: one.value })}`);
  const choices: [number, string][] = [1, 3, 6, 12, 36].map((n) => [n, t("dash.months", { n })]);
  return (
    <Frame
      name={`hazards-${facet}`}
      figures={figures}
      csv={(data) => [
        [t(`dash.${facet}`), t("dash.open"), t("dash.ended")],
        ...data[facet].map((one) => [word(one), one.open, one.ended]),
      ]}
      tools={
        <>
          <label className="register-choice">
            <span className="visually-hidden">{t("dash.by")}</span>
            <select className="input" value={facet} onChange={(event) => setFacet(event.target.value as Facet)}>
              {FACETS.map((one) => (
                <option key={one} value={one}>
                  {t("dash.byWhat", { what: t(`dash.${one}`) })}
                </option>
              ))}
            </select>
          </label>
          <Span label={t("dash.period")} value={months} choices={choices} onChange={setMonths} />
        </>
      }
    >
      {(data) =>
        data[facet].length ? (
          <>
            <Picture label={t("dash.hazardsLabel")} categories={categories} series={series} sideways />
            <DataTable
              label={t("dash.hazards")}
              rows={data[facet]}
              id={(one) => one.value}
              columns={[
                {
                  key: "value",
                  label: t(`dash.${facet}`),
                  cell: (one) =>
                    (facet === "grade" || facet === "unit") && one.value ? (
                      <button type="button" className="register-narrow" onClick={() => drill(one)}>
                        {word(one)}
                      </button>
                    ) : (
                      word(one)
                    ),
                },
                { key: "open", label: t("dash.open"), number: true, cell: (one) => one.open },
                { key: "ended", label: t("dash.ended"), number: true, cell: (one) => one.ended },
                { key: "all", label: t("dash.all"), number: true, cell: (one) => one.open + one.ended },
              ]}
            />
          </>
        ) : (
          <Empty icon="search" title={t("dash.noHazards")} />
        )
      }
    </Frame>
  );
}

// Joint inspection ----------------------------------------------------------------------------------------------------

type Indicator = Joint["items"][number];

function indicatorValue(one: Indicator, t: Translate): string {
  if (one.value === null) return t("dash.noData");
  if (one.id === "response") return t("dash.minutes", { n: Math.round(one.value / 6000) / 10 });
  return `${Math.round(one.value * 1000) / 10} %`;
}

const indicatorName = (one: Indicator, t: Translate): string => t(`joint.${one.id as "online"}`);

export function JointPanel(): ReactElement {
  const { t } = useI18n();
  const [days, setDays] = useState(30);
  const figures = useFigures<Joint>("joint", { days });
  const choices: [number, string][] = [7, 30, 90, 366].map((n) => [n, t("dash.lastDays", { n })]);
  return (
    <Frame
      name="joint"
      figures={figures}
      csv={({ items }) => [
        [t("dash.indicator"), t("dash.value"), t("dash.part"), t("dash.whole")],
        ...items.map((one) => [indicatorName(one, t), indicatorValue(one, t), one.part, one.whole]),
      ]}
      tools={<Span label={t("dash.period")} value={days} choices={choices} onChange={setDays} />}
    >
      {({ items }) => (
        <>
          <ul className="indicators">
            {items.map((one) => (
              <li key={one.id} className="card indicator">
                <span>{indicatorName(one, t)}</span>
                <strong>{indicatorValue(one, t)}</strong>
                {one.id !== "response" && one.value !== null ? (
                  <meter min={0} max={1} value={one.value} aria-label={indicatorName(one, t)} />
                ) : null}
                <small>{t("dash.ofWhole", { part: one.part, whole: one.whole })}</small>
              </li>
            ))}
          </ul>
          <DataTable
            label={t("dash.joint")}
            rows={items}
            columns={[
              { key: "name", label: t("dash.indicator"), cell: (one) => indicatorName(one, t) },
              { key: "value", label: t("dash.value"), number: true, cell: (one) => indicatorValue(one, t) },
              { key: "part", label: t("dash.part"), number: true, cell: (one) => one.part },
              { key: "whole", label: t("dash.whole"), number: true, cell: (one) => one.whole },
            ]}
          />
          <p className="page-hint">
            <Link to="/registers/joint">{t("dash.toJoint")}</Link>
          </p>
        </>
      )}
    </Frame>
  );
}

// Workload ------------------------------------------------------------------------------------------------------------

export function WorkloadPanel(): ReactElement {
  const { t } = useI18n();
  const [days, setDays] = useState(30);
  const figures = useFigures<Workload>("workload", { days });
  const items = figures.data?.items;
  const busy = useMemo(() => (items ?? []).filter((one) => one.open + one.done > 0).slice(0, 20), [items]);
  const categories = useMemo(() => busy.map((one) => one.person.name), [busy]);
  const series = useMemo<Series[]>(
    () => [
      { name: t("dash.lateTasks"), tone: "bad", values: busy.map((one) => one.late) },
      { name: t("dash.openTasks"), tone: "warn", values: busy.map((one) => one.open - one.late) },
      { name: t("dash.doneTasks"), tone: "good", values: busy.map((one) => one.done) },
    ],
    [busy, t],
  );
  const choices: [number, string][] = [7, 30, 90].map((n) => [n, t("dash.lastDays", { n })]);
  return (
    <Frame
      name="workload"
      figures={figures}
      csv={(data) => [
        [t("dash.person"), t("dash.openTasks"), t("dash.lateTasks"), t("dash.doneTasks")],
        ...data.items.map((one) => [one.person.name, one.open, one.late, one.done]),
      ]}
      tools={<Span label={t("dash.period")} value={days} choices={choices} onChange={setDays} />}
    >
      {(data) => (
        <>
          {busy.length ? (
            <Picture label={t("dash.workloadLabel")} categories={categories} series={series} sideways />
          ) : null}
          <DataTable
            label={t("dash.workload")}
            rows={data.items}
            id={(one) => one.person.id}
            columns={[
              { key: "person", label: t("dash.person"), cell: (one) => one.person.name },
              { key: "open", label: t("dash.heldTasks"), number: true, cell: (one) => one.open },
              { key: "late", label: t("dash.lateTasks"), number: true, cell: (one) => one.late },
              { key: "done", label: t("dash.doneTasks"), number: true, cell: (one) => one.done },
            ]}
          />
        </>
      )}
    </Frame>
  );
}
