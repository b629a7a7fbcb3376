import type { ReactElement } from "react";

import type { Answer, Attachment, ChecklistItem } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Icon, type IconName } from "../ui/Icon";
import { Moment } from "../ui/parts";
import { Chip, Notice } from "../ui/states";
import { ConflictChoice } from "./ConflictChoice";
import { FailedDetails } from "./FailedDetails";
import { GRADES } from "./grades";
import { current, itemDomId } from "./model";
import type { Filling } from "./useChecklist";

const RESULTS: { result: Answer["result"]; key: MessageKey; icon: IconName }[] = [
  { result: "PASS", key: "check.PASS", icon: "check" },
  { result: "FAIL", key: "check.FAIL", icon: "close" },
  { result: "NA", key: "check.NA", icon: "minus" },
];

interface Props {
  item: ChecklistItem;
  filling: Filling;
  subject: string;
  attachments: Attachment[];
  onArrived: (attachment: Attachment) => void;
}

/** One item: what is required, what was found here last time, three large answers, and more only where it fails. */
export function ItemCard({ item, filling, subject, attachments, onArrived }: Props): ReactElement {
  const { t } = useI18n();
  const answer = item.state === "conflict" ? undefined : current(item);
  const grade = item.findingClass ? GRADES[item.findingClass] : undefined;
  return (
    <li id={itemDomId(item.item)} className={`check check-${answer?.result ?? item.state}`} tabIndex={-1}>
      <div className="check-head">
        <code>{item.item}</code>
        {grade ? <Chip tone={grade.tone}>{t(grade.key)}</Chip> : null}
      </div>
      <p className="check-text">{item.text}</p>
      {item.clause ? <p className="check-clause">{item.clause}</p> : null}
      {item.last ? (
        <p className="check-last">
          <Icon name="replay" size={16} /> {t("check.last", { name: item.last.name ?? item.item })}{" "}
          <Moment at={item.last.at} relative />
        </p>
      ) : null}
      <div className="check-results" role="group" aria-label={item.text}>
        {RESULTS.map(({ result, key, icon }) => (
          <button
            key={result}
            type="button"
            className={`check-result check-result-${result}`}
            aria-pressed={answer?.result === result}
            disabled={!filling.editable}
            onClick={() => (answer?.result === result ? undefined : filling.answer(item, result))}
          >
            <Icon name={icon} size={18} /> {t(key)}
          </button>
        ))}
      </div>
      {item.state === "conflict" ? (
        <>
          <Notice tone="warn">{t("check.conflict")}</Notice>
          <ConflictChoice item={item} filling={filling} />
        </>
      ) : null}
      {answer?.result === "FAIL" ? (
        <FailedDetails
          item={item}
          answer={answer}
          filling={filling}
          subject={subject}
          attachments={attachments}
          onArrived={onArrived}
        />
      ) : null}
      {answer ? (
        <p className="check-by">
          {answer.author.name}
          {answer.bulk ? ` · ${t("check.bulk")}` : ""} · <Moment at={answer.occurredAt} relative />
        </p>
      ) : null}
    </li>
  );
}
