import type { ReactElement } from "react";

import { useCalendarVersions } from "../api/queries";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, Failure, Loading } from "../ui/states";

interface Props {
  series: string;
  shown: number;
  onPick: (version: number | undefined) => void;
  onClose: () => void;
}

/** Who published what, when and why. A version never changes. */
export function Versions({ series, shown, onPick, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const { rows, query } = useCalendarVersions(series);
  const newest = rows[0]?.version;
  return (
    <Sheet title={t("calendar.versions")} onClose={onClose}>
      {query.isPending ? <Loading /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul className="calendar-versions">
        {rows.map((one) => (
          <li key={one.version}>
            <button
              type="button"
              className="calendar-pick"
              aria-current={one.version === shown ? "true" : undefined}
              onClick={() => {
                onPick(one.version === newest ? undefined : one.version);
                onClose();
              }}
            >
              <strong>{t("calendar.version", { n: one.version })}</strong>
              {one.version === newest ? (
                <Chip tone="good" icon="done">
                  {t("calendar.inForce")}
                </Chip>
              ) : null}
              <span>{one.note || t("calendar.noNote")}</span>
              <small>
                {one.publishedBy?.name ?? t("who.system")} · <Moment at={one.publishedAt} />
              </small>
            </button>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </Sheet>
  );
}
