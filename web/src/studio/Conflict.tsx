import { useQueryClient } from "@tanstack/react-query";
import { useState, useSyncExternalStore, type ReactElement } from "react";

import { request } from "../api/client";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { draftPath, type StudioDraft } from "./api";
import type { Saver } from "./saver";

/** Somebody else saved the draft meanwhile: both versions are kept, and a person says which goes on. */
export function Conflict({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement | null {
  const { t } = useI18n();
  const client = useQueryClient();
  const state = useSyncExternalStore(saver.subscribe, () => saver.state);
  const [error, setError] = useState<unknown>(null);
  if (state === "refused" && saver.refusal) return <Notice tone="bad">{errorWords(saver.refusal, t)}</Notice>;
  if (state !== "conflict") return null;
  const decide = async (mine: boolean) => {
    try {
      const { version } = await request<StudioDraft>(draftPath(draft.id));
      if (mine) await saver.insist(version);
      else saver.giveUp(version);
      await client.invalidateQueries({ queryKey: ["draft", draft.id] });
    } catch (refused) {
      setError(refused);
    }
  };
  const footer = (
    <>
      <Button onClick={() => void decide(false)}>{t("studio.conflict.theirs")}</Button>
      <Button kind="primary" onClick={() => void decide(true)}>
        {t("studio.conflict.mine")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("studio.conflict")} onClose={() => void decide(false)} footer={footer}>
      {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
      <p>{t("studio.conflictHint")}</p>
    </Sheet>
  );
}
