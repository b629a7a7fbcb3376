import { useState, type ReactElement } from "react";

import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { Chip, Empty, Failure, Loading, Notice } from "../ui/states";
import { useChange, useList, type Place, type Roster } from "./api";
import { Field } from "./NewSheets";
import { Substitutions } from "./Substitutions";
import "./people.css";

const SHIFTS = ["day", "night"] as const;
const DUTIES = ["main", "backup", "leader"] as const;

interface Station {
  id: string;
  name: string;
  nameEn: string;
}

/** A station's month: who is on which shift, who is called first, what was handed over. */
export default function RosterPage(): ReactElement {
  const { t, language } = useI18n();
  const [chosen, setChosen] = useState("");
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const stations = useList<{ items: Station[] }>("stations", "/roster");
  const station = chosen || stations.data?.items[0]?.id || "";
  useTitle(t("nav.roster"));
  return (
    <div className="page">
      <PageHead title={t("nav.roster")} />
      {stations.isPending ? <Loading rows={4} /> : null}
      {stations.isError ? <Failure error={stations.error} onRetry={() => void stations.refetch()} /> : null}
      {stations.data?.items.length === 0 ? (
        <Empty icon="clock" title={t("roster.none")} hint={t("roster.noneHint")} />
      ) : null}
      {station ? (
        <>
          <div className="roster-head">
            <Field label={t("roster.station")}>
              <select className="input" value={station} onChange={(event) => setChosen(event.target.value)}>
                {stations.data?.items.map((one) => (
                  <option key={one.id} value={one.id}>
                    {language === "en" ? one.nameEn : one.name}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={t("roster.month")}>
              <input
                className="input"
                type="month"
                value={month}
                onChange={(event) => event.target.value && setMonth(event.target.value)}
              />
            </Field>
          </div>
          <Month key={`${station}/${month}`} station={station} month={month} />
        </>
      ) : null}
      <Substitutions />
    </div>
  );
}

function Month({ station, month }: { station: string; month: string }): ReactElement {
  const query = useList<Roster>("roster", `/roster/${encodeURIComponent(station)}`, { month });
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.station !== station || query.data.month !== month) return <Loading rows={8} />;
  return (
    <>
      <OnCall roster={query.data} />
      <Plan roster={query.data} />
      <Notes roster={query.data} />
    </>
  );
}

function OnCall({ roster }: { roster: Roster }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("roster.onCall")}</h2>
      {roster.onCall.length === 0 ? <p className="faint">{t("roster.nobody")}</p> : null}
      <ol className="roster-calls">
        {roster.onCall.map((one, index) => (
          <li key={one.person.id}>
            <span className="roster-number">{index + 1}</span>
            <strong>{one.person.name}</strong>
            <Chip tone={index === 0 ? "good" : "calm"}>{t(`roster.duty.${one.duty}` as MessageKey)}</Chip>
            {one.insteadOf ? <small>{t("roster.insteadOf", { name: one.insteadOf.name })}</small> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

const slot = (day: string, shift: string, duty: string): string => `${day}|${shift}|${duty}`;

/** The month as a table; a chief changes it and keeps it as a whole. */
function Plan({ roster }: { roster: Roster }): ReactElement {
  const { t, language } = useI18n();
  const stored = new Map(roster.places.map((one) => [slot(one.day, one.shift, one.duty), one.person]));
  const [chosen, setChosen] = useState<Map<string, string> | null>(null);
  const { run, busy, problem } = useChange("roster");
  const places = chosen ?? stored;
  const days = daysOf(roster.month);
  const now = new Set(roster.running.map((one) => `${one.day}|${one.shift}`));
  const set = (key: string, person: string) => {
    const next = new Map(places);
    if (person) next.set(key, person);
    else next.delete(key);
    setChosen(next);
  };
  const save = async () => {
    const kept: Place[] = [...places].map(([key, person]) => {
      const [day = "", shift = "", duty = ""] = key.split("|");
      return { day, shift, duty, position: 1, person } as Place;
    });
    const address = `/roster/${encodeURIComponent(roster.station)}`;
    if (await run("PUT", address, { month: roster.month, places: kept }, t("roster.kept"))) setChosen(null);
  };
  return (
    <section className="panel">
      <div className="roster-bar">
        <h2>{t("roster.plan")}</h2>
        {roster.mayPlan ? (
          <span className="chips">
            <Button
              icon="retake"
              disabled={roster.crew.length < 3}
              onClick={() => setChosen(rotated(days, roster.crew))}
            >
              {t("roster.fill")}
            </Button>
            <Button kind="primary" icon="check" busy={busy} disabled={!chosen} onClick={() => void save()}>
              {t("org.save")}
            </Button>
          </span>
        ) : null}
      </div>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <div className="roster-scroll">
        <table className="roster-table">
          <thead>
            <tr>
              <th scope="col">{t("roster.date")}</th>
              {SHIFTS.flatMap((shift) =>
                DUTIES.map((duty) => (
                  <th key={shift + duty} scope="col">
                    {t(`roster.shift.${shift}`)}
                    <small>{t(`roster.duty.${duty}`)}</small>
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row">
                  {new Date(`${day}T12:00:00`).toLocaleDateString(language, { day: "numeric", weekday: "short" })}
                </th>
                {SHIFTS.flatMap((shift) =>
                  DUTIES.map((duty) => {
                    const key = slot(day, shift, duty);
                    const person = places.get(key) ?? "";
                    return (
                      <td key={key} className={now.has(`${day}|${shift}`) ? "roster-now" : undefined}>
                        {roster.mayPlan ? (
                          <select
                            aria-label={`${day} ${t(`roster.shift.${shift}`)} ${t(`roster.duty.${duty}`)}`}
                            value={person}
                            onChange={(event) => set(key, event.target.value)}
                          >
                            <option value="">–</option>
                            {roster.crew.map((one) => (
                              <option key={one.id} value={one.id}>
                                {one.name}
                              </option>
                            ))}
                            {person && !roster.crew.some((one) => one.id === person) ? (
                              <option value={person}>{roster.names[person] ?? person}</option>
                            ) : null}
                          </select>
                        ) : (
                          (roster.names[person] ?? "–")
                        )}
                      </td>
                    );
                  }),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = new Date(year, number, 0).getDate();
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
}

/** Everybody in turn: on duty, and as backup two shifts later, so that nobody is on two shifts running. */
function rotated(days: string[], crew: { id: string }[]): Map<string, string> {
  const found = new Map<string, string>();
  days.forEach((day, index) =>
    SHIFTS.forEach((shift, half) => {
      const turn = index * 2 + half;
      const main = crew[turn % crew.length]?.id;
      if (main) found.set(slot(day, shift, "main"), main);
      const backup = crew.length >= 4 ? crew[(turn + 2) % crew.length]?.id : undefined;
      if (backup && crew.length >= 5) found.set(slot(day, shift, "backup"), backup);
    }),
  );
  return found;
}

function Notes({ roster }: { roster: Roster }): ReactElement {
  const { t } = useI18n();
  const { run, busy, problem } = useChange("roster");
  const running = roster.running[0];
  const [note, setNote] = useState("");
  const address = `/roster/${encodeURIComponent(roster.station)}/handovers`;
  const write = async () => {
    if (running && (await run("POST", address, { ...running, note }, t("roster.handed")))) setNote("");
  };
  return (
    <section className="panel">
      <h2>{t("roster.notes")}</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {roster.missing.length > 0 ? (
        <Notice tone="warn">
          {t("roster.missing", {
            list: roster.missing.map((one) => `${one.day} ${t(`roster.shift.${one.shift}` as MessageKey)}`).join(", "),
          })}
        </Notice>
      ) : null}
      {roster.notes.length === 0 ? <p className="faint">{t("roster.noNotes")}</p> : null}
      <ul className="org-lines">
        {roster.notes.map((one) => (
          <li key={one.id}>
            <span>
              <strong>
                {one.day} {t(`roster.shift.${one.shift}` as MessageKey)}
              </strong>{" "}
              {one.note}
              <br />
              <small className="faint">
                {one.handedBy.name} <Moment at={one.handedAt} />
                {one.takenBy ? ` → ${one.takenBy.name}` : ""}
              </small>
            </span>
            {one.takenBy ? null : (
              <Button busy={busy} onClick={() => void run("POST", `/handovers/${one.id}/take`)}>
                {t("roster.take")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {running ? (
        <div className="org-add">
          <Field label={t("roster.write")}>
            <textarea className="input" rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
          <Button kind="primary" busy={busy} disabled={!note.trim()} onClick={() => void write()}>
            {t("roster.hand")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
