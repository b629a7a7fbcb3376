import { useState, type ReactElement, type ReactNode } from "react";

import type { Task, TaskAction } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { errorWords } from "../ui/states";
import { useToast } from "../ui/toast";
import { isChanged, useTaskAction } from "./actions";
import { PeopleSheet } from "./PeopleSheet";

interface Props {
  task: Task;
  busy: boolean;
  chip: ReactNode;
  onComplete: () => void;
}

/** What can be done with the task, always in reach at the lower edge. */
export function ActionBar({ task, busy, chip, onComplete }: Props): ReactElement | null {
  const { t } = useI18n();
  const { run, running } = useSimpleAction(task);
  const [giving, setGiving] = useState<"delegate" | "assign" | null>(null);
  const { claim, unclaim, complete, delegate, assign } = task.actions;
  if (![claim, unclaim, complete, delegate, assign].some((one) => one.allowed)) return null;
  const free = !task.assignee;
  return (
    <footer className="action-bar">
      <div className="action-bar-chip">{chip}</div>
      {unclaim.allowed && !free ? (
        <Button icon="release" busy={running === "unclaim"} onClick={() => void run("unclaim")}>
          {t("action.unclaim")}
        </Button>
      ) : null}
      {delegate.allowed ? (
        <Button icon="swap" onClick={() => setGiving("delegate")}>
          {t("action.delegate")}
        </Button>
      ) : null}
      {assign.allowed && !delegate.allowed ? (
        <Button icon="person" onClick={() => setGiving("assign")}>
          {t("action.assign")}
        </Button>
      ) : null}
      {free && claim.allowed ? (
        <Button kind="primary" icon="claim" busy={running === "claim"} onClick={() => void run("claim")}>
          {t("action.claim")}
        </Button>
      ) : complete.allowed && !free ? (
        <Button kind="primary" icon="check" busy={busy} onClick={onComplete}>
          {t("action.complete")}
        </Button>
      ) : null}
      {giving ? <PeopleSheet task={task} action={giving} onClose={() => setGiving(null)} /> : null}
    </footer>
  );
}

function useSimpleAction(task: Task) {
  const { t } = useI18n();
  const act = useTaskAction();
  const toast = useToast();
  const [running, setRunning] = useState<TaskAction | null>(null);
  const run = async (action: "claim" | "unclaim") => {
    setRunning(action);
    try {
      await act(task, action);
      toast(t(action === "claim" ? "task.claimed" : "task.released", { name: task.name }));
    } catch (error) {
      toast(isChanged(error) ? t("task.claimedByOther") : errorWords(error, t), "bad");
    } finally {
      setRunning(null);
    }
  };
  return { run, running };
}
