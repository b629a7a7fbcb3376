import { useState, type ReactElement } from "react";

import { useVerification } from "../api/queries";
import type { Verification } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Facts } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, errorWords, Notice, type Tone } from "../ui/states";
import { SealLines } from "./SealLines";

interface Verdict {
  tone: Tone;
  key: MessageKey;
}

/** A broken chain outweighs everything; a history that differs from its diagram comes next. */
export function verdictOf(result: Verification): Verdict {
  if (result.chain === "broken") return { tone: "bad", key: "proof.broken" };
  if (result.reexecution === "same") return { tone: "good", key: "proof.whole" };
  if (result.reexecution === "differs") return { tone: "bad", key: "proof.differs" };
  if (result.reexecution === "erased") return { tone: "info", key: "proof.erased" };
  return { tone: "warn", key: "proof.otherBuild" };
}

/** Whether the history is what was written and what the diagram demands; pressing it explains the check. */
export function ProofBadge({ caseId }: { caseId: string }): ReactElement {
  const { t } = useI18n();
  const query = useVerification(caseId);
  const [open, setOpen] = useState(false);
  if (query.isPending)
    return (
      <Chip tone="calm" icon="shield">
        {t("proof.checking")}
      </Chip>
    );
  if (query.isError)
    return (
      <Chip tone="warn" icon="shieldBad">
        {errorWords(query.error, t)}
      </Chip>
    );
  const verdict = verdictOf(query.data);
  return (
    <>
      <button type="button" className={`proof chip-${verdict.tone}`} onClick={() => setOpen(true)}>
        <Icon name={verdict.tone === "good" ? "shield" : "shieldBad"} size={18} />
        {t(verdict.key)}
      </button>
      {open ? (
        <Explained
          caseId={caseId}
          result={query.data}
          busy={query.isFetching}
          onAgain={() => void query.refetch()}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

interface ExplainedProps {
  caseId: string;
  result: Verification;
  busy: boolean;
  onAgain: () => void;
  onClose: () => void;
}

function Explained({ caseId, result, busy, onAgain, onClose }: ExplainedProps): ReactElement {
  const { t, language } = useI18n();
  const verdict = verdictOf(result);
  return (
    <Sheet
      title={t("proof.title")}
      onClose={onClose}
      footer={
        <Button icon="retake" busy={busy} onClick={onAgain}>
          {t("proof.again")}
        </Button>
      }
    >
      <Notice tone={verdict.tone}>{t(`${verdict.key}.why` as MessageKey)}</Notice>
      <ol className="proof-steps">
        <li>{t(result.chain === "whole" ? "proof.chainWhole" : "proof.chainBroken", { n: result.entries })}</li>
        <li>{t(`${verdict.key}.run` as MessageKey)}</li>
      </ol>
      {result.firstWrong ? (
        <Notice tone="bad">
          {t("proof.firstWrong", { n: result.firstWrong.seq, reason: result.firstWrong.reason })}
        </Notice>
      ) : null}
      <Facts
        rows={[
          [t("proof.entries"), result.entries],
          [t("proof.checkedAt"), exactMoment(result.checkedAt, language)],
          [
            t("proof.head"),
            <code key="head" className="hash">
              {result.head}
            </code>,
          ],
        ]}
      />
      <SealLines caseId={caseId} />
    </Sheet>
  );
}
