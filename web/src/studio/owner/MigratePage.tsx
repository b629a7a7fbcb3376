import "./owner.css";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, type ReactElement } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import { useDefinitions, useReleasesOf } from "../../api/queries";
import type { ReleaseSummary } from "../../api/types";
import { useI18n } from "../../i18n";
import { momentWords } from "../../i18n/time";
import { Button } from "../../ui/Button";
import { useNow, useTitle } from "../../ui/hooks";
import { Icon } from "../../ui/Icon";
import { Empty, errorWords, Failure, Loading, Notice } from "../../ui/states";
import { dryRun, useMigration, useMigrationPlan, type Deadlines, type MigrationPlan } from "./api";
import { Mapping } from "./Mapping";
import { MigrationRun } from "./MigrationRun";

/** Running cases go on with another version: where each step goes on, a dry run, then each case whole or not at all. */
export default function MigratePage(): ReactElement {
  const { t } = useI18n();
  const { process = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const definition = useDefinitions().data?.find((one) => one.process === process);
  const releases = useReleasesOf(process);
  const name = definition?.name ?? process;
  useTitle(`${t("migrate.title")} · ${name}`);
  const to = params.get("to") ?? releases.data?.[0]?.hash ?? "";
  const plan = useMigrationPlan(to, process, params.get("from") ?? "");
  const choose = (next: Record<string, string>) =>
    setParams({ ...Object.fromEntries(params), to, ...next }, { replace: true });
  const failed = releases.error ?? plan.error;
  return (
    <div className="page">
      <header className="task-head">
        <Link to={`/processes/${encodeURIComponent(process)}`} className="back" aria-label={name}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{t("migrate.title")}</h1>
          <span className="task-head-case">{name}</span>
        </div>
      </header>
      {failed ? <Failure error={failed} onRetry={() => void plan.refetch()} /> : null}
      {plan.data && releases.data ? (
        <Migrate {...{ process, to, releases: releases.data, plan: plan.data, choose }} run={params.get("run")} />
      ) : failed ? null : (
        <Loading />
      )}
    </div>
  );
}

interface Props {
  process: string;
  to: string;
  releases: ReleaseSummary[];
  plan: MigrationPlan;
  run: string | null;
  choose: (next: Record<string, string>) => void;
}

function Migrate({ process, to, releases, plan, run, choose }: Props): ReactElement {
  const { t } = useI18n();
  const migration = useMigration(run);
  const running = plan.running.filter(({ release }) => release !== to);
  const over = migration.data?.state === "done" || migration.data?.state === "stopped";
  if (run && migration.data)
    return (
      <MigrationRun
        migration={migration.data}
        targets={plan.targets}
        likes={plan.likes}
        onChange={over ? undefined : () => choose({ run: "" })}
      />
    );
  return (
    <>
      <section className="panel owner-ask">
        <p className="faint">{t("migrate.hint")}</p>
        <Versions {...{ process, to, releases, plan, choose }} />
      </section>
      {running.length === 0 ? (
        <Empty icon="done" title={t("migrate.none")} hint={t("migrate.noneHint")} />
      ) : (
        <Wish key={`${plan.from} ${to}`} {...{ process, to, plan, choose }} />
      )}
    </>
  );
}

function Versions({ process, to, releases, plan, choose }: Omit<Props, "run">): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  const version = (hash: string) =>
    releases.find((one) => one.hash === hash)?.processes.find((one) => one.process === process)?.version ?? "?";
  return (
    <div className="owner-choices">
      <label className="field" hidden={plan.running.length === 0}>
        <span>{t("migrate.from")}</span>
        <select className="input" value={plan.from ?? ""} onChange={(event) => choose({ from: event.target.value })}>
          {plan.running.map((one) => (
            <option key={one.release} value={one.release}>
              {t("migrate.optionRunning", { n: version(one.release), running: one.running })}
            </option>
          ))}
          {plan.running.some(({ release }) => release === plan.from) || !plan.from ? null : (
            <option value={plan.from}>{t("process.version", { n: Number(version(plan.from)) || 0 })}</option>
          )}
        </select>
      </label>
      <label className="field">
        <span>{t("migrate.to")}</span>
        <select className="input" value={to} onChange={(event) => choose({ to: event.target.value, from: "" })}>
          {releases.map((one) => (
            <option key={one.hash} value={one.hash}>
              {t("migrate.option", { n: version(one.hash), at: momentWords(one.deployedAt, now, t, language) })}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

const DEADLINES: Deadlines[] = ["keep", "recount", "reset"];

function Wish({ process, to, plan, choose }: Pick<Props, "process" | "to" | "plan" | "choose">): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const [own, setOwn] = useState<Record<string, string>>({});
  const [deadlines, setDeadlines] = useState<Deadlines>("keep");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const mapping = useMemo(() => mapped(plan, own), [plan, own]);
  const begin = async () => {
    setBusy(true);
    setError(null);
    try {
      const begun = await dryRun(to, { process, from: plan.from ?? "", mapping, deadlines, reason: reason.trim() });
      client.setQueryData(["migration", begun.id], begun);
      choose({ run: begun.id });
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  return (
    <>
      <Mapping plan={plan} own={own} onOwn={setOwn} />
      <section className="panel owner-ask">
        <fieldset className="owner-radios">
          <legend>{t("migrate.deadlines")}</legend>
          {DEADLINES.map((one) => (
            <label key={one}>
              <input type="radio" name="deadlines" checked={one === deadlines} onChange={() => setDeadlines(one)} />
              <strong>{t(`migrate.deadlines.${one}`)}</strong>
              <small>{t(`migrate.deadlines.${one}Hint`)}</small>
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>{t("migrate.reason")}</span>
          <textarea
            className="input"
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
        <div className="owner-actions">
          <Button kind="primary" icon="eye" busy={busy} disabled={!reason.trim()} onClick={() => void begin()}>
            {t("migrate.dryRun")}
          </Button>
        </div>
      </section>
    </>
  );
}

/** The proposal with what was chosen otherwise; "" is nowhere. What keeps its id needs no word. */
function mapped(plan: MigrationPlan, own: Record<string, string>): Record<string, string> {
  const all = Object.entries({ ...(plan.mapping as Record<string, string>), ...own });
  return Object.fromEntries(all.filter(([from, to]) => to !== "" && to !== from));
}
