import type { ReactElement } from "react";

import { useI18n } from "../i18n";

/** What the colours and badges of a diagram mean. */
export function Legend(): ReactElement {
  const { t } = useI18n();
  return (
    <p className="legend">
      <span>
        <i className="legend-active" aria-hidden="true">
          1
        </i>
        {t("diagram.active")}
      </span>
      <span>
        <i className="legend-done" aria-hidden="true" />
        {t("diagram.completed")}
      </span>
      <span>
        <i className="legend-incident" aria-hidden="true">
          !
        </i>
        {t("diagram.incident")}
      </span>
    </p>
  );
}
