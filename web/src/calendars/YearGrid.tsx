import { useMemo, type ReactElement } from "react";

import type { CalendarRules } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { exceptionsOf, kindOf, weeksOf, type Day, type DayKind } from "./model";

const WORDS: Record<DayKind, MessageKey> = {
  work: "calendar.day.work",
  weekend: "calendar.day.weekend",
  off: "calendar.day.off",
  worked: "calendar.day.worked",
};

interface Props {
  year: number;
  rules: CalendarRules;
  /** Days that differ from what is published: they are outlined. */
  changed: ReadonlySet<string>;
  /** Absent: to be read only. */
  onPress?: ((date: string) => void) | undefined;
}

/** Twelve months. A mark beside the number says what a day is, so that nothing depends on its colour. */
export function YearGrid({ year, rules, changed, onPress }: Props): ReactElement {
  const { language } = useI18n();
  const exceptions = useMemo(() => exceptionsOf(rules), [rules]);
  const weekdays = useMemo(() => weekdayNames(language), [language]);
  return (
    <div className="year">
      {Array.from({ length: 12 }, (_, at) => at + 1).map((month) => (
        <table key={month} className="month">
          <caption>
            {new Date(Date.UTC(year, month - 1, 1)).toLocaleDateString(language, { month: "long", timeZone: "UTC" })}
          </caption>
          <thead>
            <tr>
              {weekdays.map(([long, short]) => (
                <th key={long} scope="col" abbr={long}>
                  {short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(year, month).map((week, number) => (
              <tr key={number}>
                {week.map((day, place) =>
                  day === null ? (
                    <td key={place} />
                  ) : (
                    <DayCell
                      key={day.date}
                      day={day}
                      kind={kindOf(day.date, exceptions)}
                      changed={changed.has(day.date)}
                      onPress={onPress}
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

interface CellProps {
  day: Day;
  kind: DayKind;
  changed: boolean;
  onPress: Props["onPress"];
}

function DayCell({ day, kind, changed, onPress }: CellProps): ReactElement {
  const { t, language } = useI18n();
  const classes = `day day-${kind}${changed ? " day-changed" : ""}`;
  const mark = kind === "off" || kind === "worked" ? t(`calendar.mark.${kind}`) : "";
  const inside = (
    <>
      <span>{day.number}</span>
      {mark ? <small aria-hidden="true">{mark}</small> : null}
    </>
  );
  const spoken = `${spokenDate(day.date, language)}, ${t(WORDS[kind])}${changed ? `, ${t("calendar.changed")}` : ""}`;
  return (
    <td>
      {onPress ? (
        <button type="button" className={classes} aria-label={spoken} title={spoken} onClick={() => onPress(day.date)}>
          {inside}
        </button>
      ) : (
        <span className={classes} title={spoken}>
          {inside}
          {mark ? <span className="visually-hidden">{t(WORDS[kind])}</span> : null}
        </span>
      )}
    </td>
  );
}

export function spokenDate(date: string, language: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return day.toLocaleDateString(language, { month: "long", day: "numeric", weekday: "short", timeZone: "UTC" });
}

/** Monday first, as in the grid: the whole name for reading aloud, the shortest for the eye. */
function weekdayNames(language: string): [long: string, short: string][] {
  return Array.from({ length: 7 }, (_, at) => {
    const day = new Date(Date.UTC(2026, 5, 1 + at));
    const word = (weekday: "long" | "narrow"): string => day.toLocaleDateString(language, { weekday, timeZone: "UTC" });
    return [word("long"), word("narrow")];
  });
}
