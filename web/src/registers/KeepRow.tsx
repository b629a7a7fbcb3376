import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { Refused, request } from "../api/client";
import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import type { Register, RegisterField, RegisterRow } from "./data";
import { codeWord, optionCode } from "./words";

const KEEPERS = ["PLANNER", "STATION_CHIEF", "CENTER_DEPUTY", "CENTER_DIRECTOR", "PROCESS_OWNER"];
const NEEDED = ["name", "unit"];

interface Option {
  value: string;
  label: string;
}

/** Whether the person may keep rows somewhere; for which units, the server says. */
export function useMayKeep(register: Register): boolean {
  const { roles } = useSession().person;
  return register.kept && roles.some(({ role }) => KEEPERS.includes(role));
}

function useChoices(field: RegisterField): Option[] {
  const { t, language } = useI18n();
  const key = field.name === "station" ? "optionsStations" : "optionsUnits";
  const { data } = useQuery({
    queryKey: ["options", key, language],
    queryFn: async ({ signal }) => (await request<{ items: Option[] }>(`/options/${key}`, { signal })).items,
    enabled: field.kind === "unit",
    staleTime: 60_000,
  });
  if (field.kind === "unit") return data ?? [];
  return field.options.map((value) => ({ value, label: codeWord(optionCode(field.name, value), t) }));
}

/** A row of a register that people keep, to be filled in; `row`: the one to be changed, with its number as it is. */
export function KeepRow({
  register,
  row,
  onClose,
}: {
  register: Register;
  row?: RegisterRow;
  onClose: () => void;
}): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [id, setId] = useState(row?.id ?? "");
  const [values, setValues] = useState(() => written(register, row));
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const faults = problem instanceof Refused ? problem.fields : {};
  const complete = id.trim() !== "" && NEEDED.every((name) => values[name]);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const address = `/registers/${register.id}/rows/${encodeURIComponent(id.trim())}`;
      await request(address, { method: "PUT", json: { values: sent(register, values) } });
      await client.invalidateQueries();
      onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={`${t(row ? "register.change" : "register.add")} · ${register.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!complete} onClick={() => void save()}>
            {t("register.save")}
          </Button>
        </>
      }
    >
      <div className="register-keep">
        <label className="field">
          <span>{t("register.rowId")} *</span>
          <input
            className="input"
            value={id}
            maxLength={64}
            readOnly={row !== undefined}
            onChange={(event) => setId(event.target.value)}
          />
          {faults.id ? <em className="register-fault">{t("register.rowIdHint")}</em> : null}
        </label>
        {register.fields.map((field) => (
          <Entry
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            wrong={faults[`values.${field.name}`] !== undefined}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
      </div>
      {problem ? <Notice tone="bad">{errorWords(problem, t)}</Notice> : null}
    </Sheet>
  );
}

function Entry({
  field,
  value,
  wrong,
  onChange,
}: {
  field: RegisterField;
  value: string;
  wrong: boolean;
  onChange: (value: string) => void;
}): ReactElement {
  const { t } = useI18n();
  const choices = useChoices(field);
  const choosing = field.kind === "unit" || field.kind === "choice";
  const type = field.kind === "instant" ? "date" : field.kind === "number" ? "number" : "text";
  return (
    <label className="field">
      <span>
        {field.label}
        {NEEDED.includes(field.name) ? " *" : ""}
      </span>
      {choosing ? (
        <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">—</option>
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="input"
          type={type}
          min={type === "number" ? 0 : undefined}
          maxLength={300}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {wrong ? <em className="register-fault">{t("register.wrong")}</em> : null}
    </label>
  );
}

function written(register: Register, row?: RegisterRow): Record<string, string> {
  return Object.fromEntries(
    register.fields.map((field) => [field.name, field.kind === "instant" ? day(row, field) : plain(row, field)]),
  );
}

function plain(row: RegisterRow | undefined, field: RegisterField): string {
  const value = row?.values[field.name] ?? null;
  if (typeof value === "string" || typeof value === "number") return String(value);
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" ? value.id : "";
}

/** The day of an instant where the reader is, as a date field wants it. */
function day(row: RegisterRow | undefined, field: RegisterField): string {
  const text = plain(row, field);
  if (!text) return "";
  const at = new Date(text);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Every field: what was emptied is null, so that it is emptied there, too. */
function sent(register: Register, values: Record<string, string>): Record<string, string | number | null> {
  return Object.fromEntries(
    register.fields.map((field) => {
      const value = values[field.name]?.trim() ?? "";
      if (value === "") return [field.name, null];
      return [field.name, field.kind === "number" ? Number(value) : value];
    }),
  );
}
