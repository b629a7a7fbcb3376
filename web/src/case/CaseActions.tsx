import { useState, type ReactElement } from "react";

import { Refused, request, uuid } from "../api/client";
import { path, useRefresh } from "../api/queries";
import type { Case } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import type { IconName } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

type Action = keyof Case["actions"];

const LOOK: Record<Action, { icon: IconName; label: MessageKey; ask: MessageKey; done: MessageKey }> = {
  suspend: { icon: "pause", label: "case.suspend", ask: "case.suspendAsk", done: "case.suspendDone" },
  resume: { icon: "play", label: "case.resume", ask: "case.resumeAsk", done: "case.resumeDone" },
  cancel: { icon: "stop", label: "case.cancel", ask: "case.cancelAsk", done: "case.cancelDone" },
};

/** What a process owner may do with a running case. Each needs a reason, which the history keeps. */
export function CaseActions({ one }: { one: Case }): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState<Action | null>(null);
  const allowed = (Object.keys(LOOK) as Action[]).filter((action) => one.actions[action].allowed);
  if (allowed.length === 0) return <></>;
  return (
    <div className="case-actions">
      {allowed.map((action) => (
        <Button
          key={action}
          kind={action === "cancel" ? "danger" : "plain"}
          icon={LOOK[action].icon}
          onClick={() => setAsking(action)}
        >
          {t(LOOK[action].label)}
        </Button>
      ))}
      {asking ? <Ask one={one} action={asking} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

function Ask({ one, action, onClose }: { one: Case; action: Action; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const look = LOOK[action];

  const send = async () => {
    if (!reason.trim()) {
      setProblem(t("case.reasonNeeded"));
      return;
    }
    setBusy(true);
    try {
      await request(`${path.case(one.id)}/${action}`, { method: "POST", json: { reason: reason.trim() }, key });
      toast(t(look.done));
      onClose();
      await refresh(one.id);
    } catch (error) {
      setProblem(error instanceof Refused && error.status === 409 ? error.message : errorWords(error, t));
      setBusy(false);
    }
  };

  return (
    <Sheet
      title={t(look.label)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind={action === "cancel" ? "danger" : "primary"}
            icon={look.icon}
            busy={busy}
            onClick={() => void send()}
          >
            {t(look.label)}
          </Button>
        </>
      }
    >
      <p>{t(look.ask)}</p>
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
