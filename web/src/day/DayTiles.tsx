import type { ReactElement } from "react";

import type { TaskCounts, TaskView } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { Icon, type IconName } from "../ui/Icon";
import { countWords } from "../worklist/model";

const TILES: { view: keyof TaskCounts; key: MessageKey; icon: IconName }[] = [
  { view: "today", key: "day.today", icon: "calendar" },
  { view: "overdue", key: "day.overdue", icon: "late" },
  { view: "available", key: "day.team", icon: "claim" },
];

interface Props {
  counts: TaskCounts | undefined;
  view: TaskView;
  onChoose: (view: TaskView) => void;
}

/** The day in three figures, each the way to its list; pressing the one that is shown leads back to all of one's own. */
export function DayTiles({ counts, view, onChoose }: Props): ReactElement {
  const { t } = useI18n();
  return (
    <div className="day-tiles" role="group" aria-label={t("day.title")}>
      {TILES.map((tile) => {
        const count = counts?.[tile.view];
        const urgent = tile.view === "overdue" && Boolean(count?.count);
        return (
          <button
            key={tile.view}
            type="button"
            className={urgent ? "day-tile day-tile-late" : "day-tile"}
            aria-pressed={view === tile.view}
            onClick={() => onChoose(view === tile.view ? "mine" : tile.view)}
          >
            <strong>{countWords(count) || "–"}</strong>
            <span>
              <Icon name={tile.icon} size={16} /> {t(tile.key)}
            </span>
          </button>
        );
      })}
    </div>
  );
}
