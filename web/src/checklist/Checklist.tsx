import "./checklist.css";

import { useState, type ReactElement } from "react";

import type { Attachment, ChecklistItem } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { SyncChip } from "../outbox/SyncChip";
import { Button } from "../ui/Button";
import { Failure, Loading } from "../ui/states";
import { ItemCard } from "./ItemCard";
import { current, lack, progress } from "./model";
import type { Filling } from "./useChecklist";

type Part = "all" | "left" | "failed";

const PARTS: Record<Part, { key: MessageKey; holds: (item: ChecklistItem) => boolean }> = {
  all: { key: "check.all", holds: () => true },
  left: { key: "check.left", holds: (item) => lack(item) !== null },
  failed: { key: "check.failed", holds: (item) => current(item)?.result === "FAIL" },
};

interface Props {
  filling: Filling;
  /** "task|<id>": what pictures are filed under. */
  subject: string;
  attachments: Attachment[];
  onArrived: (attachment: Attachment) => void;
}

/** Items to check, by exception: one tap each for what is wrong, one tap for all the rest. */
export default function Checklist({ filling, subject, attachments, onArrived }: Props): ReactElement {
  const { t } = useI18n();
  const [part, setPart] = useState<Part>("all");
  if (filling.loading) return <Loading rows={5} />;
  if (filling.error) return <Failure error={filling.error} onRetry={filling.retry} />;
  const { items, editable } = filling;
  const done = progress(items);
  const open = items.filter((one) => one.state === "open").length;
  return (
    <section className="checklist" aria-label={t("check.title")}>
      <header className="checklist-head">
        <div className="checklist-line">
          <h2>{t("check.title")}</h2>
          <strong className="checklist-count" aria-live="polite">
            {t("check.count", { n: done.answered, total: done.total })}
          </strong>
          <SyncChip shown={filling.sync} typing={filling.typing} onRetry={filling.retry} />
        </div>
        <progress value={done.answered} max={Math.max(1, done.total)} aria-label={t("check.progress")} />
        <div className="checklist-parts" role="group" aria-label={t("check.show")}>
          {(Object.keys(PARTS) as Part[]).map((one) => (
            <button key={one} type="button" aria-pressed={part === one} onClick={() => setPart(one)}>
              {t(PARTS[one].key)} <span className="checklist-n">{items.filter(PARTS[one].holds).length}</span>
            </button>
          ))}
        </div>
      </header>
      <ol className="checklist-items">
        {items.filter(PARTS[part].holds).map((item) => (
          <ItemCard
            key={item.item}
            item={item}
            filling={filling}
            subject={subject}
            attachments={attachments}
            onArrived={onArrived}
          />
        ))}
      </ol>
      {editable && open > 0 ? (
        <Button wide icon="check" onClick={filling.answerRest}>
          {t("check.rest", { n: open })}
        </Button>
      ) : null}
    </section>
  );
}
