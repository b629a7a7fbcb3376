import type { ReactElement, ReactNode } from "react";

import { useDefinitions } from "../api/queries";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";

interface Props {
  filter: { process: string; sort: string };
  sorts: { value: string; label: string }[];
  onChange: (changes: Record<string, string>) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Filter and order on the phone: large choices instead of small menus. */
export function FilterSheet({ filter, sorts, onChange, onClose, children }: Props): ReactElement {
  const { t } = useI18n();
  const definitions = useDefinitions().data ?? [];
  const processes = [
    { value: "", label: t("list.allProcesses") },
    ...definitions.map((one) => ({ value: one.process, label: one.name })),
  ];
  return (
    <Sheet
      title={t("list.filter")}
      onClose={onClose}
      footer={
        <Button kind="primary" wide onClick={onClose}>
          {t("action.done")}
        </Button>
      }
    >
      <Choices
        name="process"
        legend={t("list.process")}
        options={processes}
        value={filter.process}
        onChange={(process) => onChange({ process })}
      />
      <Choices
        name="sort"
        legend={t("list.sort")}
        options={sorts}
        value={filter.sort}
        onChange={(sort) => onChange({ sort })}
      />
      {children}
    </Sheet>
  );
}

interface ChoicesProps {
  name: string;
  legend: string;
  options: { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
}

export function Choices({ name, legend, options, value, onChange }: ChoicesProps): ReactElement {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
