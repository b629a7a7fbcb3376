import { lazy, Suspense, useState, type ReactElement } from "react";
import { Link, useParams } from "react-router";

import { useDefinitions, useReleasedDiagram, useReleasesOf } from "../api/queries";
import type { ReleaseSummary } from "../api/types";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Moment } from "../ui/parts";
import { Chip, Failure, Loading } from "../ui/states";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** A deployed process, to read: the diagram of each of its versions. */
export default function ProcessPage(): ReactElement {
  const { t } = useI18n();
  const { process = "" } = useParams();
  const definition = useDefinitions().data?.find((one) => one.process === process);
  const mayStart = useMay("cases.start");
  const mayEdit = useMay("studio.edit");
  const mayOperate = useMay("cases.operate");
  const here = `/processes/${encodeURIComponent(process)}`;
  useTitle(definition?.name);
  return (
    <div className="page">
      <header className="task-head">
        <Link to="/processes" className="back" aria-label={t("nav.processes")}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{definition?.name ?? process}</h1>
          <span className="task-head-case">{definition?.documentation}</span>
        </div>
        <div className="task-head-chips">
          {definition ? <Chip tone="calm">{t("process.version", { n: definition.version })}</Chip> : null}
          <ButtonLink to={`/cases?process=${encodeURIComponent(process)}`} icon="cases">
            {t("process.cases")}
          </ButtonLink>
          {mayEdit ? (
            <ButtonLink to={`${here}/watch`} icon="eye">
              {t("watch.open")}
            </ButtonLink>
          ) : null}
          {mayOperate ? (
            <ButtonLink to={`${here}/migrate`} icon="swap">
              {t("migrate.open")}
            </ButtonLink>
          ) : null}
          {mayStart && definition?.startable ? (
            <ButtonLink to={`/cases/new/${encodeURIComponent(process)}`} kind="primary" icon="plus">
              {t("case.start")}
            </ButtonLink>
          ) : null}
        </div>
      </header>
      <Versions process={process} name={definition?.name ?? process} />
    </div>
  );
}

function Versions({ process, name }: { process: string; name: string }): ReactElement {
  const { t } = useI18n();
  const mayCompare = useMay("releases.compare");
  const releases = useReleasesOf(process);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = releases.data?.find((one) => one.hash === chosen) ?? releases.data?.[0];
  const diagram = useReleasedDiagram(shown?.hash, process);
  const failed = releases.error ?? diagram.error;
  if (failed) return <Failure error={failed} onRetry={() => void releases.refetch()} />;
  if (!diagram.data || !releases.data) return <Loading />;
  return (
    <>
      <Suspense fallback={<Loading />}>
        <div className="diagram-tall">
          <DiagramView xml={diagram.data} label={t("process.diagram", { name })} />
        </div>
      </Suspense>
      <section className="panel">
        <div className="chips">
          <h2>{t("process.releases")}</h2>
          {mayCompare && releases.data.length > 1 ? (
            <ButtonLink to={`/processes/${encodeURIComponent(process)}/compare`} icon="swap">
              {t("compare.title")}
            </ButtonLink>
          ) : null}
        </div>
        <ul className="plain-list">
          {releases.data.map((one) => (
            <li key={one.hash}>
              <Version release={one} process={process} current={one === shown} onChoose={() => setChosen(one.hash)} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface VersionProps {
  release: ReleaseSummary;
  process: string;
  current: boolean;
  onChoose: () => void;
}

function Version({ release, process, current, onChoose }: VersionProps): ReactElement {
  const { t } = useI18n();
  const version = release.processes.find((one) => one.process === process)?.version ?? 0;
  return (
    <span className="chips">
      <button type="button" className="pill" aria-pressed={current} onClick={onChoose}>
        {t("process.version", { n: version })}
      </button>
      <Moment at={release.deployedAt} />
      <span>{t("process.deployed", { who: release.deployedBy?.name ?? t("who.system") })}</span>
      {release.note ? <span className="faint">{release.note}</span> : null}
      <code className="hash faint" title={release.hash}>
        {release.hash.slice(0, 12)}
      </code>
    </span>
  );
}
