import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { useI18n, type Translate } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { errorWords, Failure, Loading } from "../ui/states";
import { useToast } from "../ui/toast";
import { readRevisions, restoreRevision, type StudioDraft } from "./api";
import type { Saver } from "./saver";

/** The last versions of the draft; bringing one back makes a new one, so nothing is lost by it. */
export function Revisions({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="replay" onClick={() => void saver.flush().then(() => setOpen(true))}>
        {t("studio.revisions")}
      </Button>
      {open ? <List draft={draft} saver={saver} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function List({ draft, saver, onClose }: { draft: StudioDraft; saver: Saver; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const list = useQuery({ queryKey: ["revisions", draft.id, saver.version], queryFn: () => readRevisions(draft.id) });
  const restore = async (n: number) => {
    try {
      saver.renewed((await restoreRevision(draft.id, n, saver.version)).version);
      await client.invalidateQueries({ queryKey: ["draft", draft.id] });
      toast(t("studio.restored", { n }));
      onClose();
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
  };
  return (
    <Sheet title={t("studio.revisions")} onClose={onClose}>
      <p className="faint">{t("studio.revisionsHint")}</p>
      {list.isError ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Loading /> : null}
      <ul className="studio-revisions">
        {list.data?.items.map(({ n, at, by, what }, index) => (
          <li key={n}>
            <span>
              <strong>{whatWords(what, t)}</strong>
              <small>
                {t("studio.revision", { n })} · {by?.name ?? t("who.system")} · <Moment at={at} />
              </small>
            </span>
            {index > 0 ? <Button onClick={() => void restore(n)}>{t("studio.restore")}</Button> : null}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function whatWords(what: string, t: Translate): string {
  if (what === "created") return t("studio.what.created");
  if (what === "*") return t("studio.what.all");
  if (what.startsWith("@")) return t("studio.what.restored", { n: what.slice(1) });
  if (what.startsWith("-")) return t("studio.what.removed", { path: what.slice(1) });
  return what;
}
