import { useState, type ReactElement } from "react";

import type { Task } from "../api/types";
import { useI18n } from "../i18n";
import { ActionSheet, Words } from "./ActionSheet";

/** Return the work to an earlier step, with a reason that the person there reads first. */
export function SendBackSheet({ task, onClose }: { task: Task; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [target, setTarget] = useState(task.waysBack.length === 1 ? (task.waysBack[0]?.element ?? "") : "");
  const [reason, setReason] = useState("");
  const chosen = task.waysBack.find((way) => way.element === target);
  const ready = chosen && reason.trim();
  return (
    <ActionSheet
      task={task}
      action="sendBack"
      title={t("sendBack.title")}
      submit={chosen ? t("sendBack.to", { name: chosen.name }) : t("sendBack.pick")}
      body={ready ? { target, reason: reason.trim() } : null}
      done={t("sendBack.done", { name: chosen?.name ?? "" })}
      leaves
      onClose={onClose}
    >
      <fieldset className="choices people">
        <legend>{t("sendBack.pick")}</legend>
        {task.waysBack.map((way) => (
          <label key={way.element} className="choice">
            <input
              type="radio"
              name="target"
              checked={target === way.element}
              onChange={() => setTarget(way.element)}
            />
            <span>
              <strong>{way.name}</strong> {way.person ? <small>{way.person.name}</small> : null}
            </span>
          </label>
        ))}
      </fieldset>
      <Words label={t("sendBack.reason")} value={reason} onChange={setReason} />
      <p className="faint">{t("sendBack.hint")}</p>
    </ActionSheet>
  );
}
