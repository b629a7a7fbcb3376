import "./studio.css";

import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type ReactElement } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import { useI18n } from "../i18n";
import { useMay, useSession } from "../session/session";
import { usePhone, useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Tabs } from "../ui/Tabs";
import { Failure, Loading } from "../ui/states";
import { useDraft, writeFile, type StudioDraft } from "./api";
import { deviceOf } from "./device";
import { StateChip } from "./Drafts";
import { Conflict } from "./Conflict";
import { Revisions } from "./Revisions";
import { Saver } from "./saver";
import { SaveChip } from "./SaveChip";

const Edit = lazy(() => import("./Edit"));
const ViewOnly = lazy(() => import("./ViewOnly"));
const Try = lazy(() => import("./Try"));
const WhatIf = lazy(() => import("./owner/WhatIf"));
const Release = lazy(() => import("./Release"));
const DraftChanges = lazy(() => import("./DraftChanges"));

/** One draft: its files and their editors, and what leads from it to a release. */
export default function Workspace(): ReactElement {
  const { id = "" } = useParams();
  const draft = useDraft(id);
  useTitle(draft.data?.name);
  if (draft.isError && !draft.data) return <Failure page error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!draft.data) return <Loading />;
  return <Desk key={id} draft={draft.data} />;
}

const VIEWS = ["edit", "try", "changes", "whatif", "release"] as const;
type View = (typeof VIEWS)[number];
/** A phone looks and reads; what changes or decides something is done at a desk. */
const ON_PHONE: readonly View[] = ["edit", "changes", "whatif"];

function Desk({ draft }: { draft: StudioDraft }): ReactElement {
  const { t } = useI18n();
  const phone = usePhone();
  const client = useQueryClient();
  const may = useMay("studio.edit");
  const saver = useSaver(draft);
  const [params, setParams] = useSearchParams();
  const views = phone ? ON_PHONE : VIEWS;
  const view = views.find((one) => one === params.get("view")) ?? "edit";
  const editable = may && !phone && draft.state === "editing";
  const go = (to: View) => {
    void saver.flush().then(() => client.invalidateQueries({ queryKey: ["draft", draft.id] }));
    setParams({ ...Object.fromEntries(params), view: to }, { replace: true });
  };
  return (
    <div className="page studio">
      <header className="task-head">
        <Link to="/studio" className="back" aria-label={t("studio.title")} onClick={() => void saver.flush()}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{draft.name}</h1>
          <span className="task-head-case">
            {draft.base ? t("studio.from", { hash: draft.base.slice(0, 12) }) : t("studio.fromNothing")}
          </span>
        </div>
        <div className="task-head-chips">
          {editable ? <SaveChip saver={saver} /> : null}
          <StateChip state={draft.state} />
          {editable ? <Revisions draft={draft} saver={saver} /> : null}
        </div>
      </header>
      {editable ? <Conflict draft={draft} saver={saver} /> : null}
      <Tabs
        label={t("studio.views")}
        value={view}
        onChange={go}
        tabs={views.map((value) => ({
          value,
          label: t(`studio.view.${value === "edit" && !editable ? "look" : value}`),
        }))}
      />
      <Suspense fallback={<Loading />}>
        {view === "try" ? <Try draft={draft} saver={saver} /> : null}
        {view === "whatif" ? <WhatIf draft={draft} saver={saver} /> : null}
        {view === "release" ? <Release draft={draft} saver={saver} /> : null}
        {view === "changes" ? <DraftChanges draft={draft} saver={saver} /> : null}
        {view === "edit" && editable ? <Edit draft={draft} saver={saver} /> : null}
        {view === "edit" && !editable ? <ViewOnly draft={draft} /> : null}
      </Suspense>
    </div>
  );
}

/** One for as long as the draft is open; leaving the page sends what waits. */
function useSaver(draft: StudioDraft): Saver {
  const { person } = useSession();
  const client = useQueryClient();
  const [saver] = useState(() => {
    const send = (path: string, text: string, version: number) => writeFile(draft.id, path, text, version);
    return new Saver(draft.version, send, deviceOf(person.id, draft.id));
  });
  const state = useSyncExternalStore(saver.subscribe, () => saver.state);
  useEffect(() => {
    if (state === "saved") return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state]);
  useEffect(
    () => () => {
      void saver.flush().then(() => client.invalidateQueries({ queryKey: ["draft", draft.id] }));
    },
    [saver, client, draft.id],
  );
  return saver;
}
