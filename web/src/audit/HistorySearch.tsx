import type { ReactElement } from "react";
import { Link, useSearchParams } from "react-router";

import { useRows } from "../api/queries";
import type { HistoryEntry, Json } from "../api/types";
import { sentenceOf } from "../case/sentences";
import { useI18n, type MessageKey } from "../i18n";
import { exactMoment } from "../i18n/time";
import { valueWords, type Labels } from "../replay/moment";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { PageHead, Search } from "../ui/parts";
import { Chip, Empty, Failure, Loading } from "../ui/states";
import { useSearchText } from "../ui/useSearchText";
import { asked, lateness, useSearchWords, type Filters, type KnownProcess } from "./search";
import "./audit.css";

interface Hit {
  case: string;
  title: string;
  processName: string;
  due: string | null;
  late: boolean;
  filled: Record<string, Json>;
  labels: Labels;
  entry: HistoryEntry;
}

const NAMES = ["person", "what", "process", "element", "variable", "case", "late", "from", "to"];
const DEEDS: Record<string, MessageKey> = {
  CompleteTask: "find.completed",
  StartCase: "find.started",
  AssignTask: "find.assigned",
  DelegateTask: "find.delegated",
  TaskReturned: "find.returned",
  RungReached: "find.escalated",
  IncidentRaised: "find.incident",
  DecisionEvaluated: "find.decided",
  CancelCase: "find.cancelled",
  SetVariables: "find.changed",
  CaseCompleted: "find.ended",
};

/** Who did what, when, where, in all cases that one may see; each line leads to its moment in the replay. */
export default function HistorySearch(): ReactElement {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  const filters: Filters = Object.fromEntries(NAMES.map((name) => [name, search.get(name) ?? ""]));
  const change = (changes: Filters) =>
    setSearch(
      Object.entries({ ...filters, ...changes }).filter(([, value]) => value !== ""),
      { replace: true },
    );
  useTitle(t("nav.search"));
  const { rows, query } = useRows<Hit>("history-search", "/history", asked(filters));
  return (
    <div className="page">
      <PageHead title={t("nav.search")} />
      <p className="page-hint">{t("find.hint")}</p>
      <Choices filters={filters} change={change} />
      {query.isPending ? <Loading rows={8} /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="search" title={t("find.none")} hint={t("find.noneHint")} />
      ) : null}
      <ol className="hits" aria-label={t("nav.search")} aria-busy={query.isFetching}>
        {rows.map((hit) => (
          <Line key={`${hit.case}:${hit.entry.seq}`} hit={hit} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

interface ChoiceProps {
  filters: Filters;
  change: (changes: Filters) => void;
}

function Choices({ filters, change }: ChoiceProps): ReactElement {
  const { t } = useI18n();
  const { data } = useSearchWords();
  const [person, setPerson] = useSearchText(filters.person ?? "", (text) => change({ person: text }));
  const processes = data?.processes ?? [];
  const chosen = processes.filter((one) => !filters.process || one.process === filters.process);
  return (
    <div className="find-tools">
      <Search label={t("find.person")} value={person} onChange={setPerson} />
      <Choice label={t("find.what")} value={filters.what ?? ""} onChange={(what) => change({ what })}>
        {Object.entries(DEEDS).map(([id, key]): [string, string] => [id, t(key)])}
      </Choice>
      <Choice
        label={t("find.process")}
        value={filters.process ?? ""}
        onChange={(process) => change({ process, element: "", variable: "" })}
      >
        {processes.map((one): [string, string] => [one.process, one.name])}
      </Choice>
      <Choice label={t("find.element")} value={filters.element ?? ""} onChange={(element) => change({ element })}>
        {named(chosen, "elements")}
      </Choice>
      <Choice label={t("find.variable")} value={filters.variable ?? ""} onChange={(variable) => change({ variable })}>
        {named(chosen, "variables")}
      </Choice>
      <Day label={t("find.from")} value={filters.from ?? ""} onChange={(from) => change({ from })} />
      <Day label={t("find.to")} value={filters.to ?? ""} onChange={(to) => change({ to })} />
      <label className="find-late">
        <input
          type="checkbox"
          checked={filters.late === "true"}
          onChange={(event) => change({ late: event.target.checked ? "true" : "" })}
        />
        <span>{t("find.late")}</span>
      </label>
    </div>
  );
}

/** Names of all that can be chosen, each id once. */
function named(processes: readonly KnownProcess[], what: "elements" | "variables"): [string, string][] {
  return [...new Map(processes.flatMap((one) => one[what].map(({ id, name }): [string, string] => [id, name])))];
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, value, onChange, children }: FieldProps & { children: [string, string][] }): ReactElement {
  const { t } = useI18n();
  const known = value === "" || children.some(([id]) => id === value);
  return (
    <label>
      <span className="visually-hidden">{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("register.all", { what: label })}</option>
        {known ? null : <option value={value}>{value}</option>}
        {children.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Day({ label, value, onChange }: FieldProps): ReactElement {
  return (
    <label className="find-day">
      <span>{label}</span>
      <input type="date" className="input" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

function Line({ hit }: { hit: Hit }): ReactElement {
  const { t, language } = useI18n();
  const { icon, tone, text, note } = sentenceOf(hit.entry, t);
  const moment = `/cases/${encodeURIComponent(hit.case)}/replay?entry=${hit.entry.seq}`;
  const filled = Object.entries(hit.filled).filter(([name, value]) => name in hit.labels && value !== null);
  return (
    <li className="hit">
      <span className={`entry-icon chip-${tone}`}>
        <Icon name={icon} size={18} />
      </span>
      <div className="hit-body">
        <p className="hit-what">
          <Link to={moment}>{text}</Link>{" "}
          {hit.late && hit.due ? (
            <Chip tone="bad" icon="late">
              {lateness(hit.due, hit.entry.at, t)}
            </Chip>
          ) : null}
        </p>
        <p className="faint">
          <time dateTime={hit.entry.at}>{exactMoment(hit.entry.at, language)}</time> · {hit.processName} ·{" "}
          <Link to={`/cases/${encodeURIComponent(hit.case)}`}>{hit.title || hit.case}</Link>
        </p>
        {note ? <blockquote>{note}</blockquote> : null}
        {filled.length ? (
          <dl className="hit-filled">
            {filled.map(([name, value]) => (
              <div key={name}>
                <dt>{hit.labels[name]?.label}</dt>
                <dd>{valueWords(value, name, hit.labels, t)}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </li>
  );
}
