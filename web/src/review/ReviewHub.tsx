import type { ReactElement } from "react";

import { useI18n } from "../i18n";
import { Place } from "../registers/Registers";
import { ButtonLink } from "../ui/Button";
import { useMay } from "../session/session";
import { useTitle } from "../ui/hooks";
import { PageHead } from "../ui/parts";
import "../registers/registers.css";

/** Where an auditor's work begins. */
export default function ReviewHub(): ReactElement {
  const { t } = useI18n();
  const audits = useMay("audit.read");
  const exports = useMay("events.export");
  const erases = useMay("retention.manage");
  useTitle(t("nav.review"));
  return (
    <div className="page">
      <PageHead
        title={t("nav.review")}
        back={<ButtonLink to="/registers" kind="quiet" icon="back" label={t("nav.registers")} />}
      />
      <p className="page-hint">{t("review.hint")}</p>
      <ul className="register-grid">
        {audits ? (
          <Place to="/review/samples" icon="search" name={t("review.title")} about={t("review.about")} />
        ) : null}
        {audits || erases ? (
          <Place to="/review/retention" icon="trash" name={t("erasure.title")} about={t("erasure.about")} />
        ) : null}
        {exports ? (
          <Place to="/review/event-logs" icon="download" name={t("eventLog.title")} about={t("eventLog.xesHint")} />
        ) : null}
      </ul>
    </div>
  );
}
