import { lazy, Suspense, useState, type ReactElement } from "react";

import { request, uuid } from "../api/client";
import { path, useRefresh } from "../api/queries";
import type { Case, FormData } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import type { IconName } from "../ui/Icon";
import { ReasonSheet } from "../ui/ReasonSheet";
import { useToast } from "../ui/toast";

const ChangeSheet = lazy(() => import("../incidents/ChangeSheet").then((module) => ({ default: module.ChangeSheet })));
const DueSheet = lazy(() => import("../incidents/DueSheet").then((module) => ({ default: module.DueSheet })));
const MoveSheet = lazy(() => import("../incidents/MoveSheet").then((module) => ({ default: module.MoveSheet })));

type Action = keyof Case["actions"];

const LOOK: Record<Action, { icon: IconName; label: MessageKey; ask: MessageKey; done: MessageKey }> = {
  suspend: { icon: "pause", label: "case.suspend", ask: "case.suspendAsk", done: "case.suspendDone" },
  resume: { icon: "play", label: "case.resume", ask: "case.resumeAsk", done: "case.resumeDone" },
  cancel: { icon: "stop", label: "case.cancel", ask: "case.cancelAsk", done: "case.cancelDone" },
};

interface Props {
  one: Case;
  /** Other data than the case's outermost: what an incident's element sees, and where it stands. */
  data?: { variables: FormData; scope: string };
}

/** What a process owner may do with a running case. Each needs a reason, which the history keeps. */
export function CaseActions({ one, data }: Props): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState<Action | "change" | "move" | "due" | null>(null);
  const allowed = (Object.keys(LOOK) as Action[]).filter((action) => one.actions[action].allowed);
  if (allowed.length === 0) return <></>;
  const open = one.tasks.filter((task) => task.state === "created" || task.state === "claimed");
  const close = () => setAsking(null);
  return (
    <div className="case-actions">
      <Button icon="file" onClick={() => setAsking("change")}>
        {t("operate.change")}
      </Button>
      {one.status === "active" ? (
        <Button icon="swap" onClick={() => setAsking("move")}>
          {t("operate.move")}
        </Button>
      ) : null}
      {open.length > 0 ? (
        <Button icon="clock" onClick={() => setAsking("due")}>
          {t("due.change")}
        </Button>
      ) : null}
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
      <Suspense>
        {asking === "change" ? (
          <ChangeSheet
            caseId={one.id}
            scope={data?.scope}
            variables={data?.variables ?? one.variables}
            labels={one.labels}
            onClose={close}
          />
        ) : null}
        {asking === "move" ? <MoveSheet caseId={one.id} onClose={close} /> : null}
        {asking === "due" ? <DueSheet caseId={one.id} tasks={open} onClose={close} /> : null}
      </Suspense>
      {asking && asking !== "change" && asking !== "move" && asking !== "due" ? (
        <Ask one={one} action={asking} onClose={close} />
      ) : null}
    </div>
  );
}

function Ask({ one, action, onClose }: { one: Case; action: Action; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const look = LOOK[action];
  const send = async (reason: string) => {
    await request(`${path.case(one.id)}/${action}`, { method: "POST", json: { reason }, key });
    toast(t(look.done));
    await refresh(one.id);
  };
  return (
    <ReasonSheet
      title={t(look.label)}
      ask={t(look.ask)}
      icon={look.icon}
      danger={action === "cancel"}
      onSend={send}
      onClose={onClose}
    />
  );
}
