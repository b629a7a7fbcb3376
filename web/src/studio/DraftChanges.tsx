import "../compare/compare.css";

import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { request, requestText } from "../api/client";
import type { FileComparison, ReleaseSummary } from "../api/types";
import { Changes } from "../compare/Changes";
import { Diagrams } from "../compare/Diagrams";
import { Summary } from "../compare/Summary";
import { useI18n } from "../i18n";
import { momentWords } from "../i18n/time";
import { useNow, usePhone } from "../ui/hooks";
import { Empty, Failure, Loading } from "../ui/states";
import { readFile, useDraftComparison, useReleases, type StudioDraft } from "./api";
import type { Saver } from "./saver";

/** What the draft changes in the release that it began from, or in another. */
export default function DraftChanges({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  const releases = useReleases();
  const [chosen, setChosen] = useState<string | null>(null);
  const left = chosen ?? draft.base ?? releases.data?.[0]?.hash ?? "";
  if (releases.data?.length === 0) return <Empty icon="flow" title={t("studio.nothingToCompare")} />;
  return (
    <>
      <label className="compare-version studio-side">
        <span>{t("studio.comparedWith")}</span>
        <select className="input" value={left} onChange={(event) => setChosen(event.target.value)}>
          {releases.data?.map((one) => (
            <option key={one.hash} value={one.hash}>
              {releaseWords(one, [momentWords(one.deployedAt, now, t, language), t("studio.release")])}
            </option>
          ))}
        </select>
      </label>
      <Compared key={left} draft={draft} left={left} version={saver.version} />
    </>
  );
}

function releaseWords({ hash, note }: ReleaseSummary, [at, word]: [string, string]): string {
  return [word, at, note, hash.slice(0, 12)].filter(Boolean).join(" · ");
}

function Compared({ draft, left, version }: { draft: StudioDraft; left: string; version: number }): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  const comparison = useDraftComparison(left, draft.id, version);
  const [chosen, setChosen] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  if (comparison.isError) return <Failure error={comparison.error} onRetry={() => void comparison.refetch()} />;
  if (!comparison.data) return <Loading />;
  if (comparison.data.same) return <Empty icon="done" title={t("compare.same")} />;
  const drawn = comparison.data.files.filter(({ path, kind }) => path.endsWith(".bpmn") && kind === "changed");
  const file = drawn.find(({ path }) => path === shown) ?? drawn[0];
  return (
    <>
      <Summary comparison={comparison.data} />
      {file && !phone ? (
        <>
          {drawn.length > 1 ? (
            <select
              className="input"
              aria-label={t("studio.file")}
              value={file.path}
              onChange={(event) => setShown(event.target.value)}
            >
              {drawn.map(({ path }) => (
                <option key={path}>{path}</option>
              ))}
            </select>
          ) : null}
          <Pictures key={file.path} {...{ draft, left, version, file, chosen }} onPick={setChosen} />
        </>
      ) : null}
      {comparison.data.files.map((one) => (
        <Changes key={one.path} file={one} chosen={chosen} onPick={one === file && !phone ? setChosen : undefined} />
      ))}
    </>
  );
}

interface PicturesProps {
  draft: StudioDraft;
  left: string;
  version: number;
  file: FileComparison;
  chosen: string | null;
  onPick: (id: string) => void;
}

function Pictures({ draft, left, version, file, chosen, onPick }: PicturesProps): ReactElement | null {
  const { data } = useQuery({
    queryKey: ["draft-pictures", draft.id, left, version, file.path],
    queryFn: () => pictures(draft.id, left, file.path),
    staleTime: Infinity,
  });
  if (!data) return null;
  return <Diagrams left={data.left} right={data.right} file={file} chosen={chosen} onPick={onPick} />;
}

/** A release gives its diagrams by their processes. */
async function pictures(draft: string, release: string, path: string): Promise<Record<"left" | "right", string>> {
  const right = await readFile(draft, path);
  const { processes } = await request<ReleaseSummary>(`/releases/${release}`);
  const here = new Set([...right.matchAll(/<(?:\w+:)?process\b[^>]*?\bid="([^"]+)"/g)].map(([, id]) => id));
  const known = processes.find(({ process }) => here.has(process));
  const left = known ? await requestText(`/releases/${release}/diagrams/${encodeURIComponent(known.process)}`) : right;
  return { left, right };
}
