import { useState, type ReactElement, type ReactNode } from "react";
import { useNavigate } from "react-router";

import type { Task, TaskAction } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { isChanged, useTaskAction } from "./actions";

interface Props {
  task: Task;
  action: TaskAction;
  title: string;
  submit: string;
  /** What is sent; null while something is still missing. */
  body: object | null;
  done: string;
  /** The task leaves this person, so its page has nothing more to offer. */
  leaves?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that does one thing with a task, once, and says why when it could not. */
export function ActionSheet({
  task,
  action,
  title,
  submit,
  body,
  done,
  leaves,
  onClose,
  children,
}: Props): ReactElement {
  const { t } = useI18n();
  const navigate = useNavigate();
  const toast = useToast();
  const act = useTaskAction();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const send = async () => {
    if (!body) return;
    setBusy(true);
    try {
      const answer = await act(task, action, body);
      toast(answer ? done : t("outbox.kept"));
      if (leaves) void navigate("/tasks");
      else onClose();
    } catch (error) {
      setProblem(isChanged(error) ? t("task.claimedByOther") : errorWords(error, t));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!body} onClick={() => void send()}>
            {submit}
          </Button>
        </>
      }
    >
      {children}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

export function Words({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}): ReactElement {
  return (
    <label className="field">
      <span>{label}</span>
      <textarea
        className="input"
        rows={3}
        value={value}
        maxLength={500}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
