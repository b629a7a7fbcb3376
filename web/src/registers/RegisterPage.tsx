import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement, type ReactNode } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import { request } from "../api/client";
import type { Json, Named } from "../api/types";
import { useI18n } from "../i18n";
import { Button, ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Due, Moment, PageHead, Search } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useSearchText } from "../ui/useSearchText";
import {
  useRegisterRows,
  useRegisters,
  useRowCount,
  useSavedViews,
  type Filters,
  type Register,
  type RegisterField,
  type RegisterRow,
} from "./data";
import { DataTable, type Column } from "../ui/DataTable";
import { KeepRow, useMayKeep } from "./KeepRow";
import { codeTone, codeWord, isOver, optionCode } from "./words";
import "./registers.css";

const FILTERS = ["state", "unit", "station", "site", "person", "kind", "grade", "q"];

export default function RegisterPage(): ReactElement {
  const { id = "" } = useParams();
  const { t } = useI18n();
  const { data, error, isPending, refetch } = useRegisters();
  const register = data?.find((one) => one.id === id);
  useTitle(register?.name ?? t("nav.registers"));
  if (isPending) return <Loading rows={8} />;
  if (error) return <Failure page error={error} onRetry={() => void refetch()} />;
  if (!register) return <Empty page icon="search" title={t("error.notFoundTitle")} hint={t("error.noPage")} />;
  return <Shown key={id} register={register} />;
}

/** The filters stand in the address, so that a list can be sent to somebody. */
function useFilters(): { filters: Filters; change: (changes: Filters) => void; set: (filters: Filters) => void } {
  const [search, setSearch] = useSearchParams();
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  const set = (next: Filters) =>
    setSearch(
      Object.entries(next).filter(([, value]) => value !== ""),
      { replace: true },
    );
  return { filters, change: (changes) => set({ ...filters, ...changes }), set };
}

function Shown({ register }: { register: Register }): ReactElement {
  const { t } = useI18n();
  const { filters, change, set } = useFilters();
  const list = useRegisterRows(register.id, filters);
  const count = useRowCount(register.id, filters);
  const [text, setText] = useSearchText(filters.q ?? "", (q) => change({ q }));
  const { rows, query } = list;
  const mayKeep = useMayKeep(register);
  const [kept, setKept] = useState<RegisterRow | "new" | null>(null);
  const address = `/api/v1/registers/${register.id}`;
  const search = new URLSearchParams(filters).toString();
  return (
    <div className="page">
      <PageHead
        title={register.name}
        back={<ButtonLink to="/registers" kind="quiet" icon="back" label={t("nav.registers")} />}
      >
        {mayKeep ? (
          <Button kind="primary" icon="plus" onClick={() => setKept("new")}>
            {t("register.add")}
          </Button>
        ) : null}
        <a className="button button-plain" href={`${address}/csv?${search}`} download>
          <Icon name="download" />
          <span>CSV</span>
        </a>
        {register.id === "hazards" ? <Exchange address={address} search={search} /> : null}
      </PageHead>
      <div className="register-tools">
        <Search label={t("register.search")} value={text} onChange={setText} />
        <Choices register={register} filters={filters} change={change} />
      </div>
      <Chosen register={register} filters={filters} rows={rows} change={change} set={set} />
      <p className="register-sum" role="status">
        {t("register.count", { n: count })}
      </p>
      {query.isPending ? <Loading rows={8} /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty
          icon="search"
          title={t("register.empty")}
          hint={t(register.kept ? "register.emptyKept" : "register.emptyHint")}
        />
      ) : null}
      {rows.length ? (
        <DataTable label={register.name} rows={rows} columns={columns(register, change, t, mayKeep ? setKept : null)} />
      ) : null}
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
      {kept ? (
        <KeepRow register={register} row={kept === "new" ? undefined : kept} onClose={() => setKept(null)} />
      ) : null}
    </div>
  );
}

function Exchange({ address, search }: { address: string; search: string }): ReactElement {
  const { t } = useI18n();
  return (
    <a
      className="button button-plain"
      href={`${address}/exchange?format=xml&${search}`}
      title={t("register.exchangeHint")}
      download
    >
      <Icon name="send" />
      <span>{t("register.exchange")}</span>
    </a>
  );
}

function Choices({ register, filters, change }: Pick<ToolProps, "register" | "filters" | "change">): ReactElement {
  const { t } = useI18n();
  const choices = register.fields.filter((field) => field.filter && field.options.length);
  const listed = [
    ...(register.states.length ? [{ filter: "state", label: t("register.state"), options: register.states }] : []),
    ...choices.map((field) => ({ filter: field.filter ?? "", label: field.label, options: field.options })),
  ];
  return (
    <>
      {listed.map(({ filter, label, options }) => (
        <label key={filter} className="register-choice">
          <span className="visually-hidden">{label}</span>
          <select
            className="input"
            value={filters[filter] ?? ""}
            onChange={(event) => change({ [filter]: event.target.value })}
          >
            <option value="">{t("register.all", { what: label })}</option>
            {options.map((option) => (
              <option key={option} value={option}>
                {codeWord(optionCode(fieldOf(register, filter)?.name ?? "", option), t)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </>
  );
}

interface ToolProps {
  register: Register;
  filters: Filters;
  rows: RegisterRow[];
  change: (changes: Filters) => void;
  set: (filters: Filters) => void;
}

/** What is filtered by, each with a way to undo it; saved views beside it. */
function Chosen({ register, filters, rows, change, set }: ToolProps): ReactElement {
  const { t } = useI18n();
  const { data: views } = useSavedViews(register.id);
  const client = useQueryClient();
  const [saving, setSaving] = useState(false);
  const chosen = Object.entries(filters).filter(([name]) => name !== "q");
  const drop = async (view: string) => {
    await request(`/registers/${register.id}/views/${view}`, { method: "DELETE" });
    await client.invalidateQueries({ queryKey: ["register-views", register.id] });
  };
  return (
    <div className="register-chosen">
      {chosen.map(([name, value]) => (
        <button key={name} type="button" className="register-chip" onClick={() => change({ [name]: "" })}>
          {labelOf(register, name, t("register.state"))}：{valueWord(register, name, value, rows, t)}
          <Icon name="close" size={14} label={t("action.clear")} />
        </button>
      ))}
      {views?.map((view) => (
        <span key={view.id} className="register-view">
          <button type="button" onClick={() => set(view.filters)}>
            <Icon name={view.shared ? "globe" : "eye"} size={14} /> {view.name}
            {view.mine ? null : <small> · {view.by.name}</small>}
          </button>
          {view.mine ? (
            <button
              type="button"
              aria-label={t("register.dropView", { name: view.name })}
              onClick={() => void drop(view.id)}
            >
              <Icon name="close" size={14} />
            </button>
          ) : null}
        </span>
      ))}
      {Object.keys(filters).length ? (
        <Button kind="quiet" icon="plus" onClick={() => setSaving(true)}>
          {t("register.saveView")}
        </Button>
      ) : null}
      {saving ? <SaveView register={register} filters={filters} onClose={() => setSaving(false)} /> : null}
    </div>
  );
}

function SaveView({
  register,
  filters,
  onClose,
}: {
  register: Register;
  filters: Filters;
  onClose: () => void;
}): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState("");
  const save = async () => {
    try {
      await request(`/registers/${register.id}/views`, { method: "POST", json: { name, filters, shared } });
      await client.invalidateQueries({ queryKey: ["register-views", register.id] });
      onClose();
    } catch (error) {
      setProblem(errorWords(error, t));
    }
  };
  return (
    <Sheet
      title={t("register.saveView")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" disabled={!name.trim()} onClick={() => void save()}>
            {t("register.save")}
          </Button>
        </>
      }
    >
      <label className="field">
        <span>{t("register.viewName")}</span>
        <input className="input" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="check">
        <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
        <span>{t("register.shareView")}</span>
      </label>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

// Cells ---------------------------------------------------------------------------------------------------------------

type T = ReturnType<typeof useI18n>["t"];

function labelOf(register: Register, filter: string, state: string): string {
  return filter === "state" ? state : (register.fields.find((field) => field.filter === filter)?.label ?? filter);
}

function valueWord(register: Register, filter: string, value: string, rows: RegisterRow[], t: T): string {
  const field = fieldOf(register, filter);
  const named = rows
    .map((row) => (field ? row.values[field.name] : null))
    .find((one) => isNamed(one) && one.id === value);
  return isNamed(named) ? named.name : codeWord(optionCode(field?.name ?? "", value), t);
}

const fieldOf = (register: Register, filter: string): RegisterField | undefined =>
  register.fields.find((field) => field.filter === filter);

const isNamed = (value: unknown): value is Named =>
  typeof value === "object" && value !== null && "id" in value && "name" in value;

function columns(
  register: Register,
  change: (changes: Filters) => void,
  t: T,
  keep: ((row: RegisterRow) => void) | null,
): Column<RegisterRow>[] {
  const shown = register.fields.map((field) => ({
    key: field.name,
    label: field.label,
    empty: (row: RegisterRow) => row.values[field.name] === null || row.values[field.name] === "",
    wide: field.filter === null && field.kind === "text" && !/No$|Number$/.test(field.name),
    cell: (row: RegisterRow) => (
      <Cell field={field} value={row.values[field.name] ?? null} over={isOver(row.state)} change={change} />
    ),
  }));
  const state: Column<RegisterRow> = {
    key: "state",
    label: t("register.state"),
    cell: (row) => (row.state ? <Chip tone={codeTone(row.state)}>{codeWord(row.state, t)}</Chip> : null),
  };
  const at: Column<RegisterRow> = {
    key: "at",
    label: t("register.at"),
    cell: (row) => <Moment at={row.at} relative />,
  };
  const open: Column<RegisterRow> = {
    key: "case",
    label: t("case.case"),
    cell: (row) =>
      row.case ? <Link to={`/cases/${encodeURIComponent(row.case.id)}`}>{row.case.title || row.case.id}</Link> : null,
  };
  const edit: Column<RegisterRow> = {
    key: "edit",
    label: t("register.change"),
    cell: (row) => (
      <button type="button" className="register-narrow" onClick={() => keep?.(row)}>
        {t("register.change")}
      </button>
    ),
  };
  const [first, ...rest] = shown;
  const states = register.states.length || register.id === "hazards" ? [state] : [];
  return [...(first ? [first] : []), ...states, ...rest, ...(register.kept ? [] : [open]), at, ...(keep ? [edit] : [])];
}

function Cell({
  field,
  value,
  over,
  change,
}: {
  field: RegisterField;
  value: Json;
  /** Nothing is waited for any more: a due time is a date then, not a countdown. */
  over: boolean;
  change: (changes: Filters) => void;
}): ReactNode {
  const { t } = useI18n();
  if (value === null || value === "") return <span className="faint">—</span>;
  if (typeof value === "boolean") return value ? t("word.yes") : t("word.no");
  if (field.kind === "instant" && typeof value === "string") {
    return field.name.startsWith("due") && !over ? <Due due={value} /> : <Moment at={value} />;
  }
  const said = isNamed(value) ? value.name : typeof value === "object" ? JSON.stringify(value) : String(value);
  const raw = isNamed(value) ? value.id : said;
  if (field.kind === "number") return said;
  if (field.kind === "choice" || field.name === "card") {
    const code = optionCode(field.name, said);
    return <Chip tone={codeTone(code)}>{codeWord(code, t)}</Chip>;
  }
  if (!field.filter) return codeWord(said, t);
  const filter = field.filter;
  return (
    <button
      type="button"
      className="register-narrow"
      title={t("register.narrow")}
      onClick={() => change({ [filter]: raw })}
    >
      {said}
    </button>
  );
}
