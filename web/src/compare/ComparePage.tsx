import "./compare.css";

import { useState, type ReactElement } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import { useComparison, useDefinitions, useReleasedDiagram, useReleasesOf } from "../api/queries";
import type { ReleaseSummary } from "../api/types";
import { useI18n } from "../i18n";
import { momentWords } from "../i18n/time";
import { Button } from "../ui/Button";
import { useNow, usePhone, useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Empty, Failure, Loading } from "../ui/states";
import { Changes } from "./Changes";
import { diagramFile, inOrder, type Side } from "./changes";
import { Diagrams } from "./Diagrams";
import { Summary } from "./Summary";

/** Two versions of a process: what one changes in the other. */
export default function ComparePage(): ReactElement {
  const { t } = useI18n();
  const { process = "" } = useParams();
  const releases = useReleasesOf(process);
  const name = useDefinitions().data?.find((one) => one.process === process)?.name ?? process;
  useTitle(t("compare.title"));
  return (
    <div className="page">
      <header className="task-head">
        <Link to={`/processes/${encodeURIComponent(process)}`} className="back" aria-label={name}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{t("compare.title")}</h1>
          <span className="task-head-case">{name}</span>
        </div>
      </header>
      {releases.isError ? <Failure error={releases.error} onRetry={() => void releases.refetch()} /> : null}
      {releases.isPending ? <Loading /> : null}
      {releases.data ? <Versions process={process} releases={releases.data} /> : null}
    </div>
  );
}

function Versions({ process, releases }: { process: string; releases: ReleaseSummary[] }): ReactElement {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const [newest, previous] = releases;
  if (!newest || !previous) return <Empty icon="flow" title={t("compare.one")} hint={t("compare.oneHint")} />;
  const left = params.get("left") ?? previous.hash;
  const right = params.get("right") ?? newest.hash;
  const go = (to: Record<Side, string>) => setParams(to, { replace: true });
  return (
    <>
      <div className="compare-choice">
        <Choice side="left" {...{ process, releases }} value={left} onChange={(hash) => go({ left: hash, right })} />
        <Button icon="swap" aria-label={t("compare.swap")} onClick={() => go({ left: right, right: left })} />
        <Choice side="right" {...{ process, releases }} value={right} onChange={(hash) => go({ left, right: hash })} />
      </div>
      <Compared key={left + right} {...{ process, left, right }} />
    </>
  );
}

interface ChoiceProps {
  side: Side;
  process: string;
  releases: ReleaseSummary[];
  value: string;
  onChange: (hash: string) => void;
}

function Choice({ side, process, releases, value, onChange }: ChoiceProps): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  return (
    <label className="compare-version">
      <span>{t(side === "left" ? "compare.left" : "compare.right")}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {releases.map((one) => {
          const version = one.processes.find((each) => each.process === process)?.version ?? 0;
          const words = [t("process.version", { n: version }), momentWords(one.deployedAt, now, t, language), one.note];
          return (
            <option key={one.hash} value={one.hash}>
              {words.filter(Boolean).join(" · ")}
            </option>
          );
        })}
      </select>
    </label>
  );
}

function Compared({ process, left, right }: { process: string; left: string; right: string }): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  const comparison = useComparison(left, right);
  const before = useReleasedDiagram(left, process);
  const after = useReleasedDiagram(right, process);
  const [chosen, setChosen] = useState<string | null>(null);
  const failed = comparison.error ?? before.error ?? after.error;
  if (failed) return <Failure error={failed} onRetry={() => void comparison.refetch()} />;
  if (!comparison.data || before.data === undefined || after.data === undefined) return <Loading />;
  const { same, files } = comparison.data;
  if (same) return <Empty icon="done" title={t("compare.same")} />;
  const own = diagramFile(files, [before.data, after.data]);
  return (
    <>
      <Summary comparison={comparison.data} />
      {phone ? null : <Diagrams left={before.data} right={after.data} file={own} chosen={chosen} onPick={setChosen} />}
      {inOrder(files, own).map((file) => (
        <Changes key={file.path} file={file} chosen={chosen} onPick={file === own && !phone ? setChosen : undefined} />
      ))}
    </>
  );
}
