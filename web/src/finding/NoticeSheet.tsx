import "./finding.css";

import { useState, type ReactElement } from "react";
import { Link } from "react-router";

import { useI18n } from "../i18n";
import { previewOf } from "../photos/Photos";
import { localUrl } from "../photos/device";
import { Words } from "../task/ActionSheet";
import { useTaskAction } from "../task/actions";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Facts } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { errorWords, Notice } from "../ui/states";
import { issueNotice, STEPS, type Finding, type Outcome, type Step } from "./notice";

interface Props {
  finding: Omit<Finding, "interim">;
  grade: string;
  measures: string;
  /** The visit has it now, or will: the item is not raised once more when the checklist is handed in. */
  onRaised: () => void;
  onClose: () => void;
}

/** One look at what the notice will say, one press to issue it, and each step as it is taken. */
export function NoticeSheet({ finding, grade, measures, onRaised, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const [interim, setInterim] = useState(() => t("notice2.interimDefault"));
  const { issue, steps, busy, outcome, problem } = useIssuing({ ...finding, interim }, onRaised);
  const begun = busy || outcome !== null || steps.length > 0;
  return (
    <Sheet
      title={t("notice2.title")}
      onClose={onClose}
      footer={
        outcome || problem ? (
          <Button kind="primary" wide onClick={onClose}>
            {t("notice2.goOn")}
          </Button>
        ) : (
          <Button kind="primary" wide icon="send" busy={busy} onClick={() => void issue()}>
            {t("notice2.issue")}
          </Button>
        )
      }
    >
      {begun ? (
        <Progress steps={steps} busy={busy} />
      ) : (
        <>
          <Facts
            rows={[
              [t("check.title"), `${finding.item} ${grade ? `· ${grade}` : ""}`],
              [t("check.note"), finding.note],
              [t("check.place"), finding.place || "–"],
              [t("check.measures"), measures || "–"],
            ]}
          />
          <div className="notice-photos">
            {finding.photos.map((photo, index) => (
              <img
                key={photo.id}
                src={localUrl(photo.id) ?? previewOf(photo, [])}
                alt={t("photo.nth", { n: index + 1 })}
              />
            ))}
          </div>
          <Words label={t("notice2.interim")} value={interim} onChange={setInterim} />
        </>
      )}
      {outcome ? <Ended outcome={outcome} /> : null}
      {problem ? <Notice tone="bad">{t("notice2.stopped", { reason: problem })}</Notice> : null}
    </Sheet>
  );
}

function Progress({ steps, busy }: { steps: Step[]; busy: boolean }): ReactElement {
  const { t } = useI18n();
  return (
    <ol className="notice-steps" aria-live="polite">
      {STEPS.map((step) => {
        const done = steps.includes(step);
        const now = busy && !done && STEPS.indexOf(step) === steps.length;
        return (
          <li key={step} className={done ? "notice-step-done" : undefined}>
            {now ? <span className="spinner" aria-hidden="true" /> : <Icon name={done ? "done" : "clock"} size={20} />}
            {t(`notice2.step.${step}`)}
          </li>
        );
      })}
    </ol>
  );
}

function Ended({ outcome }: { outcome: Outcome }): ReactElement {
  const { t } = useI18n();
  if (outcome.state === "kept") return <Notice tone="info">{t("notice2.kept")}</Notice>;
  if (outcome.state === "noticed") {
    return (
      <Notice tone="good">
        <p>{t("notice2.done", { number: outcome.number })}</p>
        <Link to={`/documents/${encodeURIComponent(outcome.number)}`}>{t("notice2.paper")}</Link>
      </Notice>
    );
  }
  return (
    <Notice tone="info">
      <p>{t(outcome.state === "chief" ? "notice2.chief" : "notice2.slow")}</p>
      {outcome.case ? <Link to={`/cases/${encodeURIComponent(outcome.case)}`}>{t("notice2.hazard")}</Link> : null}
    </Notice>
  );
}

function useIssuing(finding: Finding, onRaised: () => void) {
  const { t } = useI18n();
  const act = useTaskAction();
  const [steps, setSteps] = useState<Step[]>([]);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState("");
  const issue = async () => {
    setBusy(true);
    try {
      const found = await issueNotice(finding, act, (step) => {
        if (step === "raise") onRaised();
        setSteps((before) => [...before, step]);
      });
      if (found.state === "kept") onRaised();
      setOutcome(found);
    } catch (error) {
      setProblem(errorWords(error, t));
    } finally {
      setBusy(false);
    }
  };
  return { issue, steps, busy, outcome, problem };
}
