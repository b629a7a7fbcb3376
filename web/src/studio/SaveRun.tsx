import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { saveTry, type StudioDraft, type Try as Run } from "./api";
import type { Saver } from "./saver";

/** The run as a scenario of the draft, which will be played again after every change. */
export function SaveRun({ draft, saver, run }: { draft: StudioDraft; saver: Saver; run: Run }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [error, setError] = useState<unknown>(null);
  const process = run.cases[0]?.process ?? "run";
  const save = async () => {
    const path = `${process}-${draft.files.length}-${run.steps}.scenario.yaml`;
    try {
      saver.moved((await saveTry(run.id, path, name.trim() || process, saver.version)).version);
      await client.invalidateQueries({ queryKey: ["draft", draft.id] });
      toast(t("studio.try.saved", { path }));
      setOpen(false);
    } catch (refused) {
      setError(refused);
    }
  };
  const footer = (
    <>
      <Button onClick={() => setOpen(false)}>{t("action.cancel")}</Button>
      <Button kind="primary" icon="check" onClick={() => void save()}>
        {t("studio.try.save")}
      </Button>
    </>
  );
  return (
    <>
      <Button icon="check" onClick={() => setOpen(true)}>
        {t("studio.try.save")}
      </Button>
      {open ? (
        <Sheet title={t("studio.try.save")} onClose={() => setOpen(false)} footer={footer}>
          {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
          <label className="field">
            <span>{t("studio.try.name")}</span>
            <input className="input" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
          </label>
        </Sheet>
      ) : null}
    </>
  );
}
