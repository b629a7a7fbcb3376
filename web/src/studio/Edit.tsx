import { useQuery } from "@tanstack/react-query";
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from "react";
import { useSearchParams } from "react-router";

import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Button } from "../ui/Button";
import { Empty, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { readFile, type StudioDraft } from "./api";
import { deviceOf, leftBehind } from "./device";
import { kindOf, type EditorHandle } from "./editors";
import { Files } from "./Files";
import { useNames } from "./names";
import { findings, marksOf, ruleKey, type Finding, type Found, type Mark } from "./problems";
import { Problems } from "./Problems";
import { useCheck } from "./useCheck";
import type { Kept, Saver } from "./saver";

const BpmnEditor = lazy(() => import("./bpmn/BpmnEditor"));
const DmnEditor = lazy(() => import("./dmn/DmnEditor"));
const FormEditor = lazy(() => import("./forms/FormEditor"));
const TextEditor = lazy(() => import("./TextEditor"));

/** The files of a draft, the editor of one, and what is wrong with all of them. */
export default function Edit({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const toast = useToast();
  const editor = useRef<EditorHandle>(null);
  const [seen, setSeen] = useState<Found[]>([]);
  const [selected, setSelected] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(params.get("element"));
  const paths = draft.files.map(({ path }) => path);
  const file = paths.find((path) => path === params.get("file")) ?? firstOf(paths);
  const checked = useCheck(draft.id, saver);
  const all = useMemo(
    () => findings(checked.data?.problems ?? [], seen, file, (rule) => t(ruleKey(rule))),
    [checked.data, seen, file, t],
  );
  const marks = useMemo(() => (file ? marksOf(all, file) : []), [all, file]);
  const open = useCallback(
    async (path: string) => {
      await editor.current?.flush();
      setSeen([]);
      setSelected(null);
      setParams({ file: path }, { replace: true });
    },
    [setParams],
  );
  const goTo = (finding: Finding) => {
    if (finding.file === file) editor.current?.select(finding.element);
    else {
      setWanted(finding.element);
      void open(finding.file);
    }
  };
  const ready = useCallback(() => {
    if (wanted) editor.current?.select(wanted);
    setWanted(null);
  }, [wanted]);
  return (
    <>
      <LeftBehind draft={draft} saver={saver} />
      <div className="studio-desk">
        <Files draft={draft} saver={saver} file={file} findings={all} onOpen={(path) => void open(path)} />
        <section className="studio-editor" aria-label={file ?? t("studio.files")}>
          {file ? (
            <Editor
              key={file}
              {...{ draft, saver, file, marks, ready }}
              handle={editor}
              onLint={setSeen}
              onSelect={setSelected}
            />
          ) : (
            <Empty icon="file" title={t("studio.noFiles")} hint={t("studio.noFilesHint")} />
          )}
        </section>
      </div>
      <Problems
        checked={checked}
        all={all}
        file={file}
        selected={selected}
        onPick={goTo}
        onMend={(finding) => {
          if (!editor.current?.mend?.(finding)) toast(t("mend.gone"), "bad");
        }}
      />
    </>
  );
}

function firstOf(paths: string[]): string | null {
  return paths.find((path) => path.endsWith(".bpmn")) ?? paths[0] ?? null;
}

interface EditorProps {
  draft: StudioDraft;
  saver: Saver;
  file: string;
  marks: Mark[];
  handle: RefObject<EditorHandle | null>;
  ready: () => void;
  onLint: (found: Found[]) => void;
  onSelect: (element: string | null) => void;
}

function Editor({ draft, saver, file, marks, handle, ready, onLint, onSelect }: EditorProps): ReactElement {
  const text = useFile(draft.id, file, saver);
  const names = useNames(draft);
  if (text.isError && text.data === undefined)
    return <Failure error={text.error} onRetry={() => void text.refetch()} />;
  if (text.data === undefined) return <Loading />;
  const shared = {
    // A text that somebody else wrote, or an earlier one brought back, opens the editor anew.
    key: text.dataUpdatedAt,
    text: saver.unsent(file) ?? text.data,
    onTouch: (same: boolean) => (same ? saver.untouch() : saver.touch()),
    onChange: (now: string) => saver.change(file, now),
    ref: handle,
    onReady: ready,
  };
  const kind = kindOf(file);
  const name = file.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return (
    <Suspense fallback={<Loading />}>
      {kind === "bpmn" ? (
        <BpmnEditor {...shared} {...{ name, marks, onLint, onSelect }} choices={names} forms={names.keys} />
      ) : null}
      {kind === "dmn" ? <DmnEditor {...shared} /> : null}
      {kind === "form" ? <FormEditor {...shared} /> : null}
      {kind === "scenario" ? <TextEditor {...shared} /> : null}
    </Suspense>
  );
}

/** Read once; what is saved here does not come back as news, what others wrote does. */
function useFile(draft: string, path: string, saver: Saver) {
  return useQuery({
    queryKey: ["draft-text", draft, path, saver.epoch],
    queryFn: () => readFile(draft, path),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** What an earlier visit left on this device and the server never got. */
function LeftBehind({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement | null {
  const { t } = useI18n();
  const { person } = useSession();
  const [found, setFound] = useState<[string, Kept][]>([]);
  useEffect(() => {
    void leftBehind(person.id, draft.id).then((all) => setFound(all.filter(([path]) => !saver.unsent(path))));
  }, [person.id, draft.id, saver]);
  if (found.length === 0) return null;
  const take = () => {
    for (const [path, { text }] of found) saver.change(path, text);
    saver.renewed(saver.version);
    setFound([]);
  };
  const drop = () => {
    for (const [path] of found) deviceOf(person.id, draft.id).forget(path);
    setFound([]);
  };
  return (
    <Notice tone="warn">
      <p>{t("studio.left", { files: found.map(([path]) => path).join(", ") })}</p>
      <span className="chips">
        <Button kind="primary" onClick={take}>
          {t("studio.left.take")}
        </Button>
        <Button onClick={drop}>{t("studio.left.drop")}</Button>
      </span>
    </Notice>
  );
}
