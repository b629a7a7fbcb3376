import { useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { useSession, useWorks } from "../session/session";
import { Button } from "../ui/Button";
import { useSettled } from "../ui/hooks";
import { Moment, Search } from "../ui/parts";
import { Failure, Loading } from "../ui/states";
import { useChange, useList, type Colleague, type Substitution } from "./api";
import { Ask, Field } from "./NewSheets";
import "./people.css";

/** Who stands in for whom: one's own absences, and, for who leads people, theirs. */
export function Substitutions(): ReactElement | null {
  const { t } = useI18n();
  const works = useWorks();
  return works ? (
    <section className="panel">
      <h2>{t("stand.title")}</h2>
      <p className="faint">{t("stand.hint")}</p>
      <List />
    </section>
  ) : null;
}

function List(): ReactElement {
  const { t } = useI18n();
  const query = useList<{ items: Substitution[] }>("substitutions", "/substitutions");
  const { run, busy } = useChange("substitutions", "tasks", "counts");
  const [adding, setAdding] = useState(false);
  if (query.isPending) return <Loading rows={2} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {query.data.items.length === 0 ? <p className="faint">{t("stand.none")}</p> : null}
      <ul className="org-lines">
        {query.data.items.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{t("stand.line", { substitute: one.substitute.name, absent: one.absent.name })}</strong>
              <br />
              <small className="faint">
                <Moment at={one.since} /> – <Moment at={one.until} /> {one.reason}
              </small>
            </span>
            <Button icon="close" busy={busy} onClick={() => void run("DELETE", `/substitutions/${one.id}`)}>
              {t("org.end")}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t("stand.new")}
        </Button>
      </div>
      {adding ? <NewSubstitution onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function NewSubstitution({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const me = useSession().person;
  const { run, busy, problem } = useChange("substitutions", "tasks", "counts");
  const [absent, setAbsent] = useState<Pick<Colleague, "id" | "name">>(me);
  const [substitute, setSubstitute] = useState<Pick<Colleague, "id" | "name"> | null>(null);
  const [since, setSince] = useState(() => new Date().toISOString().slice(0, 10));
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const save = async () => {
    const body = {
      absent: absent.id,
      substitute: substitute?.id,
      since: new Date(`${since}T00:00:00`).toISOString(),
      until: new Date(`${until}T23:59:59`).toISOString(),
      reason,
    };
    if (await run("POST", "/substitutions", body, t("stand.done"))) onClose();
  };
  return (
    <Ask
      title={t("stand.new")}
      ready={Boolean(substitute && until && since)}
      busy={busy}
      problem={problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Pick label={t("stand.absent")} chosen={absent} onChoose={setAbsent} />
      <Pick label={t("stand.substitute")} chosen={substitute} onChoose={setSubstitute} />
      <div className="org-add">
        <Field label={t("stand.since")}>
          <input className="input" type="date" value={since} onChange={(event) => setSince(event.target.value)} />
        </Field>
        <Field label={t("stand.until")}>
          <input
            className="input"
            type="date"
            value={until}
            min={since}
            onChange={(event) => setUntil(event.target.value)}
          />
        </Field>
      </div>
      <Field label={t("stand.reason")}>
        <input className="input" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Ask>
  );
}

interface PickProps {
  label: string;
  chosen: Pick<Colleague, "id" | "name"> | null;
  onChoose: (one: Colleague) => void;
}

/** A colleague, found by name. */
function Pick({ label, chosen, onChoose }: PickProps): ReactElement {
  const { t, language } = useI18n();
  const [text, setText] = useState("");
  const q = useSettled(text);
  const query = useList<{ items: Colleague[] }>("colleagues", "/colleagues", { q });
  return (
    <fieldset className="choices people">
      <legend>
        {label}
        {chosen ? <strong>：{chosen.name}</strong> : null}
      </legend>
      <Search label={t("people.search")} value={text} onChange={setText} />
      {text.trim()
        ? query.data?.items.slice(0, 6).map((one) => (
            <label key={one.id} className="choice">
              <input type="radio" name={label} checked={chosen?.id === one.id} onChange={() => onChoose(one)} />
              <span>
                {one.name} <small>{language === "en" ? one.unitNameEn : one.unitName}</small>
              </span>
            </label>
          ))
        : null}
    </fieldset>
  );
}
