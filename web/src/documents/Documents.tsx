import type { ReactElement } from "react";
import { Link, useSearchParams } from "react-router";

import { useI18n, type MessageKey } from "../i18n";
import { codeTone, codeWord } from "../registers/words";
import { Button, ButtonLink } from "../ui/Button";
import { DataTable, type Column } from "../ui/DataTable";
import { useTitle } from "../ui/hooks";
import { Moment, PageHead } from "../ui/parts";
import { Chip, Empty, Failure, Loading } from "../ui/states";
import { CODES, usePapers, type PaperSummary } from "./data";
import "../registers/registers.css";

const STATES = ["ISSUED", "SERVED", "RECEIVED", "REFUSED", "VOID"];

export default function Documents(): ReactElement {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(search);
  const { rows, query } = usePapers(filter);
  const choose = (name: string, value: string) =>
    setSearch(
      Object.entries({ ...filter, [name]: value }).filter(([, one]) => one),
      { replace: true },
    );
  useTitle(t("nav.documents"));
  return (
    <div className="page">
      <PageHead
        title={t("nav.documents")}
        back={<ButtonLink to="/registers" kind="quiet" icon="back" label={t("nav.registers")} />}
      />
      <p className="page-hint">{t("document.hint")}</p>
      <div className="register-tools">
        <Choice
          label={t("document.kind")}
          value={filter.code ?? ""}
          onChange={(value) => choose("code", value)}
          options={CODES.map((code) => [code, t(`paper.${code}` satisfies MessageKey)])}
        />
        <Choice
          label={t("register.state")}
          value={filter.state ?? ""}
          onChange={(value) => choose("state", value)}
          options={STATES.map((state) => [state, codeWord(state, t)])}
        />
      </div>
      {query.isPending ? <Loading rows={8} /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="file" title={t("document.empty")} hint={t("document.emptyHint")} />
      ) : null}
      {rows.length ? (
        <DataTable label={t("nav.documents")} rows={rows} columns={columns(t)} id={(one) => one.number} />
      ) : null}
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactElement {
  const { t } = useI18n();
  return (
    <label className="register-choice">
      <span className="visually-hidden">{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("register.all", { what: label })}</option>
        {options.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function columns(t: ReturnType<typeof useI18n>["t"]): Column<PaperSummary>[] {
  return [
    {
      key: "number",
      label: t("document.number"),
      cell: (one) => <Link to={`/documents/${encodeURIComponent(one.number)}`}>{one.number}</Link>,
    },
    { key: "kind", label: t("document.kind"), cell: (one) => one.name },
    {
      key: "state",
      label: t("register.state"),
      cell: (one) => <Chip tone={codeTone(one.state)}>{codeWord(one.state, t)}</Chip>,
    },
    { key: "to", label: t("document.servedTo"), cell: (one) => one.servedTo?.name ?? "—" },
    { key: "at", label: t("document.issuedAt"), cell: (one) => <Moment at={one.issuedAt} /> },
    {
      key: "by",
      label: t("document.issuedBy"),
      empty: (one) => !one.issuedBy,
      cell: (one) => one.issuedBy?.name ?? "—",
    },
    {
      key: "receipt",
      label: t("document.receipt"),
      empty: (one) => !one.receiptAt,
      cell: (one) => (one.receiptAt ? <Moment at={one.receiptAt} /> : "—"),
    },
    {
      key: "case",
      label: t("case.case"),
      wide: true,
      cell: (one) => <Link to={`/cases/${encodeURIComponent(one.case.id)}`}>{one.case.title || one.case.id}</Link>,
    },
  ];
}
