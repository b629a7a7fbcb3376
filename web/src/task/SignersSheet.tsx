import { useState, type ReactElement } from "react";

import type { Candidate, Task } from "../api/types";
import { useI18n } from "../i18n";
import { Choices } from "../worklist/FilterSheet";
import { ActionSheet, Words } from "./ActionSheet";
import { People } from "./PeopleSheet";

/** Ask colleagues to sign: before one completes the task, or after it, before the work moves on. */
export function SignersSheet({ task, onClose }: { task: Task; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [people, setPeople] = useState<Candidate[]>([]);
  const [when, setWhen] = useState("before");
  const [rule, setRule] = useState("all");
  const [reason, setReason] = useState("");
  const toggle = (one: Candidate) =>
    setPeople((before) =>
      before.some((other) => other.id === one.id) ? before.filter((other) => other.id !== one.id) : [...before, one],
    );
  const ids = people.map((one) => one.id);
  return (
    <ActionSheet
      task={task}
      action="addSigners"
      title={t("signers.title")}
      submit={people.length > 0 ? t("signers.ask", { n: people.length }) : t("people.pick")}
      body={people.length > 0 ? { people: ids, when, rule, reason: reason.trim() } : null}
      done={t(when === "before" ? "signers.done" : "signers.doneAfter")}
      onClose={onClose}
    >
      <People task={task} to="sign" chosen={ids} multiple onChoose={toggle} />
      {people.length > 0 ? (
        <p className="chips">
          {people.map((one) => (
            <span key={one.id} className="chip chip-info">
              {one.name}
            </span>
          ))}
        </p>
      ) : null}
      <Choices
        name="when"
        legend={t("signers.when")}
        value={when}
        onChange={setWhen}
        options={[
          { value: "before", label: t("signers.before") },
          { value: "after", label: t("signers.after") },
        ]}
      />
      {people.length > 1 ? (
        <Choices
          name="rule"
          legend={t("signers.rule")}
          value={rule}
          onChange={setRule}
          options={[
            { value: "all", label: t("signers.all") },
            { value: "any", label: t("signers.any") },
          ]}
        />
      ) : null}
      <Words label={t("people.note")} value={reason} onChange={setReason} />
    </ActionSheet>
  );
}
