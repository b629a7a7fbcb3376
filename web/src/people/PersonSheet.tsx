import { useState, type ReactElement, type ReactNode } from "react";

import { useI18n, type MessageKey } from "../i18n";
import { useMay } from "../session/session";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, Failure, Loading, Notice } from "../ui/states";
import { useChange, useList, type PersonDetail, type UnitLine, type Vocabulary } from "./api";
import { Field, PickUnit } from "./NewSheets";

interface Props {
  id: string;
  units: UnitLine[];
  words: Vocabulary;
  onClose: () => void;
}

/** One person: roles are given by the security administrator, competence and ties kept by the system administrator. */
export function PersonSheet({ id, units, words, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const query = useList<PersonDetail>(`person/${id}`, `/people/${encodeURIComponent(id)}`);
  const { run, busy, problem } = useChange(`person/${id}`, "people-of", "units");
  const mayKeep = useMay("people.manage");
  const mayGive = useMay("grants.manage");
  const one = query.data;
  const address = `/people/${encodeURIComponent(id)}`;
  return (
    <Sheet title={one?.name ?? t("nav.people")} onClose={onClose} wide>
      {query.isPending ? <Loading rows={4} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {one ? (
        <div className="org-sheet">
          <p className="chips">
            <Chip tone={one.active ? "good" : "bad"}>{t(one.active ? "org.active" : "org.disabled")}</Chip>
            {one.account ? null : <Chip tone="warn">{t("org.noAccount")}</Chip>}
            {one.lockedUntil ? <Chip tone="bad">{t("org.locked")}</Chip> : null}
          </p>
          <Roles one={one} units={units} words={words} address={address} run={run} busy={busy} may={mayGive} />
          <Competences one={one} words={words} address={address} run={run} busy={busy} may={mayKeep} />
          <Ties one={one} units={units} words={words} address={address} run={run} busy={busy} may={mayKeep} />
          {mayGive ? <Account one={one} address={address} run={run} busy={busy} /> : null}
          {mayKeep ? (
            <Button
              kind={one.active ? "danger" : "plain"}
              busy={busy}
              onClick={() => void run("PATCH", address, { active: !one.active })}
            >
              {t(one.active ? "org.disable" : "org.enable")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </Sheet>
  );
}

type Run = ReturnType<typeof useChange>["run"];
interface PartProps {
  one: PersonDetail;
  address: string;
  run: Run;
  busy: boolean;
  may: boolean;
}

interface Line {
  id: string;
  words: ReactNode;
}

/** What a person has of one kind, each to be ended, and below it what gives another. */
function Part({
  title,
  empty,
  lines,
  path,
  run,
  busy,
  may,
  children,
}: Pick<PartProps, "run" | "busy" | "may"> & {
  title: string;
  empty: string;
  lines: Line[];
  path: string;
  children: ReactNode;
}): ReactElement {
  const { t } = useI18n();
  return (
    <section className="org-part">
      <h3>{title}</h3>
      {lines.length === 0 ? <p className="faint">{empty}</p> : null}
      <ul className="org-lines">
        {lines.map((line) => (
          <li key={line.id}>
            <span>{line.words}</span>
            {may ? (
              <Button icon="close" busy={busy} onClick={() => void run("DELETE", `/${path}/${line.id}`)}>
                {t("org.end")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? <div className="org-add">{children}</div> : null}
    </section>
  );
}

interface Choice {
  label: string;
  value: string;
  options: { value: string; words: string }[];
  onChange: (value: string) => void;
}

function Choose({ label, value, options, onChange }: Choice): ReactElement {
  return (
    <Field label={label}>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.words}
          </option>
        ))}
      </select>
    </Field>
  );
}

function LastDay({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactElement {
  const { t } = useI18n();
  return (
    <Field label={t("org.untilDay")}>
      <input className="input" type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

/** The member `until` of a request: midnight of the chosen day here, or nothing. */
function endOf(day: string): { until?: string } {
  return day ? { until: new Date(`${day}T00:00:00`).toISOString() } : {};
}

function find<T, K extends keyof T>(all: T[], key: K, value: T[K]): T | undefined {
  return all.find((each) => each[key] === value);
}

interface Named {
  name: string;
  nameEn: string;
}

function useNameOf(): (found: Named | undefined, id: string) => string {
  const { language } = useI18n();
  return (found, id) => (found ? (language === "en" ? found.nameEn : found.name) : id);
}

function Until({ at }: { at: string | null }): ReactElement | null {
  const { t } = useI18n();
  return at ? (
    <small>
      {t("org.until")} <Moment at={at} />
    </small>
  ) : null;
}

function Roles({
  one,
  units,
  words,
  address,
  ...part
}: PartProps & { units: UnitLine[]; words: Vocabulary }): ReactElement {
  const { t } = useI18n();
  const nameOf = useNameOf();
  const [role, setRole] = useState("");
  const [unit, setUnit] = useState(one.unit);
  const [until, setUntil] = useState("");
  const lines = one.grants.map((grant) => ({
    id: grant.id,
    words: (
      <>
        <strong>{nameOf(find(words.roles, "role", grant.role), grant.role)}</strong>{" "}
        {nameOf(find(units, "id", grant.unit), grant.unit)} <Until at={grant.until} />
      </>
    ),
  }));
  const roles = words.roles.map((each) => ({ value: each.role, words: nameOf(each, each.role) }));
  const give = async () => {
    if (await part.run("POST", `${address}/grants`, { role, unit, ...endOf(until) })) setRole("");
  };
  return (
    <Part title={t("org.roles")} empty={t("org.noRoles")} lines={lines} path="grants" {...part}>
      <Choose
        label={t("org.role")}
        value={role}
        options={[{ value: "", words: t("org.pickRole") }, ...roles]}
        onChange={setRole}
      />
      <PickUnit units={units} value={unit} onChange={setUnit} />
      <LastDay value={until} onChange={setUntil} />
      <Button kind="primary" busy={part.busy} disabled={!role || !unit} onClick={() => void give()}>
        {t("org.give")}
      </Button>
    </Part>
  );
}

function Competences({ one, words, address, ...part }: PartProps & { words: Vocabulary }): ReactElement {
  const { t } = useI18n();
  const nameOf = useNameOf();
  const [kind, setKind] = useState("");
  const [until, setUntil] = useState("");
  const lines = one.competences.map((each) => ({
    id: each.id,
    words: (
      <>
        <strong>{nameOf(find(words.competences, "kind", each.kind), each.kind)}</strong>{" "}
        {t("org.level", { n: each.level })} <Until at={each.until} />
      </>
    ),
  }));
  const choices = words.competences.map((each) => ({ value: each.kind, words: nameOf(each, each.kind) }));
  const add = async () => {
    if (await part.run("POST", `${address}/competences`, { kind, ...endOf(until) })) setKind("");
  };
  return (
    <Part title={t("org.competences")} empty={t("org.noCompetences")} lines={lines} path="competences" {...part}>
      <Choose
        label={t("org.competence")}
        value={kind}
        options={[{ value: "", words: t("org.pickCompetence") }, ...choices]}
        onChange={setKind}
      />
      <LastDay value={until} onChange={setUntil} />
      <Button kind="primary" busy={part.busy} disabled={!kind} onClick={() => void add()}>
        {t("org.add")}
      </Button>
    </Part>
  );
}

function Ties({
  one,
  units,
  words,
  address,
  ...part
}: PartProps & { units: UnitLine[]; words: Vocabulary }): ReactElement {
  const { t } = useI18n();
  const nameOf = useNameOf();
  const [kind, setKind] = useState("family");
  const [unit, setUnit] = useState("");
  const kindName = (each: string) => t(`org.tie.${each}` as MessageKey);
  const lines = one.ties.map((tie) => ({
    id: tie.id,
    words: (
      <>
        <strong>{kindName(tie.kind)}</strong> {nameOf(find(units, "id", tie.unit), tie.unit)} <Until at={tie.until} />{" "}
        <Chip tone={tie.bars ? "warn" : "calm"}>{t(tie.bars ? "org.bars" : "org.barsNot")}</Chip>
      </>
    ),
  }));
  return (
    <Part title={t("org.ties")} empty={t("org.noTies")} lines={lines} path="ties" {...part}>
      <Choose
        label={t("org.tieKind")}
        value={kind}
        options={words.ties.map((each) => ({ value: each, words: kindName(each) }))}
        onChange={setKind}
      />
      <PickUnit units={units} value={unit} onChange={setUnit} />
      <Button
        kind="primary"
        busy={part.busy}
        disabled={!unit}
        onClick={() => void part.run("POST", `${address}/ties`, { kind, unit })}
      >
        {t("org.add")}
      </Button>
    </Part>
  );
}

function Account({ one, address, run, busy }: Omit<PartProps, "may">): ReactElement {
  const { t } = useI18n();
  const [password, setPassword] = useState("");
  return (
    <section className="org-part">
      <h3>{t("org.account")}</h3>
      <div className="org-add">
        <Field label={t("org.password")}>
          <input
            className="input"
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button
          busy={busy}
          disabled={password.length < 8}
          onClick={() => void run("POST", `${address}/password`, { password }).then(() => setPassword(""))}
        >
          {t("org.givePassword")}
        </Button>
        {one.lockedUntil ? (
          <Button icon="key" busy={busy} onClick={() => void run("POST", `${address}/unlock`)}>
            {t("org.unlock")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
