import type { ReactElement } from "react";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Chip } from "../ui/states";
import type { Shown } from "./outbox";

interface Props {
  shown: Shown;
  /** Words are being typed that are no answer yet. */
  typing?: boolean;
  onRetry?: () => void;
}

/** Whether the server has all that was done here: typed, queued, sending, refused, and when it last took something. */
export function SyncChip({ shown, typing = false, onRetry }: Props): ReactElement {
  const { t } = useI18n();
  const count = (state: string) => shown.kept.filter((one) => one.state === state).length;
  const [refused, waiting, sending] = [count("refused"), count("waiting"), count("sending")];
  return (
    <span className="sync-chip" role="status">
      {refused > 0 ? (
        <Chip tone="bad" icon="alert">
          {t("sync.refused", { n: refused })}
        </Chip>
      ) : null}
      {waiting > 0 ? (
        <Chip tone="warn" icon="cloudOff">
          {t("sync.waiting", { n: waiting + sending })}
        </Chip>
      ) : sending > 0 ? (
        <Chip tone="calm" icon="send">
          {t("sync.sending", { n: sending })}
        </Chip>
      ) : typing ? (
        <Chip tone="calm" icon="pen">
          {t("sync.typing")}
        </Chip>
      ) : refused === 0 && shown.read ? (
        <Chip tone="good" icon="check">
          {t("sync.done")} {shown.lastSent ? <Moment at={new Date(shown.lastSent).toISOString()} relative /> : null}
        </Chip>
      ) : null}
      {onRetry && refused + waiting > 0 ? (
        <Button kind="quiet" icon="send" aria-label={t("sync.retry")} onClick={onRetry} />
      ) : null}
    </span>
  );
}
