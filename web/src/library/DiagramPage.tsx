import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState, type ReactElement } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { request } from "../api/client";
import { useLibraryDiagram } from "../api/queries";
import type { ElementCounts, LibraryDiagram } from "../api/types";
import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Facts, Moment } from "../ui/parts";
import { ProblemWords } from "../ui/ProblemWords";
import { Sheet } from "../ui/Sheet";
import { errorWords, Failure, Loading } from "../ui/states";
import { useToast } from "../ui/toast";
import { ProblemNotice, Verdict } from "./Library";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** A diagram of the library: the picture, why it cannot run, and the file as it came. */
export default function DiagramPage(): ReactElement {
  const { t } = useI18n();
  const { sha256 = "" } = useParams();
  const { data: one, error, refetch } = useLibraryDiagram(sha256);
  useTitle(one?.title || one?.name);
  if (error) return <Failure page error={error} onRetry={() => void refetch()} />;
  if (!one) return <Loading />;
  return (
    <div className="page">
      <header className="task-head">
        <Link to="/processes/-/diagrams" className="back" aria-label={t("library.title")}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{one.title || one.name}</h1>
          <span className="task-head-case">{one.name}</span>
        </div>
        <div className="task-head-chips">
          <Verdict runs={one.runs} />
          <a className="button button-plain" href={`/api/v1/diagrams/${one.sha256}/file`} download={one.name}>
            <Icon name="download" />
            <span>{t("library.download")}</span>
          </a>
          <Remove one={one} />
        </div>
      </header>
      <Picture one={one} />
      <ProblemNotice one={one} />
      {one.problems.length > 0 ? <Problems one={one} /> : null}
      <section className="panel">
        <h2>{t("library.file")}</h2>
        <Facts
          rows={[
            [t("library.tool"), one.tool || t("library.unknown")],
            [t("library.addedAt"), <Moment key="at" at={one.addedAt} />],
            [t("library.addedBy"), one.addedBy?.name ?? t("who.system")],
            [
              "SHA-256",
              <code key="hash" className="hash">
                {one.sha256}
              </code>,
            ],
          ]}
        />
      </section>
    </div>
  );
}

function Picture({ one }: { one: LibraryDiagram }): ReactElement {
  const { t } = useI18n();
  const marked = useMemo(() => {
    const faults: Record<string, ElementCounts> = {};
    for (const { element } of one.problems)
      if (element) faults[element] = { active: 0, completed: 0, cancelled: 0, incidents: 1 };
    return faults;
  }, [one.problems]);
  return (
    <Suspense fallback={<Loading />}>
      <div className="diagram-tall">
        <DiagramView
          xml={one.xml}
          label={t("process.diagram", { name: one.title || one.name })}
          elements={marked}
          faults={t("library.fault")}
        />
      </div>
    </Suspense>
  );
}

function Problems({ one }: { one: LibraryDiagram }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("library.problems", { n: one.problems.length })}</h2>
      <ul className="library-problems">
        {one.problems.map((problem, index) => (
          <li key={index}>
            <ProblemWords rule={problem.rule} message={problem.message} />
            <span className="chips faint">
              {problem.element ? <code>{problem.element}</code> : null}
              {problem.line > 0 ? <span>{t("library.line", { n: problem.line })}</span> : null}
              <span>{problem.rule}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Remove({ one }: { one: LibraryDiagram }): ReactElement | null {
  const { t } = useI18n();
  const may = useMay("releases.deploy");
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  if (!may) return null;
  const remove = async () => {
    try {
      await request(`/diagrams/${one.sha256}`, { method: "DELETE" });
      await navigate("/processes/-/diagrams");
      await client.invalidateQueries({ queryKey: ["library"] });
      toast(t("library.removed", { name: one.name }));
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
  return (
    <>
      <Button icon="trash" aria-label={t("library.remove")} onClick={() => setAsking(true)} />
      {asking ? (
        <Sheet
          title={t("library.remove")}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
              <Button kind="danger" icon="trash" onClick={() => void remove()}>
                {t("library.remove")}
              </Button>
            </>
          }
        >
          <p>{t("library.removeAsk", { name: one.name })}</p>
        </Sheet>
      ) : null}
    </>
  );
}
