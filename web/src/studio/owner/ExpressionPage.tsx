import type { ReactElement } from "react";
import { Link } from "react-router";

import { useI18n } from "../../i18n";
import { useTitle } from "../../ui/hooks";
import { Icon } from "../../ui/Icon";
import { PageHead } from "../../ui/parts";
import { TryExpression } from "./TryExpression";

export default function ExpressionPage(): ReactElement {
  const { t } = useI18n();
  useTitle(t("feelbox.title"));
  return (
    <div className="page">
      <PageHead
        title={t("feelbox.title")}
        back={
          <Link to="/studio" className="back" aria-label={t("studio.title")}>
            <Icon name="back" />
          </Link>
        }
      />
      <p className="page-hint">{t("feelbox.hint")}</p>
      <section className="panel">
        <TryExpression />
      </section>
    </div>
  );
}
