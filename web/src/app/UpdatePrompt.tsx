import type { ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { useUpdate } from "./worker";

/** A new version waits until the person has a moment: nothing reloads under their hands. */
export function UpdatePrompt(): ReactElement | null {
  const { t } = useI18n();
  const update = useUpdate();
  if (!update) return null;
  return (
    <div className="update" role="status">
      <span>{t("update.ready")}</span>
      <Button kind="primary" icon="retake" onClick={update}>
        {t("update.now")}
      </Button>
    </div>
  );
}
