import type { ReactElement } from "react";

import { useI18n, type MessageKey } from "../i18n";
import type { IconName } from "../ui/Icon";
import { Chip, type Tone } from "../ui/states";
import type { DraftState } from "./drafts";

const LOOK: Record<DraftState, { tone: Tone; icon: IconName; key: MessageKey }> = {
  clean: { tone: "calm", icon: "cloud", key: "draft.clean" },
  saving: { tone: "calm", icon: "send", key: "draft.saving" },
  saved: { tone: "good", icon: "check", key: "draft.saved" },
  unsent: { tone: "warn", icon: "cloudOff", key: "draft.unsent" },
  refused: { tone: "bad", icon: "alert", key: "draft.refused" },
};

/** Whether the server has what was typed. */
export function DraftChip({ state }: { state: DraftState }): ReactElement {
  const { t } = useI18n();
  const look = LOOK[state];
  return (
    <span role="status">
      <Chip tone={look.tone} icon={look.icon}>
        {t(look.key)}
      </Chip>
    </span>
  );
}
