import { useSyncExternalStore, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Chip, errorWords, type Tone } from "../ui/states";
import type { IconName } from "../ui/Icon";
import type { Saver, SaveState } from "./saver";

const LOOKS: Record<SaveState, { tone: Tone; icon: IconName }> = {
  saved: { tone: "good", icon: "done" },
  waiting: { tone: "calm", icon: "pencil" },
  saving: { tone: "info", icon: "cloud" },
  offline: { tone: "warn", icon: "cloudOff" },
  conflict: { tone: "bad", icon: "alert" },
  refused: { tone: "bad", icon: "alert" },
};

/** Whether the server has what was edited; nothing typed is ever only on the screen. */
export function SaveChip({ saver }: { saver: Saver }): ReactElement {
  const { t } = useI18n();
  const state = useSyncExternalStore(saver.subscribe, () => saver.state);
  const { tone, icon } = LOOKS[state];
  return (
    <span role="status" className="studio-save" title={saver.refusal ? errorWords(saver.refusal, t) : undefined}>
      <Chip tone={tone} icon={icon}>
        {t(`studio.save.${state}`)}
      </Chip>
    </span>
  );
}
