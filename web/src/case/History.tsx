import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useHistory } from "../api/queries";
import type { HistoryEntry } from "../api/types";
import { useI18n } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Failure, Loading } from "../ui/states";
import { dayOf, sentenceOf } from "./sentences";

/** Everything that happened to the case, newest first, a sentence each; the sealed record is one press away. */
export function History({ caseId }: { caseId: string }): ReactElement {
  const { t, language } = useI18n();
  const [order, setOrder] = useState<"asc" | "desc">("desc");
  const { rows, query } = useHistory(caseId, order);
  if (query.isPending) return <Loading rows={5} />;
  if (query.isError && rows.length === 0) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const days = grouped(rows, language);
  return (
    <div className="history">
      <div className="history-tools">
        <button type="button" className="link" onClick={() => setOrder(order === "asc" ? "desc" : "asc")}>
          <Icon name="swap" size={16} /> {t(order === "asc" ? "history.newestFirst" : "history.oldestFirst")}
        </button>
      </div>
      {[...days].map(([day, entries]) => (
        <section key={day} aria-label={day}>
          <h3 className="history-day">{day}</h3>
          <ol className="history-list">
            {entries.map((entry) => (
              <Entry key={entry.seq} caseId={caseId} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

function grouped(rows: HistoryEntry[], language: string): Map<string, HistoryEntry[]> {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of rows) {
    const day = dayOf(entry.at, language);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
}

function Entry({ caseId, entry }: { caseId: string; entry: HistoryEntry }): ReactElement {
  const { t, language } = useI18n();
  const [open, setOpen] = useState(false);
  const { icon, tone, text, note, consequences } = sentenceOf(entry, t);
  const time = new Date(entry.at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });
  return (
    <li className="history-entry">
      <span className={`entry-icon chip-${tone}`}>
        <Icon name={icon} size={18} />
      </span>
      <div className="entry-body">
        <p className="entry-text">
          {text}{" "}
          <time className="faint" dateTime={entry.at} title={exactMoment(entry.at, language)}>
            {time}
          </time>
        </p>
        {note ? <blockquote>{note}</blockquote> : null}
        {consequences.length > 0 ? (
          <ul className="entry-then">
            {consequences.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : null}
        <span className="entry-ways">
          <button type="button" className="entry-more" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? "history.less" : "history.more", { n: entry.seq })}
          </button>
          <Link
            className="entry-more"
            to={`/cases/${encodeURIComponent(caseId)}/replay?entry=${entry.seq}`}
            aria-label={t("replay.atEntry", { n: entry.seq })}
          >
            {t("replay.title")}
          </Link>
        </span>
        {open ? <Record entry={entry} /> : null}
      </div>
    </li>
  );
}

/** The record itself: command, events and the hash that seals them. */
function Record({ entry }: { entry: HistoryEntry }): ReactElement {
  const { t, language } = useI18n();
  return (
    <div className="record">
      <p>
        {t("history.record", { n: entry.seq, type: entry.command.type })} · {exactMoment(entry.at, language)}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("history.event")}</th>
            <th scope="col">{t("history.element")}</th>
            <th scope="col">{t("history.detail")}</th>
          </tr>
        </thead>
        <tbody>
          {entry.events.map((event, index) => (
            // Events have no name of their own; their place in the record is what identifies them.
            <tr key={index}>
              <td>{event.type}</td>
              <td>{event.elementName ?? event.element ?? ""}</td>
              <td>
                <code>{JSON.stringify(event.detail)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {t("history.hash")} <code className="hash">{entry.hash}</code>
      </p>
    </div>
  );
}
