import { useState, type ReactElement } from "react";

import type { Case, Json } from "../api/types";
import { displayValue } from "../form/schema";
import { useI18n } from "../i18n";
import { Facts } from "../ui/parts";

/** What people entered, in the words of the forms and in their order. */
function entered(one: Case, yes: string, no: string): [string, string][] {
  return Object.entries(one.labels).flatMap(([name, { label, options }]) => {
    const value = one.variables[name];
    if (value === undefined || value === null || isPhotos(value)) return [];
    const values = Object.entries(options).map(([code, words]) => ({ value: code, label: words }));
    return [[label, displayValue(value, { type: "any", values }, { yes, no })]];
  });
}

/** What the process computed for itself, under the names that the diagram uses. */
function computed(one: Case): [string, string][] {
  return Object.entries(one.variables)
    .filter(([name, value]) => !(name in one.labels) && value !== null)
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
}

function isPhotos(value: Json): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => one !== null && typeof one === "object" && "sha256" in one)
  );
}

export function CaseData({ one }: { one: Case }): ReactElement | null {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const rows = entered(one, t("word.yes"), t("word.no"));
  const more = computed(one);
  if (rows.length + more.length === 0) return null;
  return (
    <details className="panel" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t("case.data")}</h2>
      </summary>
      {open ? <Facts rows={rows} /> : null}
      {open && more.length > 0 ? (
        <details className="computed">
          <summary>{t("case.computed", { n: more.length })}</summary>
          <Facts rows={more} />
        </details>
      ) : null}
    </details>
  );
}
