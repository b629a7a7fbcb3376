import { useEffect, useMemo, useState, type ReactElement } from "react";
import { useSearchParams } from "react-router";

import { useCalendar, useCalendars } from "../api/queries";
import type { CalendarRules, CalendarSeries, CalendarVersion } from "../api/types";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Button } from "../ui/Button";
import { usePhone, useTitle } from "../ui/hooks";
import { PageHead } from "../ui/parts";
import { Chip, Empty, Failure, Loading, Notice } from "../ui/states";
import "./calendars.css";
import { ImportSheet } from "./ImportSheet";
import { changedDays, countOf, isChanged, toggled, withProvisional } from "./model";
import { PublishSheet } from "./PublishSheet";
import { Versions } from "./Versions";
import { YearGrid } from "./YearGrid";

const NOTHING_CHANGED: ReadonlySet<string> = new Set();

export default function Calendars(): ReactElement {
  const { t } = useI18n();
  const query = useCalendars();
  const [search, setSearch] = useSearchParams();
  useTitle(t("nav.calendars"));
  const series = search.get("series") ?? query.data?.[0]?.series;
  const about = query.data?.find((one) => one.series === series);
  return (
    <div className="page calendars">
      <PageHead title={t("nav.calendars")}>
        {query.data && query.data.length > 1 ? (
          <select
            className="input"
            aria-label={t("calendar.series")}
            value={series}
            onChange={(event) => setSearch({ series: event.target.value })}
          >
            {query.data.map((one) => (
              <option key={one.series} value={one.series}>
                {one.series}
              </option>
            ))}
          </select>
        ) : null}
      </PageHead>
      {query.isPending ? <Loading rows={6} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? (
        <Empty icon="calendar" title={t("empty.calendars")} hint={t("empty.calendarsHint")} />
      ) : null}
      {about ? <Series key={about.series} about={about} /> : null}
    </div>
  );
}

function Series({ about }: { about: CalendarSeries }): ReactElement {
  const [version, setVersion] = useState<number | undefined>(undefined);
  const query = useCalendar(about.series, version);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={6} />;
  return <Year key={query.data.version} about={about} shown={query.data} onVersion={setVersion} />;
}

interface YearProps {
  about: CalendarSeries;
  shown: CalendarVersion;
  onVersion: (version: number | undefined) => void;
}

function Year({ about, shown, onVersion }: YearProps): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  const mayPublish = useMay("calendars.publish") && !phone && shown.version === shown.newest;
  const [draft, setDraft] = useState<CalendarRules | null>(null);
  const [year, setYear] = useState(() => firstYear(shown.rules.years));
  const [sheet, setSheet] = useState<"import" | "publish" | "versions" | null>(null);
  const rules = draft ?? shown.rules;
  const changed = useMemo(
    () => (draft ? new Set(changedDays(shown.rules, draft)) : NOTHING_CHANGED),
    [draft, shown.rules],
  );
  const dirty = draft !== null && isChanged(shown.rules, draft);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
  return (
    <>
      <Warnings about={about} />
      <div className="calendar-bar">
        <YearSwitch year={year} rules={rules} onYear={setYear} />
        <span className="calendar-version">
          <Button kind="quiet" icon="replay" onClick={() => setSheet("versions")}>
            {t("calendar.version", { n: shown.version })}
          </Button>
          {shown.version === shown.newest ? null : <Chip tone="warn">{t("calendar.old")}</Chip>}
        </span>
        {mayPublish ? (
          <span className="calendar-actions">
            {draft === null ? (
              <Button icon="gear" onClick={() => setDraft(shown.rules)}>
                {t("calendar.edit")}
              </Button>
            ) : (
              <>
                <Button icon="download" onClick={() => setSheet("import")}>
                  {t("calendar.import")}
                </Button>
                <Button onClick={() => setDraft(null)}>{t("calendar.discard")}</Button>
                <Button kind="primary" icon="send" disabled={!dirty} onClick={() => setSheet("publish")}>
                  {t("calendar.publish")}
                </Button>
              </>
            )}
          </span>
        ) : null}
      </div>
      <YearHead year={year} rules={rules} changes={changed.size} onRules={draft === null ? undefined : setDraft} />
      <YearGrid
        year={year}
        rules={rules}
        changed={changed}
        onPress={draft === null ? undefined : (date) => setDraft(toggled(draft, date))}
      />
      <Legend editing={draft !== null} />
      {sheet === "versions" ? (
        <Versions series={about.series} shown={shown.version} onPick={onVersion} onClose={() => setSheet(null)} />
      ) : null}
      {sheet === "import" && draft ? (
        <ImportSheet
          series={about.series}
          year={year}
          onClose={() => setSheet(null)}
          onRead={(rules_, of) => {
            setDraft(rules_(draft));
            setYear(of);
          }}
        />
      ) : null}
      {sheet === "publish" && draft ? (
        <PublishSheet
          series={about.series}
          based={shown.version}
          before={shown.rules}
          rules={draft}
          onClose={() => setSheet(null)}
          onDone={() => {
            setDraft(null);
            onVersion(undefined);
          }}
        />
      ) : null}
    </>
  );
}

/** This year where it is known, else the last one that is. */
function firstYear(years: number[]): number {
  const now = new Date().getFullYear();
  return years.includes(now) ? now : (years.at(-1) ?? now);
}

function Warnings({ about }: { about: CalendarSeries }): ReactElement | null {
  const { t } = useI18n();
  if (about.warnings.length === 0) return null;
  return (
    <Notice tone="warn">
      {about.warnings.map((one) => (
        <p key={one.year}>
          {t(one.kind === "missing" ? "calendar.missing" : "calendar.provisionalWarning", { year: one.year })}
        </p>
      ))}
    </Notice>
  );
}

function YearSwitch({
  year,
  rules,
  onYear,
}: {
  year: number;
  rules: CalendarRules;
  onYear: (year: number) => void;
}): ReactElement {
  const { t } = useI18n();
  const [first, last] = [rules.years[0] ?? year, (rules.years.at(-1) ?? year) + 1];
  return (
    <span className="year-switch" role="group" aria-label={t("calendar.year")}>
      <Button
        kind="quiet"
        icon="back"
        aria-label={t("calendar.previousYear")}
        disabled={year <= first}
        onClick={() => onYear(year - 1)}
      />
      <strong aria-live="polite">{year}</strong>
      <Button
        kind="quiet"
        icon="next"
        aria-label={t("calendar.nextYear")}
        disabled={year >= last}
        onClick={() => onYear(year + 1)}
      />
    </span>
  );
}

interface HeadProps {
  year: number;
  rules: CalendarRules;
  changes: number;
  onRules?: ((rules: CalendarRules) => void) | undefined;
}

function YearHead({ year, rules, changes, onRules }: HeadProps): ReactElement {
  const { t } = useI18n();
  const count = useMemo(() => countOf(year, rules), [year, rules]);
  const known = rules.years.includes(year);
  const open = rules.provisional.includes(year);
  return (
    <div className="calendar-summary">
      {known ? null : (
        <Chip tone="bad" icon="alert">
          {t("calendar.unknown")}
        </Chip>
      )}
      {open ? (
        <Chip tone="warn" icon="clock">
          {t("calendar.provisional")}
        </Chip>
      ) : null}
      <span>{t("calendar.count", { working: count.working, off: count.off, worked: count.worked })}</span>
      {changes > 0 ? <Chip tone="info">{t("calendar.changes", { n: changes })}</Chip> : null}
      {onRules ? (
        <label className="check">
          <input
            type="checkbox"
            checked={open || !known}
            disabled={!known}
            onChange={(event) => onRules(withProvisional(rules, year, event.target.checked))}
          />
          {t("calendar.stillProvisional")}
        </label>
      ) : null}
    </div>
  );
}

function Legend({ editing }: { editing: boolean }): ReactElement {
  const { t } = useI18n();
  return (
    <p className="calendar-legend">
      <span className="day day-off" aria-hidden="true">
        1<small>{t("calendar.mark.off")}</small>
      </span>
      {t("calendar.day.off")}
      <span className="day day-worked" aria-hidden="true">
        1<small>{t("calendar.mark.worked")}</small>
      </span>
      {t("calendar.day.worked")}
      <span className="day day-weekend" aria-hidden="true">
        1
      </span>
      {t("calendar.day.weekend")}
      {editing ? <em>{t("calendar.editHint")}</em> : null}
    </p>
  );
}
