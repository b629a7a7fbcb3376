import type { ReactElement } from "react";
import { Link } from "react-router";

import { useDefinitions } from "../api/queries";
import { useI18n } from "../i18n";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { Empty, Failure, Loading } from "../ui/states";
import { ProcessTabs } from "./ProcessTabs";

export default function Processes(): ReactElement {
  const { t } = useI18n();
  const query = useDefinitions();
  useTitle(t("nav.processes"));
  return (
    <div className="page">
      <PageHead title={t("nav.processes")} />
      <ProcessTabs value="deployed" />
      {query.isPending ? <Loading /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? (
        <Empty icon="flow" title={t("empty.processes")} hint={t("empty.processesHint")} />
      ) : null}
      <ul className="tiles">
        {query.data?.map((one) => (
          <li key={one.process}>
            <Link to={`/processes/${encodeURIComponent(one.process)}`} className="tile">
              <Icon name="flow" size={26} />
              <strong>{one.name}</strong>
              <span>{one.documentation}</span>
              <small>
                {t("process.version", { n: one.version })} · {one.process}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
