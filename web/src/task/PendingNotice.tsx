import { useState, type ReactElement } from "react";
import { useNavigate } from "react-router";

import type { Task } from "../api/types";
import { useI18n } from "../i18n";
import { actionWords } from "../outbox/words";
import { outbox, useKept } from "../outbox/device";
import { Button } from "../ui/Button";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { handedIn, pendingAction, useTaskAction } from "./actions";
import { ChangedSheet } from "./ChangedSheet";

/** What was done with the task on this device and is not on the server: still on its way, or turned down. */
export function PendingNotice({ task }: { task: Task }): ReactElement | null {
  const { t } = useI18n();
  const pending = pendingAction(useKept(task.id).kept);
  const [comparing, setComparing] = useState(false);
  const again = useAgain(task);
  if (!pending) return null;
  const { letter, state, problem } = pending;
  const action = actionWords(letter.kind, t);
  const drop = () => void outbox.discard(letter.id);
  if (state !== "refused") {
    return (
      <Notice tone="info">
        <p>{t("outbox.waitsHere", { action })}</p>
        {state === "waiting" ? <Button onClick={drop}>{t("outbox.takeBack")}</Button> : null}
      </Notice>
    );
  }
  return (
    <Notice tone="bad">
      <p>{t("outbox.refusedHere", { action, reason: errorWords(problem, t) })}</p>
      <div className="notice-actions">
        {letter.kind === "complete" ? <Button onClick={() => setComparing(true)}>{t("changed.compare")}</Button> : null}
        <Button onClick={drop}>{t("outbox.undo")}</Button>
      </div>
      {comparing ? (
        <ChangedSheet
          task={task}
          data={handedIn(letter)}
          onClose={() => setComparing(false)}
          onAgain={(now) => void again(now, handedIn(letter))}
        />
      ) : null}
    </Notice>
  );
}

function useAgain(task: Task) {
  const act = useTaskAction();
  const toast = useToast();
  const navigate = useNavigate();
  const { t } = useI18n();
  return async (now: Task, data: Task["data"]) => {
    try {
      const answer = await act(now, "complete", { data });
      toast(answer ? t("task.done", { name: task.name }) : t("outbox.kept"));
      void navigate("/tasks", { replace: true });
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
}
