import { lazy, Suspense, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { useDefinitionDiagram, useDefinitions } from "../api/queries";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Chip, Failure, Loading } from "../ui/states";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** The deployed diagram, to read. */
export default function ProcessPage(): ReactElement {
  const { t } = useI18n();
  const { process = "" } = useParams();
  const definition = useDefinitions().data?.find((one) => one.process === process);
  const query = useDefinitionDiagram(process);
  const mayStart = useMay("cases.start");
  useTitle(definition?.name);
  return (
    <div className="page">
      <header className="task-head">
        <Link to="/processes" className="back" aria-label={t("nav.processes")}><Icon name="back" /></Link>
        <div className="task-head-words">
          <h1>{definition?.name ?? process}</h1>
          <span className="task-head-case">{definition?.documentation}</span>
        </div>
        <div className="task-head-chips">
          {definition ? <Chip tone="calm">{t("process.version", { n: definition.version })}</Chip> : null}
          <ButtonLink to={`/cases?process=${encodeURIComponent(process)}`} icon="cases">{t("process.cases")}</ButtonLink>
          {mayStart && definition?.startable ? <ButtonLink to={`/cases/new/${encodeURIComponent(process)}`} kind="primary" icon="plus">{t("case.start")}</ButtonLink> : null}
        </div>
      </header>
      {query.isPending ? <Loading /> : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : (
        <Suspense fallback={<Loading />}>
          <div className="diagram-tall"><DiagramView xml={query.data.xml} label={t("process.diagram", { name: query.data.name })} /></div>
        </Suspense>
      )}
    </div>
  );
}
