import { useState, type SubmitEvent, type ReactElement } from "react";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { MomentAt } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { errorWords } from "../ui/states";
import { useToast } from "../ui/toast";

/** To the last entry at or before a moment of the clock. */
export function JumpToDate({ caseId, onFound }: { caseId: string; onFound: (seq: number) => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const [when, setWhen] = useState("");
  const [busy, setBusy] = useState(false);
  const jump = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!when) return;
    setBusy(true);
    try {
      const at = new Date(when).toISOString();
      onFound((await request<MomentAt>(`${path.case(caseId)}/at`, { query: { at } })).seq);
    } catch (error) {
      toast(errorWords(error, t), "bad");
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="replay-jump" onSubmit={(event) => void jump(event)}>
      <input
        type="datetime-local"
        className="input"
        aria-label={t("replay.date")}
        value={when}
        onChange={(event) => setWhen(event.target.value)}
      />
      <Button type="submit" busy={busy}>
        {t("replay.jump")}
      </Button>
    </form>
  );
}
