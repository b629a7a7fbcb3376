import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Empty, Failure, Loading } from "../ui/states";
import { readFile, type StudioDraft } from "./api";

const DiagramView = lazy(() => import("../case/DiagramView"));

/** A draft to look at: on a phone, by those who may not edit, and while somebody reviews it. */
export default function ViewOnly({ draft }: { draft: StudioDraft }): ReactElement {
  const { t } = useI18n();
  const paths = draft.files.map(({ path }) => path);
  const [chosen, setChosen] = useState<string | null>(null);
  const file = chosen ?? paths.find((path) => path.endsWith(".bpmn")) ?? paths[0];
  if (!file) return <Empty icon="file" title={t("studio.noFiles")} />;
  return (
    <>
      <label className="field">
        <span>{t("studio.file")}</span>
        <select className="input" value={file} onChange={(event) => setChosen(event.target.value)}>
          {paths.map((path) => (
            <option key={path}>{path}</option>
          ))}
        </select>
      </label>
      <Shown key={file} draft={draft} file={file} />
    </>
  );
}

function Shown({ draft, file }: { draft: StudioDraft; file: string }): ReactElement {
  const { t } = useI18n();
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
        <DiagramView xml={text.data} label={t("process.diagram", { name: file })} />
      </div>
    </Suspense>
  );
}
