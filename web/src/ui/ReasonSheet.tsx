import { useState, type ReactElement, type ReactNode } from "react";

import { Refused } from "../api/client";
import { useI18n } from "../i18n";
import { Button } from "./Button";
import type { IconName } from "./Icon";
import { Sheet } from "./Sheet";
import { errorWords, Notice } from "./states";

interface Props {
  title: string;
  ask: string;
  icon: IconName;
  danger?: boolean;
  wide?: boolean;
  /** What else is to be chosen, above the reason. */
  children?: ReactNode;
  /** Why it cannot be sent yet; empty when it can. */
  missing?: string;
  onSend: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Asks why, does it, closes: for every action that leaves a reason behind. What goes wrong is said in the dialog. */
export function ReasonSheet(props: Props): ReactElement {
  const { t } = useI18n();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const missing = props.missing || (reason.trim() ? "" : t("case.reasonNeeded"));
    setProblem(missing);
    if (missing) return;
    setBusy(true);
    try {
      await props.onSend(reason.trim());
      props.onClose();
    } catch (error) {
      setProblem(error instanceof Refused && error.status === 409 ? error.message : errorWords(error, t));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={props.title}
      wide={props.wide}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button kind={props.danger ? "danger" : "primary"} icon={props.icon} busy={busy} onClick={() => void send()}>
            {props.title}
          </Button>
        </>
      }
    >
      <p>{props.ask}</p>
      {props.children}
      <label className="field">
        <span>{t("case.reason")}</span>
        <textarea
          className="input"
          rows={3}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}
