import type { ReactElement } from "react";
import { Link } from "react-router";

import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { useTitle } from "../ui/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { Failure, Loading } from "../ui/states";
import { useRegisters, useRowCount } from "./data";
import "./registers.css";

/** Where everything that is counted and kept is found: dashboards, papers, registers. */
export default function Registers(): ReactElement {
  const { t } = useI18n();
  const { data, error, isPending, refetch } = useRegisters();
  const mayExport = useMay("events.export");
  const mayErase = useMay("retention.manage");
  const mayReview = mayExport || mayErase;
  useTitle(t("nav.registers"));
  return (
    <div className="page">
      <PageHead title={t("nav.registers")} />
      <p className="page-hint">{t("register.hint")}</p>
      <ul className="register-grid">
        <Place to="/dashboards" icon="flow" name={t("nav.dashboards")} about={t("dash.hint")} />
        <Place to="/search" icon="search" name={t("nav.search")} about={t("find.hint")} />
        <Place to="/documents" icon="file" name={t("nav.documents")} about={t("document.hint")} />
        {mayReview ? <Place to="/review" icon="shield" name={t("nav.review")} about={t("review.hint")} /> : null}
      </ul>
      {isPending ? <Loading rows={6} /> : null}
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {[false, true].map((kept) => (
        <section key={String(kept)}>
          <h2 className="register-group">{kept ? t("register.kept") : t("register.ofCases")}</h2>
          <ul className="register-grid">
            {data
              ?.filter((register) => register.kept === kept)
              .map((register) => (
                <Place
                  key={register.id}
                  to={`/registers/${register.id}`}
                  icon={kept ? "cases" : "tasks"}
                  name={register.name}
                  count={<Count id={register.id} />}
                />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Count({ id }: { id: string }): ReactElement {
  return <>{useRowCount(id, {})}</>;
}

interface PlaceProps {
  to: string;
  icon: IconName;
  name: string;
  about?: string;
  count?: ReactElement;
}

export function Place({ to, icon, name, about, count }: PlaceProps): ReactElement {
  return (
    <li>
      <Link to={to} className="register-place">
        <span className="register-icon">
          <Icon name={icon} size={22} />
        </span>
        <span className="register-words">
          <strong>{name}</strong>
          {about ? <small>{about}</small> : null}
        </span>
        {count ? <span className="register-count">{count}</span> : <Icon name="next" size={16} />}
      </Link>
    </li>
  );
}
