import { useState, type ReactElement } from "react";

import type { Case, Json } from "../api/types";
import { displayValue } from "../form/schema";
import { useI18n } from "../i18n";
import { Facts } from "../ui/parts";

/** Names under which the process keeps its data; pictures are in the gallery and need no row here. */
function rowsOf(variables: Record<string, Json>, yes: string, no: string): [string, string][] {
  return Object.entries(variables)
    .filter(([, value]) => !isPhotos(value))
    .map(([name, value]) => [name, displayValue(value, undefined, { yes, no })]);
}

function isPhotos(value: Json): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => one !== null && typeof one === "object" && "sha256" in one);
}

export function CaseData({ one }: { one: Case }): ReactElement | null {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const rows = rowsOf(one.variables, t("word.yes"), t("word.no"));
  if (rows.length === 0) return null;
  return (
    <details className="panel" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><h2>{t("case.data")}</h2></summary>
      {open ? <Facts rows={rows} /> : null}
    </details>
  );
}
