import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState, type ReactElement } from "react";
import { useSearchParams } from "react-router";

import type { Viewer } from "../case/DiagramView";

import { useI18n } from "../i18n";
import { Empty, Failure, Loading } from "../ui/states";
import { readFile, type StudioDraft } from "./api";
import { Comments } from "./Comments";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** A draft to look at: on a phone, by those who may not edit, and while somebody reviews it. */
export default function ViewOnly({ draft }: { draft: StudioDraft }): ReactElement {
  const { t } = useI18n();
  const paths = draft.files.map(({ path }) => path);
  const [params, setParams] = useSearchParams();
  const [element, setElement] = useState(params.get("element"));
  const chosen = paths.find((path) => path === params.get("file"));
  const file = chosen ?? paths.find((path) => path.endsWith(".bpmn")) ?? paths[0];
  if (!file) return <Empty icon="file" title={t("studio.noFiles")} />;
  return (
    <>
      <label className="field">
        <span>{t("studio.file")}</span>
        <select
          className="input"
          value={file}
          onChange={(event) => {
            setElement(null);
            setParams({ view: "edit", file: event.target.value }, { replace: true });
          }}
        >
          {paths.map((path) => (
            <option key={path}>{path}</option>
          ))}
        </select>
      </label>
      <Shown key={file} draft={draft} file={file} element={element} onPick={setElement} />
      <p className="faint">{t("studio.comments.pick")}</p>
      <Comments key={element ?? file} draft={draft} file={file} element={element} />
    </>
  );
}

interface ShownProps {
  draft: StudioDraft;
  file: string;
  element: string | null;
  onPick: (element: string) => void;
}

function Shown({ draft, file, element, onPick }: ShownProps): ReactElement {
  const { t } = useI18n();
  const [viewer, setViewer] = useState<Viewer | null>(null);
  usePicked(viewer, element, onPick);
  const text = useQuery({
    queryKey: ["draft-view", draft.id, file, draft.version],
    queryFn: () => readFile(draft.id, file),
  });
  if (text.isError) return <Failure error={text.error} onRetry={() => void text.refetch()} />;
  if (text.data === undefined) return <Loading />;
  if (!file.endsWith(".bpmn")) return <pre className="panel studio-plain">{text.data}</pre>;
  return (
    <Suspense fallback={<Loading />}>
      <div className="diagram-tall">
        <DiagramView xml={text.data} label={t("process.diagram", { name: file })} onDrawn={setViewer} />
      </div>
    </Suspense>
  );
}

interface Bus {
  on: (name: string, hear: (event: { element: { id: string } }) => void) => void;
  off: (name: string, hear: (event: { element: { id: string } }) => void) => void;
}

interface Canvas {
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
}

/** A click picks an element, which is marked. */
function usePicked(viewer: Viewer | null, element: string | null, onPick: (element: string) => void): void {
  useEffect(() => {
    if (!viewer) return;
    const bus = viewer.get<Bus>("eventBus");
    const pick = ({ element: { id } }: { element: { id: string } }) => onPick(id);
    bus.on("element.click", pick);
    return () => bus.off("element.click", pick);
  }, [viewer, onPick]);
  useEffect(() => {
    if (!viewer || !element || !viewer.get<{ get: (id: string) => unknown }>("elementRegistry").get(element)) return;
    const canvas = viewer.get<Canvas>("canvas");
    canvas.addMarker(element, "is-chosen");
    return () => canvas.removeMarker(element, "is-chosen");
  }, [viewer, element]);
}
