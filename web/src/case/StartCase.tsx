import { lazy, Suspense, useRef, useState, type ReactElement, type RefObject } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { isDefinite, Refused, request, Unreachable, uuid } from "../api/client";
import { useDefinitions, useRefresh } from "../api/queries";
import type { CaseStatus, Definition, FormData } from "../api/types";
import type { FormHandle } from "../form/FormView";
import { ProblemList } from "../form/ProblemList";
import type { Problem } from "../form/session";
import { useI18n } from "../i18n";
import { Submissions } from "../task/submissions";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

const FormView = lazy(() => import("../form/FormView"));
const submissions = new Submissions(localStorage, uuid);

export default function StartCase(): ReactElement {
  const { t } = useI18n();
  const { process } = useParams();
  const query = useDefinitions();
  useTitle(t("case.start"));
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failure page error={query.error} onRetry={() => void query.refetch()} />;
  const startable = query.data.filter((one) => one.startable);
  const only = startable.length === 1 ? startable[0] : undefined;
  const chosen = startable.find((one) => one.process === process) ?? (process ? undefined : only);
  return chosen ? <StartForm definition={chosen} /> : <Choose definitions={startable} />;
}

function Choose({ definitions }: { definitions: Definition[] }): ReactElement {
  const { t } = useI18n();
  if (definitions.length === 0) return <Empty page icon="flow" title={t("start.none")} hint={t("start.noneHint")} />;
  return (
    <div className="page">
      <PageHead title={t("start.choose")} />
      <ul className="tiles">
        {definitions.map((one) => (
          <li key={one.process}>
            <Link to={`/cases/new/${encodeURIComponent(one.process)}`} className="tile">
              <Icon name="flow" size={26} />
              <strong>{one.name}</strong>
              <span>{one.documentation}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function StartForm({ definition }: { definition: Definition }): ReactElement {
  const { t } = useI18n();
  const form = useRef<FormHandle>(null);
  const { start, busy, problems, words } = useStart(definition, form);
  return (
    <div className="task">
      <header className="task-head">
        <Link to="/cases" className="back" aria-label={t("action.backToCases")}>
          <Icon name="back" />
        </Link>
        <div className="task-head-words">
          <h1>{t("start.title", { name: definition.name })}</h1>
          {definition.documentation ? <span className="task-head-case">{definition.documentation}</span> : null}
        </div>
      </header>
      <section className="task-work start-form">
        {problems.length > 0 ? (
          <ProblemList problems={problems} onJump={(problem) => form.current?.focus(problem)} />
        ) : null}
        {definition.form ? (
          <Suspense fallback={<Loading rows={5} />}>
            {/* Pictures belong to a case: they can be added once there is one. */}
            <FormView
              ref={form}
              schema={definition.form}
              initial={definition.data}
              editable
              photos={() => <p className="faint">{t("start.photosLater")}</p>}
            />
          </Suspense>
        ) : (
          <p className="faint">{t("start.noForm")}</p>
        )}
        {words ? <Notice tone="bad">{words}</Notice> : null}
        <footer className="action-bar">
          <Button kind="primary" icon="play" busy={busy} onClick={start}>
            {t("start.submit")}
          </Button>
        </footer>
      </section>
    </div>
  );
}

function useStart(definition: Definition, form: RefObject<FormHandle | null>) {
  const { t } = useI18n();
  const toast = useToast();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [words, setWords] = useState("");

  const send = async (data: FormData) => {
    const body = { process: definition.process, data };
    const key = submissions.keyFor("start", definition.process, body);
    setBusy(true);
    try {
      const made = await request<{ id: string; status: CaseStatus }>("/cases", { method: "POST", json: body, key });
      submissions.settle("start", definition.process);
      toast(t("start.done"));
      await refresh();
      void navigate(`/cases/${encodeURIComponent(made.id)}`, { replace: true });
    } catch (error) {
      if (isDefinite(error)) submissions.settle("start", definition.process);
      if (error instanceof Refused && error.status === 422 && form.current)
        setProblems(form.current.show(error.fields));
      setWords(error instanceof Unreachable ? t("task.notSent") : errorWords(error, t));
      setBusy(false);
    }
  };

  const start = () => {
    const outcome = form.current?.submit() ?? { data: {}, problems: [] };
    setProblems(outcome.problems);
    setWords("");
    if (outcome.problems.length === 0) void send(outcome.data);
  };
  return { start, busy, problems, words };
}
