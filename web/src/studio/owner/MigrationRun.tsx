import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useRefresh } from "../../api/queries";
import { useI18n, type MessageKey, type Translate } from "../../i18n";
import { Button } from "../../ui/Button";
import { DataTable, type Column } from "../../ui/DataTable";
import { Moment } from "../../ui/parts";
import { Chip, errorWords, Notice, type Tone } from "../../ui/states";
import { Refused } from "../../api/client";
import { actOnMigration, type MigratedCase, type Migration, type MigrationPlan } from "./api";
import { nameIn } from "./names";

interface Props {
  migration: Migration;
  targets: MigrationPlan["targets"];
  likes: MigrationPlan["likes"];
  /** Back to the settings; missing when there is nothing left to set. */
  onChange: (() => void) | undefined;
}

/** A dry run with its verdicts, then the migration itself, case by case. */
export function MigrationRun({ migration, targets, likes, onChange }: Props): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const names = useMemo(
    () => new Map([...likes.map(({ element }) => element), ...targets].map(({ id, name }) => [id, name || id])),
    [likes, targets],
  );
  const ended = migration.state === "done" || migration.state === "stopped";
  useEffect(() => {
    if (!ended) return;
    void refresh();
    void client.invalidateQueries({ queryKey: ["migration-plan"] });
  }, [ended, refresh, client]);
  const act = async (action: "run" | "stop") => {
    setBusy(true);
    setError(null);
    try {
      client.setQueryData(["migration", migration.id], await actOnMigration(migration.id, action));
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const counts = migration.counts as Record<string, number>;
  const ready = counts.ready ?? 0;
  const planned = migration.state === "planning" || migration.state === "planned";
  const listed = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <section className="panel owner-ask">
        <Told migration={migration} counts={counts} />
        <p className="faint">{migration.reason}</p>
        {error ? (
          <Notice tone="bad">
            {error instanceof Refused && error.status === 409 ? t("migrate.late") : errorWords(error, t)}
          </Notice>
        ) : null}
        <div className="owner-actions">
          {migration.state === "planned" && ready > 0 ? (
            <Button kind="primary" icon="play" busy={busy} onClick={() => void act("run")}>
              {t("migrate.run", { n: ready })}
            </Button>
          ) : null}
          {migration.state === "running" || migration.state === "planning" ? (
            <Button icon="stop" busy={busy} onClick={() => void act("stop")}>
              {t("migrate.stop")}
            </Button>
          ) : null}
          {onChange && migration.state === "planned" ? (
            <Button icon="back" onClick={onChange}>
              {t("migrate.change")}
            </Button>
          ) : null}
        </div>
      </section>
      <DataTable
        label={t("migrate.title")}
        rows={migration.cases}
        columns={columns(t, names, planned)}
        id={(one) => one.case.id}
      />
      {listed > migration.cases.length ? (
        <p className="faint">{t("migrate.more", { n: listed - migration.cases.length })}</p>
      ) : null}
    </>
  );
}

function Told({ migration, counts }: { migration: Migration; counts: Record<string, number> }): ReactElement {
  const { t } = useI18n();
  const { state } = migration;
  const n = (...states: string[]) => states.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  const again = migration.cases.filter(({ verdict }) => verdict === "again").length;
  if (state === "planned")
    return (
      <Notice tone={n("refused") > 0 || again > 0 ? "warn" : "good"}>
        <p>{t("migrate.verdicts", { ok: n("ready"), no: n("refused") })}</p>
        {again > 0 ? <p>{t("migrate.again", { n: again })}</p> : null}
      </Notice>
    );
  if (state === "done")
    return (
      <Notice tone={n("failed") > 0 ? "warn" : "good"}>
        {t("migrate.done", { done: n("done"), left: n("failed", "refused", "skipped") })}
      </Notice>
    );
  if (state === "stopped") return <Notice tone="warn">{t("migrate.stopped", { done: n("done") })}</Notice>;
  const planning = state === "planning";
  const all = n("waiting", "ready", "done", "failed", ...(planning ? ["refused"] : []));
  const over = planning ? n("ready", "refused") : n("done", "failed");
  return (
    <div className="owner-progress">
      <progress max={Math.max(1, all)} value={over} aria-label={t("migrate.title")} />
      <strong role="status">
        {planning ? t("migrate.planning", { n: over }) : t("migrate.running", { done: over, of: all })}
      </strong>
    </div>
  );
}

const TONE: Record<string, Tone> = {
  ok: "good",
  again: "warn",
  no: "bad",
  done: "good",
  failed: "bad",
  refused: "bad",
};

function columns(t: Translate, names: Map<string, string>, planned: boolean): Column<MigratedCase>[] {
  return [
    {
      key: "case",
      label: t("whatif.case"),
      wide: true,
      cell: (one) => <Link to={`/cases/${encodeURIComponent(one.case.id)}`}>{one.case.title}</Link>,
    },
    {
      key: "verdict",
      label: t("whatif.verdict"),
      cell: (one) => {
        const word = planned ? one.verdict : one.state;
        return (
          <Chip tone={TONE[word] ?? "calm"}>{t(`migrate.${planned ? "verdict" : "state"}.${word}` as MessageKey)}</Chip>
        );
      },
    },
    {
      key: "tasks",
      label: t("migrate.tasks"),
      wide: true,
      empty: (one) => one.tasks.length === 0,
      cell: (one) => <Deadlines one={one} names={names} />,
    },
    {
      key: "waits",
      label: t("migrate.waits"),
      wide: true,
      empty: (one) => one.closed.length + one.armed.length === 0,
      cell: (one) => (
        <div className="owner-lines">
          {one.armed.length > 0 ? <span>{t("migrate.arms", { names: listed(one.armed, names) })}</span> : null}
          {one.closed.length > 0 ? <span>{t("migrate.closes", { names: listed(one.closed, names) })}</span> : null}
        </div>
      ),
    },
    {
      key: "why",
      label: t("migrate.why"),
      wide: true,
      empty: (one) => !one.detail,
      cell: (one) => one.detail,
    },
  ];
}

const listed = (elements: string[], names: Map<string, string>): string =>
  [...new Set(elements)]
    .map((id) => {
      const times = elements.filter((one) => one === id).length;
      return times > 1 ? `${nameIn(names, id)} ×${times}` : nameIn(names, id);
    })
    .join("、");

function Deadlines({ one, names }: { one: MigratedCase; names: Map<string, string> }): ReactElement {
  const { t } = useI18n();
  const due = (at: string | null) => (at ? <Moment at={at} /> : t("whatif.noDue"));
  return (
    <div className="owner-lines">
      {one.tasks.map((task, at) => (
        <span key={at}>
          {nameIn(names, task.element)}：{due(task.before)}
          {task.counted ? <> → {due(task.after)}</> : null}{" "}
          <Chip tone={task.counted ? "info" : "calm"}>{t(task.counted ? "migrate.counted" : "migrate.kept")}</Chip>
        </span>
      ))}
    </div>
  );
}
