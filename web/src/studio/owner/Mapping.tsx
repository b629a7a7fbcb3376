import { useState, type ReactElement } from "react";

import { useI18n, type MessageKey } from "../../i18n";
import { DataTable, type Column } from "../../ui/DataTable";
import { Chip, Notice } from "../../ui/states";
import type { MigrationPlan } from "./api";

type Like = MigrationPlan["likes"][number];
type Ref = Like["element"];

interface Props {
  plan: MigrationPlan;
  /** What was chosen otherwise than proposed: old id → new id, "" for nowhere. */
  own: Record<string, string>;
  onOwn: (own: Record<string, string>) => void;
}

/** Where each step goes on: proposed by the server, put right by the person who knows. */
export function Mapping({ plan, own, onOwn }: Props): ReactElement {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const open = plan.likes.filter((one) => targetOf(one, own) === "").length;
  const differing = plan.likes.filter((one) => one.how !== "id" || one.element.id in own);
  const columns: Column<Like>[] = [
    { key: "element", label: t("migrate.element"), wide: true, cell: (one) => words(one.element) },
    {
      key: "like",
      label: t("migrate.like"),
      wide: true,
      cell: (one) => (
        <select
          className="input"
          aria-label={`${words(one.element)}: ${t("migrate.like")}`}
          value={targetOf(one, own)}
          onChange={(event) => onOwn({ ...own, [one.element.id]: event.target.value })}
        >
          <option value="">{t("migrate.nowhere")}</option>
          {plan.targets
            .filter((target) => target.kind === one.element.kind)
            .map((target) => (
              <option key={target.id} value={target.id}>
                {words(target)}
              </option>
            ))}
        </select>
      ),
    },
    {
      key: "how",
      label: t("migrate.how"),
      cell: (one) => {
        const nowhere = targetOf(one, own) === "";
        const how = nowhere ? "" : one.element.id in own ? "own" : one.how;
        return (
          <Chip tone={nowhere ? "bad" : how === "id" ? "calm" : "info"}>{t(`migrate.how.${how}` as MessageKey)}</Chip>
        );
      },
    },
  ];
  const rows = all ? plan.likes : differing;
  return (
    <section className="owner-section">
      <div className="chips">
        <h2>{t("migrate.mapping")}</h2>
        <Chip tone="good">{t("migrate.mapped", { n: plan.likes.length - open })}</Chip>
        <label className="studio-here">
          <input type="checkbox" checked={!all} onChange={(event) => setAll(!event.target.checked)} />{" "}
          {t("migrate.onlyOpen")}
        </label>
      </div>
      {open > 0 ? <Notice tone="warn">{t("migrate.open.n", { n: open })}</Notice> : null}
      {rows.length === 0 ? (
        <Notice tone="good">{t("migrate.allSame")}</Notice>
      ) : (
        <DataTable
          label={t("migrate.mapping")}
          rows={rows}
          columns={columns}
          id={(one) => `${one.process} ${one.element.id}`}
        />
      )}
    </section>
  );
}

const targetOf = (one: Like, own: Record<string, string>): string => own[one.element.id] ?? one.to?.id ?? "";

const words = ({ id, name }: Ref): string => (name && name !== id ? `${name.replace(/\s+/g, " ")} (${id})` : id);
