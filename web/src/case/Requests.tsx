import { lazy, Suspense, useRef, useState, type ReactElement, type RefObject } from "react";

import { Refused, request, Unreachable, uuid } from "../api/client";
import { path, useRefresh } from "../api/queries";
import type { Case, CaseRequest, CaseStatus, FormData } from "../api/types";
import type { FormHandle } from "../form/FormView";
import { ProblemList } from "../form/ProblemList";
import type { Problem } from "../form/session";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Sheet } from "../ui/Sheet";
import { errorWords, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

const FormView = lazy(() => import("../form/FormView"));

/** What may be asked for at any time while the case runs, such as an extension: a form each, behind a button. */
export function Requests({ one }: { one: Case }): ReactElement {
  const [asking, setAsking] = useState<CaseRequest | null>(null);
  return (
    <>
      {one.requests.length > 0 ? (
        <div className="case-actions">
          {one.requests.map((offer) => (
            <Button key={offer.id} icon="message" onClick={() => setAsking(offer)}>
              {offer.name}
            </Button>
          ))}
        </div>
      ) : null}
      {asking ? <Ask caseId={one.id} offer={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

function Ask({ caseId, offer, onClose }: { caseId: string; offer: CaseRequest; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const form = useRef<FormHandle>(null);
  const { send, busy, problems, words } = useAsk(caseId, offer, form, onClose);
  return (
    <Sheet
      title={offer.name}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" icon="message" busy={busy} onClick={send}>
            {t("request.send")}
          </Button>
        </>
      }
    >
      {problems.length > 0 ? (
        <ProblemList problems={problems} onJump={(problem) => form.current?.focus(problem)} />
      ) : null}
      <Suspense fallback={<Loading rows={4} />}>
        <FormView ref={form} schema={offer.form} initial={offer.data} editable photos={() => null} />
      </Suspense>
      {words ? <Notice tone="bad">{words}</Notice> : null}
    </Sheet>
  );
}

function useAsk(caseId: string, offer: CaseRequest, form: RefObject<FormHandle | null>, onClose: () => void) {
  const { t } = useI18n();
  const toast = useToast();
  const refresh = useRefresh();
  const [key] = useState(uuid);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [words, setWords] = useState("");

  const deliver = async (data: FormData) => {
    setBusy(true);
    try {
      const address = `${path.case(caseId)}/requests/${offer.id}`;
      await request<{ status: CaseStatus }>(address, { method: "POST", json: { data }, key });
      toast(t("request.sent"));
      onClose();
      await refresh(caseId);
    } catch (error) {
      if (error instanceof Refused && error.status === 422 && form.current)
        setProblems(form.current.show(error.fields));
      setWords(error instanceof Unreachable ? t("task.notSent") : errorWords(error, t));
      setBusy(false);
    }
  };

  const send = () => {
    const outcome = form.current?.submit() ?? { data: {}, problems: [] };
    setProblems(outcome.problems);
    setWords("");
    if (outcome.problems.length === 0) void deliver(outcome.data);
  };
  return { send, busy, problems, words };
}
