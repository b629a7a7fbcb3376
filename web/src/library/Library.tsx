import { useRef, useState, type ReactElement } from "react";
import { Link, useNavigate } from "react-router";

import { useQueryClient } from "@tanstack/react-query";

import { Refused, request } from "../api/client";
import { useLibrary } from "../api/queries";
import type { LibraryDiagram, LibraryDiagramSummary } from "../api/types";
import { useI18n } from "../i18n";
import { ProcessTabs } from "../processes/ProcessTabs";
import { useMay } from "../session/session";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Moment, PageHead } from "../ui/parts";
import { Chip, Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

/** Diagrams of any tool, to look at and to take away again: the page beside the deployed processes. */
export default function Library(): ReactElement {
  const { t } = useI18n();
  const { rows, query } = useLibrary();
  const mayAdd = useMay("releases.deploy");
  useTitle(t("library.title"));
  return (
    <div className="page">
      <PageHead title={t("nav.processes")}>{mayAdd ? <Add /> : null}</PageHead>
      <ProcessTabs value="library" />
      <p className="page-hint">{t("library.hint")}</p>
      {query.isPending ? <Loading /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty icon="file" title={t("library.empty")} hint={mayAdd ? t("library.emptyMay") : t("library.emptyHint")} />
      ) : null}
      <ul className="tiles">
        {rows.map((one) => (
          <li key={one.sha256}>
            <Tile one={one} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

function Tile({ one }: { one: LibraryDiagramSummary }): ReactElement {
  const { t } = useI18n();
  return (
    <Link to={`/processes/-/diagrams/${one.sha256}`} className="tile">
      <span className="tile-top">
        <Icon name="file" size={26} />
        <Verdict runs={one.runs} />
      </span>
      <strong>{one.title || one.name}</strong>
      <span>{one.name}</span>
      <small>
        {[one.tool, t("library.size", { n: Math.max(1, Math.round(one.size / 1024)) })].filter(Boolean).join(" · ")}
        {" · "}
        <Moment at={one.addedAt} />
      </small>
    </Link>
  );
}

export function Verdict({ runs }: { runs: boolean }): ReactElement {
  const { t } = useI18n();
  return (
    <Chip tone={runs ? "good" : "calm"} icon={runs ? "done" : "eye"}>
      {t(runs ? "library.runs" : "library.lookOnly")}
    </Chip>
  );
}

/** One file opens at once; of several, the list shows what has come. What is refused says why, and stops the rest. */
function Add(): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const send = async (files: File[]) => {
    setBusy(true);
    try {
      let kept: LibraryDiagram | undefined;
      for (const file of files) kept = await upload(file, t("library.refused", { name: file.name }));
      await client.invalidateQueries({ queryKey: ["library"] });
      if (kept && files.length === 1) await navigate(`/processes/-/diagrams/${kept.sha256}`);
      else toast(t("library.added", { n: files.length }));
    } catch (error) {
      await client.invalidateQueries({ queryKey: ["library"] });
      toast(error instanceof NotKept ? error.message : errorWords(error, t), "bad");
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept=".bpmn,.xml,.bpmn20.xml"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("library.add")}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) void send(files);
        }}
      />
      <Button kind="primary" icon="plus" busy={busy} onClick={() => input.current?.click()}>
        {t("library.add")}
      </Button>
    </>
  );
}

class NotKept extends Error {}

async function upload(file: File, refused: string): Promise<LibraryDiagram> {
  const form = new FormData();
  form.set("file", file);
  try {
    return await request<LibraryDiagram>("/diagrams", { method: "POST", form });
  } catch (error) {
    const why = error instanceof Refused ? error.problem.problems?.[0]?.message : undefined;
    throw why ? new NotKept(`${refused} ${why}`) : error;
  }
}

export function ProblemNotice({ one }: { one: LibraryDiagram }): ReactElement {
  const { t } = useI18n();
  if (one.runs) return <Notice tone="good">{t("library.runsHint")}</Notice>;
  return <Notice tone="info">{t(one.convertible ? "library.convertible" : "library.lookOnlyHint")}</Notice>;
}
