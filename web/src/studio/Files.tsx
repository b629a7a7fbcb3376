import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Icon, type IconName } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { draftPath, importFile, removeFile, writeFile, type Imported, type StudioDraft } from "./api";
import { kindOf, type FileKind } from "./editors";
import { Menu } from "./Menu";
import { foldersOf } from "./folders";
import { emptyFile } from "./newFiles";
import type { Finding } from "./problems";
import type { Saver } from "./saver";

const ICONS: Record<FileKind, IconName> = { bpmn: "flow", dmn: "filter", form: "tasks", scenario: "play" };

interface Props {
  draft: StudioDraft;
  saver: Saver;
  file: string | null;
  findings: Finding[];
  onOpen: (path: string) => void;
}

/** The files by folder, each with the worst that is wrong with it. */
export function Files({ draft, saver, file, findings, onOpen }: Props): ReactElement {
  const { t } = useI18n();
  const changed = useChanging(draft, saver);
  const folders = foldersOf(draft.files.map(({ path }) => path));
  return (
    <nav className="studio-files" aria-label={t("studio.files")}>
      <Add draft={draft} saver={saver} onDone={changed} onOpen={onOpen} />
      <div className="studio-tree">
        {folders.map(([folder, paths]) => (
          <section key={folder}>
            {folder ? <h3>{folder}</h3> : null}
            <ul>
              {paths.map((path) => (
                <li key={path} className={path === file ? "is-current" : undefined}>
                  <button type="button" aria-current={path === file || undefined} onClick={() => onOpen(path)}>
                    <Icon name={ICONS[kindOf(path)]} size={16} />
                    <span>{path.slice(folder ? folder.length + 1 : 0)}</span>
                    <Worst findings={findings.filter((one) => one.file === path)} />
                  </button>
                  {path === file ? <Remove draft={draft} saver={saver} path={path} onDone={changed} /> : null}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <a className="button button-quiet" href={`/api/v1${draftPath(draft.id)}/export`} download>
        <Icon name="download" />
        <span>{t("studio.exportAll")}</span>
      </a>
    </nav>
  );
}

function Worst({ findings }: { findings: Finding[] }): ReactElement | null {
  const { t } = useI18n();
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (findings.length === 0) return null;
  return errors > 0 ? (
    <span className="studio-count studio-count-error" title={t("studio.errors", { n: errors })}>
      ✕ {errors}
    </span>
  ) : (
    <span className="studio-count" title={t("studio.warnings", { n: findings.length })}>
      ! {findings.length}
    </span>
  );
}

function useChanging(draft: StudioDraft, saver: Saver) {
  const client = useQueryClient();
  return async (version: number) => {
    saver.moved(version);
    await client.invalidateQueries({ queryKey: ["draft", draft.id] });
  };
}

interface AddProps {
  draft: StudioDraft;
  saver: Saver;
  onDone: (version: number) => Promise<void>;
  onOpen: (path: string) => void;
}

const KINDS = ["bpmn", "dmn", "form"] as const;

function Add({ draft, saver, onDone, onOpen }: AddProps): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [naming, setNaming] = useState<(typeof KINDS)[number] | null>(null);
  const [told, setTold] = useState<Imported | null>(null);
  const bring = async (upload: File) => {
    try {
      await saver.flush();
      const path = pathOf(draft, upload.name);
      const text = await upload.text();
      if (path.endsWith(".bpmn")) {
        const done = await importFile(draft.id, path, text, saver.version);
        await onDone(done.version);
        if (done.problems.length > 0 || done.carried > 0) setTold(done);
      } else await onDone((await writeFile(draft.id, path, text, saver.version)).version);
      onOpen(path);
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
  const items = [
    ...KINDS.map((kind) => ({ label: t(`studio.new.${kind}`), act: () => setNaming(kind) })),
    { label: t("studio.import"), hint: t("studio.importHint"), act: () => input.current?.click() },
  ];
  return (
    <>
      <Menu label={t("studio.addFile")} icon="plus" items={items} />
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("studio.import")}
        accept=".bpmn,.xml,.dmn,.form,.yaml"
        onChange={(event) => {
          const [upload] = event.target.files ?? [];
          event.target.value = "";
          if (upload) void bring(upload);
        }}
      />
      {naming ? (
        <NameSheet kind={naming} {...{ draft, saver, onDone, onOpen }} onClose={() => setNaming(null)} />
      ) : null}
      {told ? <Told imported={told} onClose={() => setTold(null)} /> : null}
    </>
  );
}

/** Beside the other files of its kind; diagrams of other tools end in .xml. */
function pathOf(draft: StudioDraft, name: string): string {
  const clean = name.replace(/(\.bpmn20)?\.xml$/i, ".bpmn").replace(/[^\p{L}\p{N}_. ()+-]/gu, "_");
  const beside = draft.files.find(({ path }) => kindOf(path) === kindOf(clean))?.path ?? "";
  return beside.slice(0, beside.lastIndexOf("/") + 1) + clean;
}

function Told({ imported, onClose }: { imported: Imported; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <Sheet title={t("studio.imported")} onClose={onClose}>
      <p>
        {imported.dialects.length > 0 ? t("studio.importedFrom", { tool: imported.dialects.join(", ") }) : null}{" "}
        {t("studio.carried", { n: imported.carried, left: imported.left })}
      </p>
      <ul className="library-problems">
        {imported.problems.map((one, at) => (
          <li key={at}>
            <p>{one.message}</p>
            <span className="chips faint">
              {one.element ? <code>{one.element}</code> : null}
              <span>{t("library.line", { n: one.line })}</span>
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

interface NameProps extends AddProps {
  kind: (typeof KINDS)[number];
  onClose: () => void;
}

function NameSheet({ kind, draft, saver, onDone, onOpen, onClose }: NameProps): ReactElement {
  const { t } = useI18n();
  const [name, setName] = useState("");
  const [id, setId] = useState("");
  const [error, setError] = useState<unknown>(null);
  const make = async () => {
    try {
      await saver.flush();
      const path = pathOf(draft, `${id}.${kind}`);
      const { version } = await writeFile(draft.id, path, emptyFile(kind, id, name || id), saver.version);
      await onDone(version);
      onOpen(path);
      onClose();
    } catch (refused) {
      setError(refused);
    }
  };
  const valid = /^[A-Za-z_][\w-]*$/.test(id);
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button kind="primary" icon="plus" disabled={!valid} onClick={() => void make()}>
        {t("studio.create")}
      </Button>
    </>
  );
  return (
    <Sheet title={t(`studio.new.${kind}`)} onClose={onClose} footer={footer}>
      {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
      <label className="field">
        <span>{t("studio.file.name")}</span>
        <input className="input" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span>{t("studio.file.id")}</span>
        <input className="input" value={id} maxLength={60} onChange={(event) => setId(event.target.value)} />
        <small className="faint">{t("studio.file.idHint")}</small>
      </label>
    </Sheet>
  );
}

interface RemoveProps {
  draft: StudioDraft;
  saver: Saver;
  path: string;
  onDone: (version: number) => Promise<void>;
}

function Remove({ draft, saver, path, onDone }: RemoveProps): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    try {
      await saver.flush();
      await onDone((await removeFile(draft.id, path, saver.version)).version);
      setAsking(false);
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
  const footer = (
    <>
      <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
      <Button kind="danger" icon="trash" onClick={() => void remove()}>
        {t("studio.removeFile")}
      </Button>
    </>
  );
  return (
    <>
      <Button kind="quiet" icon="trash" aria-label={t("studio.removeFile")} onClick={() => setAsking(true)} />
      {asking ? (
        <Sheet title={t("studio.removeFile")} onClose={() => setAsking(false)} footer={footer}>
          <p>{t("studio.removeAsk", { path })}</p>
        </Sheet>
      ) : null}
    </>
  );
}
