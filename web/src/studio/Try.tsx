import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from "react";

import type { ElementCounts, FormData, FormSchema } from "../api/types";
import { ProblemList } from "../form/ProblemList";
import type { FormHandle } from "../form/FormView";
import type { Problem } from "../form/session";
import { Refused } from "../api/client";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Chip, Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import {
  beginTry,
  readFile,
  stepInTry,
  undoInTry,
  type StepBody,
  type StudioDraft,
  type TriedTask,
  type Try as Run,
} from "./api";
import { SaveRun } from "./SaveRun";
import { Scenarios } from "./Scenarios";
import type { Saver } from "./saver";
import { Clock, EventList, Jobs, Variables, Waits } from "./TryPanels";
import { useProcesses, type ProcessIn } from "./useProcesses";

const DiagramView = lazy(() => import("../case/DiagramView"));
const FormView = lazy(() => import("../form/FormView"));

/** The draft run by the engine itself, in memory and under a clock of its own: nobody is told, nothing is kept. */
export default function Try({ draft, saver }: { draft: StudioDraft; saver: Saver }): ReactElement {
  const { t } = useI18n();
  const processes = useProcesses(draft);
  const [run, setRun] = useState<Run | null>(null);
  const [process, setProcess] = useState("");
  if (!processes.data) return processes.isError ? <Failure error={processes.error} /> : <Loading />;
  const chosen = processes.data.find(({ id }) => id === process) ?? processes.data[0];
  if (!chosen) return <Empty icon="play" title={t("studio.try.none")} hint={t("studio.try.noneHint")} />;
  return (
    <>
      {run ? (
        <Running {...{ draft, saver, run, setRun }} processes={processes.data} />
      ) : (
        <Begin draft={draft} chosen={chosen} processes={processes.data} onChoose={setProcess} onBegun={setRun} />
      )}
      <Scenarios draft={draft} saver={saver} processes={processes.data} />
    </>
  );
}

interface BeginProps {
  draft: StudioDraft;
  chosen: ProcessIn;
  processes: ProcessIn[];
  onChoose: (process: string) => void;
  onBegun: (run: Run) => void;
}

function Begin({ draft, chosen, processes, onChoose, onBegun }: BeginProps): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel studio-begin">
      <h2>{t("studio.try.begin")}</h2>
      <p className="faint">{t("studio.try.hint")}</p>
      <label className="field">
        <span>{t("studio.try.process")}</span>
        <select className="input" value={chosen.id} onChange={(event) => onChoose(event.target.value)}>
          {processes.map(({ id, name }) => (
            <option key={id} value={id}>
              {name && name !== id ? `${name} (${id})` : id}
            </option>
          ))}
        </select>
      </label>
      <StartForm key={chosen.id} draft={draft} process={chosen} onBegun={onBegun} />
    </section>
  );
}

function StartForm({
  draft,
  process,
  onBegun,
}: {
  draft: StudioDraft;
  process: ProcessIn;
  onBegun: (run: Run) => void;
}): ReactElement {
  const { t } = useI18n();
  const form = useQuery({
    queryKey: ["draft-start-form", draft.id, process.form, draft.version],
    queryFn: async () => (process.form ? (JSON.parse(await readFile(draft.id, process.form)) as FormSchema) : null),
  });
  const begin = (data: FormData) => beginTry(draft.id, process.id, data).then(onBegun);
  if (form.data === undefined) return <Loading />;
  return <Filled schema={form.data} initial={{}} words={t("studio.try.start")} send={begin} />;
}

interface FilledProps {
  schema: FormSchema | null;
  initial: FormData;
  words: string;
  send: (data: FormData) => Promise<unknown>;
}

/** A form with its button, or data as JSON where there is no form; what the engine says no to stands at its field. */
function Filled({ schema, initial, words, send }: FilledProps): ReactElement {
  const { t } = useI18n();
  const form = useRef<FormHandle>(null);
  const [text, setText] = useState("{}");
  const [problems, setProblems] = useState<Problem[]>([]);
  const [error, setError] = useState<string | null>(null);
  const sending = useMutation({ mutationFn: send });
  const go = async () => {
    setError(null);
    const filled = schema ? form.current?.submit() : dataIn(text);
    if (!filled) {
      setError(t("studio.try.notJson"));
      return;
    }
    setProblems(filled.problems);
    if (filled.problems.length > 0) return;
    try {
      await sending.mutateAsync(filled.data);
    } catch (refused) {
      if (refused instanceof Refused && form.current) setProblems(form.current.show(refused.fields));
      setError(errorWords(refused, t));
    }
  };
  return (
    <div className="studio-filled">
      {problems.length > 0 ? (
        <ProblemList problems={problems} onJump={(problem) => form.current?.focus(problem)} />
      ) : null}
      {error ? <Notice tone="bad">{error}</Notice> : null}
      {schema ? (
        <Suspense fallback={<Loading />}>
          <FormView
            ref={form}
            schema={schema}
            initial={initial}
            editable
            photos={(place) => (
              <Button icon="camera" onClick={() => place.change(samplePhotos())}>
                {Array.isArray(place.value) && place.value.length > 0
                  ? t("studio.try.photoTaken")
                  : t("studio.try.photo")}
              </Button>
            )}
          />
        </Suspense>
      ) : (
        <label className="field">
          <span>{t("studio.try.data")}</span>
          <textarea
            className="input studio-json"
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      )}
      <Button kind="primary" icon="play" busy={sending.isPending} onClick={() => void go()}>
        {words}
      </Button>
    </div>
  );
}

/** A stand-in: a run has no files, and what its forms want is that there is one. */
const samplePhotos = () => [{ id: "sample", sha256: "0".repeat(64) }];

function dataIn(text: string): { data: FormData; problems: Problem[] } | null {
  try {
    const data = JSON.parse(text) as unknown;
    return typeof data === "object" && data !== null && !Array.isArray(data)
      ? { data: data as FormData, problems: [] }
      : null;
  } catch {
    return null;
  }
}

interface RunningProps {
  draft: StudioDraft;
  saver: Saver;
  run: Run;
  setRun: (run: Run | null) => void;
  processes: ProcessIn[];
}

function Running({ draft, saver, run, setRun, processes }: RunningProps): ReactElement {
  const { t } = useI18n();
  const [error, setError] = useState<unknown>(null);
  const step = async (body: StepBody) => {
    setRun(await stepInTry(run.id, body));
    setError(null);
  };
  const tell = (promise: Promise<unknown>) => void promise.catch(setError);
  const over = run.cases.every(({ status }) => status === "completed");
  return (
    <>
      <div className="studio-run">
        <Painted draft={draft} run={run} processes={processes} />
        <div className="studio-run-side">
          <Clock run={run} onStep={(body) => tell(step(body))} />
          {run.refused ? <Notice tone="warn">{t("studio.try.refused", { why: run.refused })}</Notice> : null}
          {error ? <Notice tone="bad">{errorWords(error, t)}</Notice> : null}
          {over ? <Notice tone="good">{t("studio.try.over")}</Notice> : null}
          {run.cases.flatMap((one) =>
            one.incidents.map((incident, at) => (
              <Notice key={`${one.case}-${at}`} tone="bad">
                <strong>{incident.element}</strong> {incident.message}
              </Notice>
            )),
          )}
          {run.tasks.map((task) => (
            <Task key={`${task.case}-${task.task}-${run.steps}`} task={task} step={step} />
          ))}
          <Jobs run={run} onStep={(body) => tell(step(body))} />
          <Waits run={run} onStep={(body) => tell(step(body))} />
          <div className="chips">
            <Button icon="undo" disabled={run.steps < 2} onClick={() => tell(undoInTry(run.id).then(setRun))}>
              {t("studio.try.undo")}
            </Button>
            <SaveRun draft={draft} saver={saver} run={run} />
            <Button icon="close" onClick={() => setRun(null)}>
              {t("studio.try.end")}
            </Button>
          </div>
        </div>
      </div>
      <div className="studio-run-more">
        <EventList run={run} />
        <Variables run={run} />
      </div>
    </>
  );
}

function Task({ task, step }: { task: TriedTask; step: (body: StepBody) => Promise<void> }): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState(true);
  return (
    <section className="panel studio-task">
      <button type="button" className="studio-task-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="tasks" size={18} />
        <strong>{task.name || task.element}</strong>
        {task.due ? <Chip tone="calm">{t("studio.try.due", { at: moment(task.due) })}</Chip> : null}
      </button>
      {task.candidates.length > 0 ? <p className="faint">{task.candidates.join(" · ")}</p> : null}
      {open ? (
        <Filled
          schema={task.form}
          initial={task.data as FormData}
          words={t("studio.try.complete")}
          send={(data) => step({ kind: "complete", subject: task.element, key: "", data })}
        />
      ) : null}
    </section>
  );
}

const moment = (at: string): string => at.slice(0, 16).replace("T", " ");

/** Where the run is and where it has been; a called process is drawn in its own diagram. */
function Painted({ draft, run, processes }: { draft: StudioDraft; run: Run; processes: ProcessIn[] }): ReactElement {
  const { t } = useI18n();
  const active = run.tasks[0]?.process ?? run.cases.flatMap((one) => one.tokens)[0]?.process;
  const known = processes.filter(({ id }) => id in run.reached || id === active);
  const [picked, setPicked] = useState<string | null>(null);
  const latest = useRef(active);
  useEffect(() => {
    // Where the run goes, the picture follows; until somebody looks elsewhere.
    if (latest.current !== active) setPicked(null);
    latest.current = active;
  }, [active]);
  const shown = known.find(({ id }) => id === (picked ?? active)) ?? known[0] ?? processes[0];
  const marks = marksIn(run, shown?.id ?? "");
  if (!shown) return <Loading />;
  return (
    <div className="studio-painted">
      {known.length > 1 ? (
        <div className="chips" role="group" aria-label={t("studio.try.process")}>
          {known.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="pill"
              aria-pressed={id === shown.id}
              onClick={() => setPicked(id)}
            >
              {name || id}
            </button>
          ))}
        </div>
      ) : null}
      <Suspense fallback={<Loading />}>
        <DiagramView
          key={`${shown.file} ${draft.version}`}
          xml={shown.xml}
          label={t("process.diagram", { name: shown.name || shown.id })}
          elements={marks.elements}
          flows={marks.flows}
        />
      </Suspense>
    </div>
  );
}

export function marksIn(
  run: Run,
  process: string,
): { elements: Record<string, ElementCounts>; flows: Record<string, number> } {
  const elements: Record<string, ElementCounts> = {};
  const flows: Record<string, number> = {};
  const at = (id: string) => (elements[id] ??= { active: 0, completed: 0, cancelled: 0, incidents: 0 });
  for (const id of run.reached[process] ?? []) {
    at(id).completed = 1;
    flows[id] = 1;
  }
  for (const { tokens, incidents } of run.cases) {
    for (const token of tokens.filter((one) => one.process === process)) at(token.element).active += token.count;
    for (const { element } of incidents) if (element in elements) at(element).incidents += 1;
  }
  return { elements, flows };
}
