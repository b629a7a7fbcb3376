import { lazy, Suspense, useMemo, useRef, useState, type ReactElement, type RefObject } from "react";
import { useNavigate } from "react-router";

import { Refused } from "../api/client";
import type { Attachment, FormData, Task, TaskAnswer } from "../api/types";
import { itemDomId, lack, type Lack } from "../checklist/model";
import { useChecklist, type Filling } from "../checklist/useChecklist";
import { asksForCode } from "../day/arrival";
import type { FormHandle } from "../form/FormView";
import { PhotoPlaceView } from "../form/PhotoPlaceView";
import { ProblemList } from "../form/ProblemList";
import { hasPhotoField, withoutChecklist } from "../form/schema";
import type { Problem } from "../form/session";
import { useI18n, type MessageKey, type Translate } from "../i18n";
import { outbox, useKept } from "../outbox/device";
import { SyncChip } from "../outbox/SyncChip";
import { Photos } from "../photos/Photos";
import { SignaturesField } from "../signing/SignaturesField";
import { keepSignatures, keptSignatures, type Signature } from "../signing/signatures";
import { useSession } from "../session/session";
import { usePhone } from "../ui/hooks";
import { errorWords, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { ActionBar } from "./ActionBar";
import { isChanged, useTaskAction } from "./actions";
import { ChangedSheet } from "./ChangedSheet";
import { DraftChip } from "./DraftChip";
import { useDraft } from "./useDraft";

const Checklist = lazy(() => import("../checklist/Checklist"));
const CheckIn = lazy(() => import("../day/CheckIn"));
const FormView = lazy(() => import("../form/FormView"));

/** What completing came to, while it has not succeeded. */
type Trouble =
  | { kind: "problems"; problems: Problem[] }
  | { kind: "words"; text: string }
  | { kind: "changed"; data: FormData }
  | null;

/** The form, its photos, its draft and the bar that acts on them. */
export function TaskWork({ task }: { task: Task }): ReactElement {
  const { t } = useI18n();
  const person = useSession().person.id;
  const editable = task.actions.complete.allowed && task.assignee !== null;
  const draft = useDraft(task, person, editable);
  const kept = useKept(task.id);
  const phone = usePhone();
  const [arrivedBy, setArrived] = useState<FormData | null>(null);
  const form = useRef<FormHandle>(null);
  const [attachments, setAttachments] = useState(task.attachments);
  const arrived = (attachment: Attachment) =>
    setAttachments((before) => [...before.filter((one) => one.id !== attachment.id), attachment]);
  const plain = useMemo(() => withoutChecklist(task.form), [task.form]);
  const filling = useChecklist(task, plain !== null && isOpen(task));
  const [signed, setSigned] = useState(() => keptSignatures(person, task.id));
  const sign = (signatures: Signature[]) => {
    keepSignatures(person, task.id, signatures);
    setSigned(signatures);
  };
  const { complete, send, busy, trouble, clear } = useCompletion(task, form, draft.forget, filling, signed);

  return (
    <>
      {trouble?.kind === "problems" ? (
        <ProblemList problems={trouble.problems} onJump={(problem) => form.current?.focus(problem)} />
      ) : null}
      {editable && phone && asksForCode(task) ? (
        <Suspense fallback={null}>
          <CheckIn
            task={task}
            onArrived={(data) => {
              const now = { ...form.current?.data(), ...data };
              draft.change(now);
              setArrived({ ...draft.initial, ...now });
            }}
          />
        </Suspense>
      ) : null}
      {filling ? (
        <Suspense fallback={<Loading rows={5} />}>
          <Checklist filling={filling} subject={`task|${task.id}`} attachments={attachments} onArrived={arrived} />
        </Suspense>
      ) : null}
      {task.form ? (
        <Suspense fallback={<Loading rows={5} />}>
          <FormView
            key={arrivedBy ? "arrived" : "form"}
            ref={form}
            schema={plain ?? task.form}
            initial={arrivedBy ?? draft.initial}
            editable={editable}
            onChange={draft.change}
            photos={(place) => (
              <PhotoPlaceView place={place} subject={`task|${task.id}`} attachments={attachments} onArrived={arrived} />
            )}
          />
        </Suspense>
      ) : (
        <p className="faint">{t("task.noForm")}</p>
      )}
      {task.evidence.photos > 0 && !hasPhotoField(task.form) ? (
        <Photos
          label={t("photo.evidence")}
          hint={t("photo.least", { n: task.evidence.photos })}
          place={`task|${task.id}|evidence`}
          kind="evidence"
          known={attachments}
          editable={editable}
          onChange={() => undefined}
          onArrived={arrived}
          value={attachments.filter((one) => one.type.startsWith("image/"))}
        />
      ) : null}
      {editable && phone ? <SignaturesField task={task.id} value={signed} onChange={sign} /> : null}
      {trouble?.kind === "words" ? <Notice tone="bad">{trouble.text}</Notice> : null}
      <ActionBar
        task={task}
        busy={busy}
        onComplete={complete}
        chip={
          <>
            {editable ? <DraftChip state={draft.state} /> : null}
            {kept.kept.length > 0 && !filling ? (
              <SyncChip shown={kept} onRetry={() => void outbox.retry(true)} />
            ) : null}
          </>
        }
      />
      {trouble?.kind === "changed" ? (
        <ChangedSheet task={task} data={trouble.data} onClose={clear} onAgain={(now) => void send(trouble.data, now)} />
      ) : null}
    </>
  );
}

function isClosed(answer: TaskAnswer): boolean {
  return answer.case.status === "completed";
}

function isOpen(task: Task): boolean {
  return task.state === "created" || task.state === "claimed";
}

/** What keeps the checklist from being handed in, each a way to its item. */
function lacks(filling: Filling | null, t: Translate): Problem[] {
  return (filling?.items ?? []).flatMap((item) => {
    const found = lack(item);
    return found ? [{ field: null, label: item.item, messages: [t(LACKS[found])], domId: itemDomId(item.item) }] : [];
  });
}

const LACKS: Record<Lack, MessageKey> = {
  open: "check.openItem",
  conflict: "check.conflictItem",
  note: "check.needsNote",
};

function useCompletion(
  task: Task,
  form: RefObject<FormHandle | null>,
  forget: () => void,
  filling: Filling | null,
  signed: Signature[],
) {
  const { t } = useI18n();
  const toast = useToast();
  const navigate = useNavigate();
  const act = useTaskAction();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(null);

  const send = async (data: FormData, on: Task = task) => {
    setBusy(true);
    try {
      const answer = await act(on, "complete", signed.length > 0 ? { data, signatures: signed } : { data });
      // Kept on the device, it may yet be refused: then the draft is what the form goes on with.
      if (answer) forget();
      toast(!answer ? t("outbox.kept") : t(isClosed(answer) ? "task.doneClosed" : "task.done", { name: task.name }));
      void navigate("/tasks", { replace: true });
    } catch (error) {
      setTrouble(troubleOf(error, data, form.current));
    } finally {
      setBusy(false);
    }
  };

  const troubleOf = (error: unknown, data: FormData, shown: FormHandle | null): Trouble => {
    if (isChanged(error)) return { kind: "changed", data };
    if (error instanceof Refused && error.status === 422 && Object.keys(error.fields).length > 0 && shown) {
      return { kind: "problems", problems: shown.show(error.fields) };
    }
    return { kind: "words", text: errorWords(error, t) };
  };

  const complete = () => {
    const outcome = form.current?.submit() ?? { data: {}, problems: [] };
    const problems = [...lacks(filling, t), ...outcome.problems];
    if (problems.length > 0) setTrouble({ kind: "problems", problems });
    else {
      setTrouble(null);
      void send(outcome.data);
    }
  };
  return { complete, send, busy, trouble, clear: () => setTrouble(null) };
}
