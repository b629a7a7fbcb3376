import { Select } from "antd";
import type { ReactElement } from "react";

import { useDefinitions } from "../api/queries";
import { useI18n } from "../i18n";
import { Search } from "../ui/parts";
import { useSearchText } from "../ui/useSearchText";

interface Props {
  label: string;
  filter: { q: string; process: string; sort: string };
  sorts: { value: string; label: string }[];
  onChange: (changes: Record<string, string>) => void;
}

export function Filters({ label, filter, sorts, onChange }: Props): ReactElement {
  const { t } = useI18n();
  const definitions = useDefinitions().data ?? [];
  const [text, setText] = useSearchText(filter.q, (q) => onChange({ q }));
  const processes = [
    { value: "", label: t("list.allProcesses") },
    ...definitions.map((one) => ({ value: one.process, label: one.name })),
  ];
  return (
    <div className="filters">
      <Search label={label} value={text} onChange={setText} />
      <Select
        aria-label={t("list.process")}
        value={filter.process}
        options={processes}
        popupMatchSelectWidth={false}
        onChange={(process: string) => onChange({ process })}
      />
      <Select
        aria-label={t("list.sort")}
        value={filter.sort}
        options={sorts}
        popupMatchSelectWidth={false}
        onChange={(sort: string) => onChange({ sort })}
      />
    </div>
  );
}
