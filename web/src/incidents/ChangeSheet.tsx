import "./incidents.css";

import { useId, useState, type ReactElement } from "react";

import { request, uuid } from "../api/client";
import { path, useRefresh } from "../api/queries";
import type { FormData } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { ReasonSheet } from "../ui/ReasonSheet";
import { useToast } from "../ui/toast";
import { changesOf, shown, type Edit } from "./values";

interface Props {
  caseId: string;
  scope?: string;
  variables: FormData;
  labels: Record<string, { label: string }>;
  onClose: () => void;
}

/** Put a case's data right: which value, old and new side by side, and why. */
export function ChangeSheet({ caseId, scope = "", variables, labels, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const [edits, setEdits] = useState<Edit[]>([]);
  const changes = changesOf(edits);
  const send = async (reason: string) => {
    await request(`${path.case(caseId)}/variables`, { method: "POST", json: { changes, reason, scope }, key });
    toast(t("operate.changed"));
    await refresh(caseId);
  };
  return (
    <ReasonSheet
      wide
      title={t("operate.change")}
      ask={t("operate.changeAsk")}
      icon="check"
      missing={Object.keys(changes).length === 0 ? t("operate.nothingChanged") : ""}
      onSend={send}
      onClose={onClose}
    >
      <Edits edits={edits} setEdits={setEdits} variables={variables} labels={labels} />
    </ReasonSheet>
  );
}

interface EditsProps {
  edits: Edit[];
  setEdits: (edits: Edit[]) => void;
  variables: FormData;
  labels: Record<string, { label: string }>;
}

export function Edits({ edits, setEdits, variables, labels }: EditsProps): ReactElement {
  const { t } = useI18n();
  const id = useId();
  const named = (name: string) => (labels[name] ? `${labels[name].label} (${name})` : name);
  const set = (place: number, text: string) =>
    setEdits(edits.map((edit, at) => (at === place ? { ...edit, text } : edit)));
  const left = Object.keys(variables).filter((name) => !edits.some((edit) => edit.name === name));
  return (
    <div className="stack">
      {edits.map((edit, place) => (
        <div key={edit.name} className="edit">
          <label className="field" htmlFor={`${id}${place}`}>
            <span>{named(edit.name)}</span>
            <input
              id={`${id}${place}`}
              className="input"
              value={edit.text}
              onChange={(event) => set(place, event.target.value)}
            />
          </label>
          <span className="edit-old">{t("operate.was", { value: shown(edit.old) || "—" })}</span>
          <Button
            kind="quiet"
            icon="close"
            aria-label={t("operate.leave", { name: named(edit.name) })}
            onClick={() => setEdits(edits.filter((_, at) => at !== place))}
          />
        </div>
      ))}
      <label className="field" htmlFor={`${id}add`}>
        <span>{t("operate.pick")}</span>
        <select
          id={`${id}add`}
          className="input"
          value=""
          onChange={(event) => {
            const name = event.target.value;
            if (name) setEdits([...edits, { name, old: variables[name], text: shown(variables[name]) }]);
          }}
        >
          <option value="">{t("operate.pickOne")}</option>
          {left.map((name) => (
            <option key={name} value={name}>
              {named(name)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
