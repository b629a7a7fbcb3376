import "./incidents.css";

import { useId, useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useDefinitions } from "../api/queries";
import type { FormData } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { Notice } from "../ui/states";
import type { Action, Wanted } from "./api";
import { Bulk } from "./Bulk";

const ACTIONS: Action[] = ["suspend", "resume", "cancel", "variables", "move", "due"];

/** One action on many running cases: which, what, a dry run, then the results. */
export default function Operate(): ReactElement {
  const { t } = useI18n();
  const id = useId();
  const definitions = useDefinitions().data ?? [];
  const [process, setProcess] = useState("");
  const [status, setStatus] = useState("");
  const [action, setAction] = useState<Action>("suspend");
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [element, setElement] = useState("");
  const [to, setTo] = useState("");
  const [due, setDue] = useState("");
  const [asking, setAsking] = useState(false);
  useTitle(t("operate.many"));
  const needs =
    (action === "variables" && !name.trim()) ||
    (action === "move" && !(element.trim() && to.trim())) ||
    (action === "due" && !(element.trim() && due));
  const wanted: Wanted = {
    action,
    process,
    status,
    ...(action === "variables" ? { changes: { [name.trim()]: asJson(value) } } : {}),
    ...(action === "move" ? { element: element.trim(), to: to.trim() } : {}),
    ...(action === "due" && due ? { element: element.trim(), due: new Date(due).toISOString() } : {}),
  };
  return (
    <div className="page me">
      <PageHead
        title={t("operate.many")}
        back={
          <Link to="/incidents" className="back" aria-label={t("nav.incidents")}>
            <Icon name="back" />
          </Link>
        }
      />
      <p className="page-hint">{t("operate.manyHint")}</p>
      <section className="panel">
        <h2>{t("operate.which")}</h2>
        <div className="pair">
          <Select
            id={`${id}process`}
            label={t("list.process")}
            value={process}
            onChange={setProcess}
            options={[
              ["", t("list.allProcesses")],
              ...definitions.map((one): [string, string] => [one.process, one.name]),
            ]}
          />
          <Select
            id={`${id}status`}
            label={t("case.status")}
            value={status}
            onChange={setStatus}
            options={[
              ["", t("case.all")],
              ["active", t("case.active")],
              ["suspended", t("case.suspended")],
            ]}
          />
        </div>
      </section>
      <section className="panel">
        <h2>{t("operate.what")}</h2>
        <Select
          id={`${id}action`}
          label={t("operate.action")}
          value={action}
          onChange={(chosen) => setAction(chosen as Action)}
          options={ACTIONS.map((one): [string, string] => [one, t(`operate.action.${one}` as MessageKey)])}
        />
        {action === "variables" ? (
          <div className="pair">
            <Text id={`${id}name`} label={t("operate.name")} value={name} onChange={setName} />
            <Text id={`${id}value`} label={t("operate.value")} value={value} onChange={setValue} />
          </div>
        ) : null}
        {action === "move" ? (
          <div className="pair">
            <Text id={`${id}from`} label={t("operate.fromId")} value={element} onChange={setElement} />
            <Text id={`${id}to`} label={t("operate.toId")} value={to} onChange={setTo} />
          </div>
        ) : null}
        {action === "due" ? (
          <div className="pair">
            <Text id={`${id}step`} label={t("operate.dueStep")} value={element} onChange={setElement} />
            <Text id={`${id}due`} type="datetime-local" label={t("due.new")} value={due} onChange={setDue} />
          </div>
        ) : null}
        {needs ? <Notice tone="info">{t("operate.fillFirst")}</Notice> : null}
        <Button kind="primary" icon="eye" disabled={needs} onClick={() => setAsking(true)}>
          {t("bulk.dryRun")}
        </Button>
      </section>
      {asking ? (
        <Bulk title={t(`operate.action.${action}` as MessageKey)} wanted={wanted} onClose={() => setAsking(false)} />
      ) : null}
    </div>
  );
}

function asJson(text: string): FormData[string] {
  try {
    return JSON.parse(text) as FormData[string];
  } catch {
    return text;
  }
}

interface FieldProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Select({ id, label, value, onChange, options }: FieldProps & { options: [string, string][] }): ReactElement {
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Text({ id, label, value, onChange, type }: FieldProps & { type?: string }): ReactElement {
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        type={type}
        className="input"
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
