import "./outbox.css";

import type { ReactElement } from "react";
import { Link } from "react-router";

import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { useOnline, useTitle } from "../ui/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { Moment, PageHead } from "../ui/parts";
import { Chip, Empty, errorWords, type Tone } from "../ui/states";
import { outbox, useKept } from "./device";
import type { Kept, LetterState } from "./outbox";
import { SyncChip } from "./SyncChip";
import { actionWords } from "./words";

const LOOK: Record<LetterState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: "warn", icon: "cloudOff" },
  sending: { tone: "calm", icon: "send" },
  refused: { tone: "bad", icon: "alert" },
};

/** Everything that was done on this device and the server does not have: nothing is hidden, nothing is thrown away unasked. */
export default function OutboxPage(): ReactElement {
  const { t } = useI18n();
  const shown = useKept();
  const online = useOnline();
  useTitle(t("outbox.title"));
  return (
    <div className="page">
      <PageHead title={t("outbox.title")}>
        <SyncChip shown={shown} onRetry={() => void outbox.retry(true)} />
      </PageHead>
      {online ? null : <p className="faint">{t("state.offline")}</p>}
      {shown.kept.length === 0 ? (
        <Empty icon="cloud" title={t("outbox.empty")} hint={t("outbox.emptyHint")} />
      ) : (
        <ol className="letters">
          {shown.kept.map((one) => (
            <LetterRow key={one.letter.id} kept={one} />
          ))}
        </ol>
      )}
    </div>
  );
}

function LetterRow({ kept: { letter, state, problem } }: { kept: Kept }): ReactElement {
  const { t } = useI18n();
  const isTask = letter.subject.includes(":");
  return (
    <li className={`letter letter-${state}`}>
      <div className="letter-head">
        <strong>{actionWords(letter.kind, t)}</strong>
        <Chip tone={LOOK[state].tone} icon={LOOK[state].icon}>
          {t(`outbox.state.${state}`)}
        </Chip>
      </div>
      <p>{letter.title}</p>
      <p className="faint">
        <Moment at={new Date(letter.at).toISOString()} relative />
        {letter.call.form ? ` · ${sizeOf(letter.call.form.file)}` : ""}
      </p>
      {state === "refused" ? <p className="letter-problem">{errorWords(problem, t)}</p> : null}
      <div className="letter-tools">
        {isTask ? (
          <Link to={`/tasks/${encodeURIComponent(letter.subject)}`} className="button button-plain">
            <Icon name="next" /> <span>{t("outbox.open")}</span>
          </Link>
        ) : null}
        {state === "sending" ? null : (
          <Button kind="quiet" icon="trash" onClick={() => void outbox.discard(letter.id)}>
            {t("outbox.discard")}
          </Button>
        )}
      </div>
    </li>
  );
}

function sizeOf(file: string | Blob | undefined): string {
  return file instanceof Blob ? `${Math.ceil(file.size / 1024)} KB` : "";
}
