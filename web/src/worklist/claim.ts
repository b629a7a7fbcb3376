import { useState } from "react";

import type { TaskSummary } from "../api/types";
import { useI18n } from "../i18n";
import { isChanged, useTaskAction } from "../task/actions";
import { errorWords } from "../ui/states";
import { useToast } from "../ui/toast";

/** Claim straight from the list; `busy` is the id of the task being claimed. */
export function useClaim(): { busy: string | null; claim: (task: TaskSummary) => Promise<boolean> } {
  const act = useTaskAction();
  const toast = useToast();
  const { t } = useI18n();
  const [busy, setBusy] = useState<string | null>(null);
  const claim = async (task: TaskSummary) => {
    setBusy(task.id);
    try {
      const answer = await act(task, "claim");
      toast(answer ? t("task.claimed", { name: task.name }) : t("outbox.kept"));
      return true;
    } catch (error) {
      toast(isChanged(error) ? t("task.claimedByOther") : errorWords(error, t), "bad");
      return false;
    } finally {
      setBusy(null);
    }
  };
  return { busy, claim };
}
