import { useState, type ReactElement } from "react";

import type { Task } from "../api/types";
import { useI18n } from "../i18n";
import { Choices } from "../worklist/FilterSheet";
import { ActionSheet, Words } from "./ActionSheet";

/** A signer's opinion; whoever refuses says why. */
export function SignSheet({ task, onClose }: { task: Task; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [opinion, setOpinion] = useState("");
  const [comment, setComment] = useState("");
  const ready = opinion === "yes" || (opinion === "no" && comment.trim());
  return (
    <ActionSheet
      task={task}
      action="sign"
      title={t("sign.title", { name: task.name })}
      submit={t("action.sign")}
      body={ready ? { agree: opinion === "yes", comment: comment.trim() } : null}
      done={t("sign.done")}
      leaves
      onClose={onClose}
    >
      <Choices
        name="opinion"
        legend={t("sign.opinion")}
        value={opinion}
        onChange={setOpinion}
        options={[
          { value: "yes", label: t("sign.agree") },
          { value: "no", label: t("sign.refuse") },
        ]}
      />
      <Words label={t(opinion === "no" ? "sign.why" : "sign.comment")} value={comment} onChange={setComment} />
    </ActionSheet>
  );
}
