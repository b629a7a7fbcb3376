import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactElement } from "react";

import type { ElementCounts } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Chip, errorWords, Loading, Notice } from "../ui/states";
import { playScenarios, type ScenarioResults, type StudioDraft } from "./api";
import type { Saver } from "./saver";
import type { ProcessIn } from "./useProcesses";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** All scenarios of the draft, played; what they reached together is painted, and what they missed is listed first. */
export function Scenarios({
  draft,
  saver,
  processes,
}: {
  draft: StudioDraft;
  saver: Saver;
  processes: ProcessIn[];
}): ReactElement {
  const { t } = useI18n();
  const playing = useMutation({ mutationFn: () => saver.flush().then(() => playScenarios(draft.id)) });
  const count = draft.files.filter(({ path }) => path.endsWith(".scenario.yaml")).length;
  return (
    <section className="panel">
      <div className="chips">
        <h2>{t("studio.scenarios")}</h2>
        <Chip tone="calm">{t("studio.scenarios.count", { n: count })}</Chip>
        <Button icon="play" busy={playing.isPending} disabled={count === 0} onClick={() => playing.mutate()}>
          {t("studio.scenarios.play")}
        </Button>
      </div>
      {count === 0 ? <p className="faint">{t("studio.scenarios.none")}</p> : null}
      {playing.isError ? <Notice tone="bad">{errorWords(playing.error, t)}</Notice> : null}
      {playing.data ? <Results results={playing.data} processes={processes} /> : null}
    </section>
  );
}

function Results({ results, processes }: { results: ScenarioResults; processes: ProcessIn[] }): ReactElement {
  const { t } = useI18n();
  const all = results.passed === results.total && results.problems.length === 0;
  return (
    <>
      <Notice tone={all ? "good" : "bad"}>
        {t("studio.scenarios.passed", { n: results.passed, total: results.total })}
      </Notice>
      {results.problems.map((one, at) => (
        <p key={at}>
          <code>{one.file}</code> {one.message}
        </p>
      ))}
      <ul className="studio-results">
        {results.scenarios.map((one) => (
          <li key={`${one.file}-${one.line}`}>
            <Chip tone={one.passed ? "good" : "bad"} icon={one.passed ? "done" : "late"}>
              {t(one.passed ? "studio.scenarios.ok" : "studio.scenarios.failed")}
            </Chip>{" "}
            <strong>{one.name}</strong> <span className="faint">{one.file}</span>
            {one.failures.map((failure, at) => (
              <p key={at} className="studio-failure">
                {t("library.line", { n: failure.line })} {failure.step}: {failure.what}{" "}
                {t("studio.scenarios.expected", { expected: failure.expected, got: failure.got })}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <Coverage results={results} processes={processes} />
    </>
  );
}

function Coverage({ results, processes }: { results: ScenarioResults; processes: ProcessIn[] }): ReactElement | null {
  const { t } = useI18n();
  const [picked, setPicked] = useState<string | null>(null);
  const reached = results.coverage.filter((one) => one.missedElements.length < one.elements);
  const shown = reached.find(({ process }) => process === picked) ?? reached[0];
  const own = processes.find(({ id }) => id === shown?.process);
  if (!shown || !own) return null;
  const missed = [...shown.missedElements, ...shown.missedFlows];
  const reachedHere = covered(own.xml, missed);
  return (
    <>
      <label className="field studio-side">
        <span>{t("studio.coverage")}</span>
        <select className="input" value={shown.process} onChange={(event) => setPicked(event.target.value)}>
          {reached.map((one) => (
            <option key={one.process} value={one.process}>
              {t("studio.coverage.of", {
                name: one.process,
                n: one.elements - one.missedElements.length,
                total: one.elements,
                flows: one.flows - one.missedFlows.length,
                all: one.flows,
              })}
            </option>
          ))}
        </select>
      </label>
      <Suspense fallback={<Loading />}>
        <DiagramView
          key={shown.process}
          xml={own.xml}
          label={t("process.diagram", { name: own.name })}
          {...reachedHere}
        />
      </Suspense>
      <p>
        {missed.length === 0 ? t("studio.coverage.all") : t("studio.coverage.missed")} {missed.join(", ")}
      </p>
    </>
  );
}

function covered(xml: string, all: string[]) {
  const missed = new Set(all);
  const found: { elements: Record<string, ElementCounts>; flows: Record<string, number> } = { elements: {}, flows: {} };
  for (const [, kind = "", id = ""] of xml.matchAll(/<(?:\w+:)?(\w+)\b[^>]*?\bid="([^"]+)"/g)) {
    if (missed.has(id)) continue;
    if (kind === "sequenceFlow") found.flows[id] = 1;
    else if (/Task$|Event$|Gateway$|^task$|^subProcess$|^callActivity$/.test(kind))
      found.elements[id] = { active: 0, completed: 1, cancelled: 0, incidents: 0 };
  }
  return found;
}
