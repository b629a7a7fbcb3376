import { useEffect, useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { downloadDay, downloadedAt, room, type Progress, type Room } from "./download";

const MB = 1024 * 1024;

/** "Download my day": tasks, checklists, phrases and sites on this device, and how much room they take. */
export function DaySheet({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [ended, setEnded] = useState<{ n: number } | { problem: string } | null>(null);
  const [space, setSpace] = useState<Room | null>(null);
  const at = downloadedAt();
  useEffect(() => {
    void room().then(setSpace);
  }, [ended]);
  const busy = progress !== null && ended === null;
  const download = async () => {
    setEnded(null);
    setProgress({ done: 0, total: 0 });
    try {
      setEnded({ n: await downloadDay(setProgress) });
    } catch (error) {
      setEnded({ problem: errorWords(error, t) });
    }
  };
  return (
    <Sheet
      title={t("day.download")}
      onClose={onClose}
      footer={
        <Button kind="primary" wide icon="download" busy={busy} onClick={() => void download()}>
          {t("day.downloadNow")}
        </Button>
      }
    >
      <p>{t("day.downloadHint")}</p>
      {progress ? (
        <label className="day-progress">
          <span aria-live="polite">{t("day.progress", { n: progress.done, total: progress.total })}</span>
          <progress value={progress.done} max={Math.max(1, progress.total)} />
        </label>
      ) : null}
      {ended && "n" in ended ? <Notice tone="good">{t("day.downloaded", { n: ended.n })}</Notice> : null}
      {ended && "problem" in ended ? <Notice tone="bad">{ended.problem}</Notice> : null}
      {at ? (
        <p className="faint">
          {t("day.last")} <Moment at={at} relative />
        </p>
      ) : null}
      {space ? (
        <label className="day-progress">
          <span>{t("day.room", { used: (space.used / MB).toFixed(1), quota: Math.round(space.quota / MB) })}</span>
          <meter value={space.used} max={space.quota} high={space.quota * 0.8} />
        </label>
      ) : null}
    </Sheet>
  );
}
