import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { request } from "../api/client";
import type { CalendarPreview, CalendarRules, CalendarVersion } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { changedDays, exceptionsOf, kindOf } from "./model";
import { spokenDate } from "./YearGrid";

interface Props {
  series: string;
  based: number;
  before: CalendarRules;
  rules: CalendarRules;
  onClose: () => void;
  onDone: () => void;
}

/** Looks first: which days change, which deadlines move and to when. Then publishes, with a reason. */
export function PublishSheet({ series, based, before, rules, onClose, onDone }: Props): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const path = `/calendars/${encodeURIComponent(series)}`;
  const publish = async () => {
    setBusy(true);
    setProblem("");
    try {
      const json = { rules, note: note.trim() };
      const done = await request<CalendarVersion>(`${path}/versions`, { method: "POST", json, version: based });
      await client.invalidateQueries();
      toast(t("calendar.published", { n: done.version }));
      onClose();
      onDone();
    } catch (error) {
      setProblem(errorWords(error, t));
      setBusy(false);
    }
  };
  return (
    <Sheet
      wide
      title={t("calendar.publishTitle", { n: based + 1 })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" icon="send" busy={busy} disabled={!note.trim()} onClick={() => void publish()}>
            {t("calendar.publish")}
          </Button>
        </>
      }
    >
      <Days before={before} rules={rules} />
      <Moved path={path} rules={rules} />
      <label className="field">
        <span>{t("calendar.note")}</span>
        <textarea
          className="input"
          rows={2}
          maxLength={1000}
          value={note}
          placeholder={t("calendar.noteHint")}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

function Days({ before, rules }: { before: CalendarRules; rules: CalendarRules }): ReactElement {
  const { t, language } = useI18n();
  const days = changedDays(before, rules);
  const kinds = exceptionsOf(rules);
  if (days.length === 0) return <p className="page-hint">{t("calendar.noDays")}</p>;
  return (
    <section className="calendar-days">
      <h3>{t("calendar.changes", { n: days.length })}</h3>
      <ul>
        {days.slice(0, 60).map((day) => (
          <li key={day}>
            {day.slice(0, 4)} · {spokenDate(day, language)} → {t(`calendar.day.${kindOf(day, kinds)}`)}
          </li>
        ))}
        {days.length > 60 ? <li>…</li> : null}
      </ul>
    </section>
  );
}

function Moved({ path, rules }: { path: string; rules: CalendarRules }): ReactElement {
  const { t } = useI18n();
  const query = useInfiniteQuery({
    queryKey: ["calendar-preview", path, rules],
    queryFn: ({ pageParam, signal }) =>
      request<CalendarPreview>(`${path}/preview`, { method: "POST", json: { rules, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={3} />;
  const pages = query.data.pages;
  const rows = pages.flatMap((page) => page.items);
  const hidden = pages.reduce((sum, page) => sum + page.hidden, 0);
  const first = pages[0];
  return (
    <section className="calendar-moved">
      <h3>{t("calendar.moved", { n: rows.length + hidden })}</h3>
      <p className="page-hint">
        {t("calendar.affected", { n: `${first?.affected ?? 0}${first?.more ? "+" : ""}` })}
        {hidden > 0 ? ` ${t("calendar.hidden", { n: hidden })}` : ""}
      </p>
      {rows.length > 0 ? (
        <div className="table-card">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t("case.case")}</th>
                <th scope="col">{t("calendar.task")}</th>
                <th scope="col">{t("calendar.before")}</th>
                <th scope="col">{t("calendar.after")}</th>
                <th scope="col">{t("calendar.rungs")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Link to={`/cases/${encodeURIComponent(row.case.id)}`} target="_blank">
                      {row.case.name}
                    </Link>
                  </td>
                  <td>{row.name}</td>
                  <td>
                    <Moment at={row.before} />
                  </td>
                  <td>
                    <strong>
                      <Moment at={row.after} />
                    </strong>
                  </td>
                  <td>{row.rungs}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </section>
  );
}
