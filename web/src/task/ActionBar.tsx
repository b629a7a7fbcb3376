import { useState, type ReactElement, type ReactNode } from "react";

import type { Task, TaskAction } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Button } from "../ui/Button";
import { Icon, type IconName } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { errorWords } from "../ui/states";
import { useToast } from "../ui/toast";
import { isChanged, useTaskAction } from "./actions";
import { PeopleSheet } from "./PeopleSheet";
import { SendBackSheet } from "./SendBackSheet";
import { SignersSheet } from "./SignersSheet";
import { SignSheet } from "./SignSheet";

interface Props {
  task: Task;
  busy: boolean;
  chip: ReactNode;
  onComplete: () => void;
}

type Asking = "delegate" | "assign" | "sendBack" | "addSigners" | "sign" | "more" | null;
interface Way {
  action: TaskAction;
  icon: IconName;
  label: MessageKey;
  hint: MessageKey;
}

/** What else can be done with a task, besides completing it; in the order of how often it is. */
const WAYS: Way[] = [
  { action: "sendBack", icon: "back", label: "action.sendBack", hint: "action.sendBackHint" },
  { action: "delegate", icon: "swap", label: "action.passOn", hint: "action.passOnHint" },
  { action: "assign", icon: "person", label: "action.assign", hint: "action.assignHint" },
  { action: "addSigners", icon: "plus", label: "action.addSigners", hint: "action.addSignersHint" },
  { action: "unclaim", icon: "release", label: "action.unclaim", hint: "action.unclaimHint" },
];

/** What can be done with the task, always in reach at the lower edge. */
export function ActionBar({ task, busy, chip, onComplete }: Props): ReactElement | null {
  const { t } = useI18n();
  const { run, running } = useSimpleAction(task);
  const [asking, setAsking] = useState<Asking>(null);
  const ways = WAYS.filter((way) => offered(task, way.action));
  const primary = primaryOf(task);
  if (!primary && ways.length === 0 && !task.actions.withdraw.allowed) return null;
  const choose = (action: TaskAction) => {
    if (action === "unclaim") void run("unclaim").then(() => setAsking(null));
    else setAsking(action as Asking);
  };
  return (
    <footer className="action-bar">
      <div className="action-bar-chip">{chip}</div>
      {ways.length > 2 ? (
        <Button icon="more" onClick={() => setAsking("more")}>
          {t("action.more")}
        </Button>
      ) : (
        ways.map((way) => (
          <Button key={way.action} icon={way.icon} busy={running === way.action} onClick={() => choose(way.action)}>
            {t(way.label)}
          </Button>
        ))
      )}
      {task.actions.withdraw.allowed ? (
        <Button icon="release" busy={running === "withdraw"} onClick={() => void run("withdraw")}>
          {t("action.withdraw")}
        </Button>
      ) : null}
      {primary === "claim" ? (
        <Button kind="primary" icon="claim" busy={running === "claim"} onClick={() => void run("claim")}>
          {t("action.claim")}
        </Button>
      ) : primary === "complete" ? (
        <Button kind="primary" icon="check" busy={busy} onClick={onComplete}>
          {t(task.delegatedBy ? "action.handIn" : "action.complete")}
        </Button>
      ) : primary === "sign" ? (
        <Button kind="primary" icon="check" onClick={() => setAsking("sign")}>
          {t("action.sign")}
        </Button>
      ) : null}
      {asking === "more" ? (
        <Sheet title={t("action.more")} onClose={() => setAsking(null)}>
          <ul className="action-list">
            {ways.map((way) => (
              <li key={way.action}>
                <button type="button" onClick={() => choose(way.action)}>
                  <Icon name={way.icon} size={22} />
                  <strong>{t(way.label)}</strong>
                  <small>{t(way.hint)}</small>
                </button>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
      {asking === "delegate" || asking === "assign" ? (
        <PeopleSheet task={task} action={asking} onClose={() => setAsking(null)} />
      ) : null}
      {asking === "sendBack" ? <SendBackSheet task={task} onClose={() => setAsking(null)} /> : null}
      {asking === "addSigners" ? <SignersSheet task={task} onClose={() => setAsking(null)} /> : null}
      {asking === "sign" ? <SignSheet task={task} onClose={() => setAsking(null)} /> : null}
    </footer>
  );
}

function offered(task: Task, action: TaskAction): boolean {
  if (!task.actions[action].allowed) return false;
  if (action === "unclaim") return task.assignee !== null;
  return action !== "assign" || !task.actions.delegate.allowed;
}

function primaryOf(task: Task): "claim" | "complete" | "sign" | null {
  const { claim, complete, sign } = task.actions;
  if (sign.allowed) return "sign";
  if (!task.assignee) return claim.allowed ? "claim" : null;
  return complete.allowed ? "complete" : null;
}

const DONE: Record<"claim" | "unclaim" | "withdraw", MessageKey> = {
  claim: "task.claimed",
  unclaim: "task.released",
  withdraw: "task.withdrawn",
};

function useSimpleAction(task: Task) {
  const { t } = useI18n();
  const act = useTaskAction();
  const toast = useToast();
  const [running, setRunning] = useState<TaskAction | null>(null);
  const run = async (action: "claim" | "unclaim" | "withdraw") => {
    setRunning(action);
    try {
      const answer = await act(task, action);
      toast(answer ? t(DONE[action], { name: task.name }) : t("outbox.kept"));
    } catch (error) {
      toast(isChanged(error) ? t("task.claimedByOther") : errorWords(error, t), "bad");
    } finally {
      setRunning(null);
    }
  };
  return { run, running };
}
