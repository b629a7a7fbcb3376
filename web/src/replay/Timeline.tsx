import { useEffect, useRef, type ReactElement } from "react";

import { useHistoryAround } from "../api/queries";
import type { HistoryEntry } from "../api/types";
import { sentenceOf } from "../case/sentences";
import { useI18n } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Icon } from "../ui/Icon";
import { Failure, Loading } from "../ui/states";
import { middleOf, windowAround } from "./position";
import type { Player } from "./usePlayer";

/** The history in sentences around the present entry; each is the way to its moment. */
export function Timeline({ caseId, player }: { caseId: string; player: Player }): ReactElement {
  const { at, last } = player;
  const query = useHistoryAround(caseId, middleOf(at), last);
  const [from, to] = windowAround(at, last);
  if (query.isPending) return <Loading rows={5} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <ol className="timeline" aria-busy={query.isPlaceholderData}>
      {query.data.items
        .filter((entry) => entry.seq >= from && entry.seq <= to)
        .map((entry) => (
          <Row key={entry.seq} entry={entry} here={entry.seq === at} go={player.go} />
        ))}
    </ol>
  );
}

function Row({ entry, here, go }: { entry: HistoryEntry; here: boolean; go: (to: number) => void }): ReactElement {
  const { t, language } = useI18n();
  const row = useRef<HTMLLIElement>(null);
  const { icon, tone, text } = sentenceOf(entry, t);
  useEffect(() => {
    if (here && row.current) keepInView(row.current);
  }, [here]);
  return (
    <li ref={row}>
      <button type="button" aria-current={here ? "step" : undefined} onClick={() => go(entry.seq)}>
        <span className={`entry-icon chip-${tone}`}>
          <Icon name={icon} size={16} />
        </span>
        <span>
          {text}
          <time dateTime={entry.at}>{exactMoment(entry.at, language)}</time>
        </span>
        <span className="timeline-seq">{entry.seq}</span>
      </button>
    </li>
  );
}

/** Within the list only (it is positioned, so offsets count from it): `scrollIntoView` would carry the whole page away. */
function keepInView(row: HTMLElement): void {
  const list = row.parentElement;
  if (!list) return;
  const top = row.offsetTop;
  if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = top - (list.clientHeight - row.offsetHeight) / 2;
}
