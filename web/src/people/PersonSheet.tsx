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

function Part({ title, empty, children }: { title: string; empty: string | null; children: ReactNode }): ReactElement {
  return (
    <section className="org-part">
      <h3>{title}</h3>
      {empty ? <p className="faint">{empty}</p> : null}
      {children}
    </section>
  );
}

function useUnitName(units: UnitLine[]): (id: string) => string {
  const { language } = useI18n();
  return (id) => {
    const found = units.find((one) => one.id === id);
    return found ? (language === "en" ? found.nameEn : found.name) : id;
  };
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
  run,
  busy,
  may,
}: PartProps & { units: UnitLine[]; words: Vocabulary }): ReactElement {
  const { t, language } = useI18n();
  const unitName = useUnitName(units);
  const [role, setRole] = useState("");
  const [unit, setUnit] = useState(one.unit);
  const [until, setUntil] = useState("");
  const nameOf = (id: string) => {
    const found = words.roles.find((each) => each.role === id);
    return found ? (language === "en" ? found.nameEn : found.name) : id;
  };
  const give = async () => {
    const end = until ? { until: new Date(`${until}T00:00:00`).toISOString() } : {};
    if (await run("POST", `${address}/grants`, { role, unit, ...end })) setRole("");
  };
  return (
    <Part title={t("org.roles")} empty={one.grants.length === 0 ? t("org.noRoles") : null}>
      <ul className="org-lines">
        {one.grants.map((grant) => (
          <li key={grant.id}>
            <span>
              <strong>{nameOf(grant.role)}</strong> {unitName(grant.unit)} <Until at={grant.until} />
            </span>
            {may ? (
              <Button icon="close" busy={busy} onClick={() => void run("DELETE", `/grants/${grant.id}`)}>
                {t("org.end")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? (
        <div className="org-add">
          <Field label={t("org.role")}>
            <select className="input" value={role} onChange={(event) => setRole(event.target.value)}>
              <option value="">{t("org.pickRole")}</option>
              {words.roles.map((each) => (
                <option key={each.role} value={each.role}>
                  {language === "en" ? each.nameEn : each.name}
                </option>
              ))}
            </select>
          </Field>
          <PickUnit units={units} value={unit} onChange={setUnit} />
          <Field label={t("org.untilDay")}>
            <input className="input" type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </Field>
          <Button kind="primary" busy={busy} disabled={!role || !unit} onClick={() => void give()}>
            {t("org.give")}
          </Button>
        </div>
      ) : null}
    </Part>
  );
}

function Competences({ one, words, address, run, busy, may }: PartProps & { words: Vocabulary }): ReactElement {
  const { t, language } = useI18n();
  const [kind, setKind] = useState("");
  const [until, setUntil] = useState("");
  const nameOf = (id: string) => {
    const found = words.competences.find((each) => each.kind === id);
    return found ? (language === "en" ? found.nameEn : found.name) : id;
  };
  const add = async () => {
    const end = until ? { until: new Date(`${until}T00:00:00`).toISOString() } : {};
    if (await run("POST", `${address}/competences`, { kind, ...end })) setKind("");
  };
  return (
    <Part title={t("org.competences")} empty={one.competences.length === 0 ? t("org.noCompetences") : null}>
      <ul className="org-lines">
        {one.competences.map((each) => (
          <li key={each.id}>
            <span>
              <strong>{nameOf(each.kind)}</strong> {t("org.level", { n: each.level })} <Until at={each.until} />
            </span>
            {may ? (
              <Button icon="close" busy={busy} onClick={() => void run("DELETE", `/competences/${each.id}`)}>
                {t("org.end")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? (
        <div className="org-add">
          <Field label={t("org.competence")}>
            <select className="input" value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">{t("org.pickCompetence")}</option>
              {words.competences.map((each) => (
                <option key={each.kind} value={each.kind}>
                  {language === "en" ? each.nameEn : each.name}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t("org.untilDay")}>
            <input className="input" type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </Field>
          <Button kind="primary" busy={busy} disabled={!kind} onClick={() => void add()}>
            {t("org.add")}
          </Button>
        </div>
      ) : null}
    </Part>
  );
}

function Ties({
  one,
  units,
  words,
  address,
  run,
  busy,
  may,
}: PartProps & { units: UnitLine[]; words: Vocabulary }): ReactElement {
  const { t } = useI18n();
  const unitName = useUnitName(units);
  const [kind, setKind] = useState("family");
  const [unit, setUnit] = useState("");
  return (
    <Part title={t("org.ties")} empty={one.ties.length === 0 ? t("org.noTies") : null}>
      <ul className="org-lines">
        {one.ties.map((tie) => (
          <li key={tie.id}>
            <span>
              <strong>{t(`org.tie.${tie.kind}` as MessageKey)}</strong> {unitName(tie.unit)} <Until at={tie.until} />{" "}
              <Chip tone={tie.bars ? "warn" : "calm"}>{t(tie.bars ? "org.bars" : "org.barsNot")}</Chip>
            </span>
            {may ? (
              <Button icon="close" busy={busy} onClick={() => void run("DELETE", `/ties/${tie.id}`)}>
                {t("org.end")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? (
        <div className="org-add">
          <Field label={t("org.tieKind")}>
            <select className="input" value={kind} onChange={(event) => setKind(event.target.value)}>
              {words.ties.map((each) => (
                <option key={each} value={each}>
                  {t(`org.tie.${each}` as MessageKey)}
                </option>
              ))}
            </select>
          </Field>
          <PickUnit units={units} value={unit} onChange={setUnit} />
          <Button
            kind="primary"
            busy={busy}
            disabled={!unit}
            onClick={() => void run("POST", `${address}/ties`, { kind, unit })}
          >
            {t("org.add")}
          </Button>
        </div>
      ) : null}
    </Part>
  );
}

function Account({ one, address, run, busy }: Omit<PartProps, "may">): ReactElement {
  const { t } = useI18n();
  const [password, setPassword] = useState("");
  return (
    <Part title={t("org.account")} empty={null}>
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
    </Part>
  );
}
