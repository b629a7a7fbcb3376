import { useState, type ReactElement, type ReactNode } from "react";

import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { Notice } from "../ui/states";
import { useChange, type UnitLine } from "./api";

export function Field({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <label className="field">
      <span>{label}</span>
      {children}
    </label>
  );
}

interface PickProps {
  units: UnitLine[];
  value: string;
  onChange: (id: string) => void;
}

export function PickUnit({ units, value, onChange }: PickProps): ReactElement {
  const { t, language } = useI18n();
  return (
    <Field label={t("org.unit")}>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("org.pickUnit")}</option>
        {units.map((one) => (
          <option key={one.id} value={one.id}>
            {language === "en" ? one.nameEn : one.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface AskProps {
  title: string;
  ready: boolean;
  busy: boolean;
  problem: string;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Ask({ title, ready, busy, problem, onSave, onClose, children }: AskProps): ReactElement {
  const { t } = useI18n();
  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!ready} onClick={onSave}>
            {t("org.save")}
          </Button>
        </>
      }
    >
      {children}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

export function NewUnit({
  units,
  kinds,
  parent,
  onClose,
}: {
  units: UnitLine[];
  kinds: string[];
  parent: string;
  onClose: () => void;
}): ReactElement {
  const { t } = useI18n();
  const { run, busy, problem } = useChange("units");
  const [above, setAbove] = useState(parent);
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [nameEn, setNameEn] = useState("");
  const [kind, setKind] = useState("station");
  const save = async () => {
    if (await run("POST", "/units", { id, parent: above, name, nameEn, kind })) onClose();
  };
  return (
    <Ask
      title={t("org.newUnit")}
      ready={Boolean(id && above && name && nameEn)}
      busy={busy}
      problem={problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <PickUnit units={units} value={above} onChange={setAbove} />
      <Field label={t("org.kind")}>
        <select className="input" value={kind} onChange={(event) => setKind(event.target.value)}>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`org.kind.${one}` as MessageKey)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t("org.id")}>
        <input className="input" value={id} maxLength={64} onChange={(event) => setId(event.target.value)} />
      </Field>
      <Field label={t("org.nameZh")}>
        <input className="input" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("org.nameEn")}>
        <input className="input" value={nameEn} maxLength={100} onChange={(event) => setNameEn(event.target.value)} />
      </Field>
    </Ask>
  );
}

export function NewPerson({
  units,
  unit,
  onClose,
}: {
  units: UnitLine[];
  unit: string;
  onClose: () => void;
}): ReactElement {
  const { t } = useI18n();
  const { run, busy, problem } = useChange("people-of", "units");
  const [place, setPlace] = useState(unit);
  const [username, setUsername] = useState("");
  const [name, setName] = useState("");
  const save = async () => {
    if (await run("POST", "/people", { username, name, unit: place })) onClose();
  };
  return (
    <Ask
      title={t("org.newPerson")}
      ready={Boolean(place && name && username.length > 1)}
      busy={busy}
      problem={problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Field label={t("org.name")}>
        <input className="input" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("org.username")}>
        <input
          className="input"
          value={username}
          maxLength={64}
          onChange={(event) => setUsername(event.target.value)}
        />
      </Field>
      <PickUnit units={units} value={place} onChange={setPlace} />
      <p className="faint">{t("org.newPersonHint")}</p>
    </Ask>
  );
}
