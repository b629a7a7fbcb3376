import type { ReactElement } from "react";

import { useDefinitions } from "../api/queries";
import { useI18n } from "../i18n";
import { useUnits, type Which } from "./which";

interface Props {
  which: Which;
  onChange: (which: Which) => void;
  /** Only closed cases are meant: the status is not asked for. */
  closed?: boolean;
}

/** Process, unit, status and period: the same four questions wherever many cases are chosen. */
export function WhichCases({ which, onChange, closed = false }: Props): ReactElement {
  const { t } = useI18n();
  const definitions = useDefinitions().data ?? [];
  const units = useUnits();
  const set = (changes: Partial<Which>) => onChange({ ...which, ...changes });
  return (
    <div className="which">
      <Choice
        label={t("which.process")}
        value={which.process}
        onChange={(process) => set({ process })}
        options={[["", t("which.allProcesses")], ...definitions.map((one): Option => [one.process, one.name])]}
      />
      <Choice
        label={t("which.unit")}
        value={which.unit}
        onChange={(unit) => set({ unit })}
        options={[["", t("which.allUnits")], ...units.map((one): Option => [one.value, one.label])]}
      />
      {closed ? null : (
        <Choice
          label={t("which.view")}
          value={which.view}
          onChange={(view) => set({ view: view as Which["view"] })}
          options={(["all", "open", "closed"] as const).map((view): Option => [view, t(`which.${view}`)])}
        />
      )}
      <Choice
        label={t("which.by")}
        value={which.by}
        onChange={(by) => set({ by: by as Which["by"] })}
        options={(["started", "ended"] as const).map((by): Option => [by, t(`which.${by}`)])}
      />
      <Day label={t("which.since")} value={which.since} onChange={(since) => set({ since })} />
      <Day label={t("which.until")} value={which.until} onChange={(until) => set({ until })} />
    </div>
  );
}

type Option = [string, string];

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function Choice({ label, value, onChange, options }: FieldProps & { options: Option[] }): ReactElement {
  return (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Day({ label, value, onChange }: FieldProps): ReactElement {
  return (
    <label className="field">
      <span>{label}</span>
      <input type="date" className="input" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
