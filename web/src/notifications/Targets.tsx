import "./notifications.css";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactElement, type SubmitEvent } from "react";

import { Refused, request } from "../api/client";
import { useI18n, type MessageKey, type Translate } from "../i18n";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { PageHead } from "../ui/parts";
import { Chip, Empty, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { useTargets, type NewTarget, type Target } from "./api";

const KINDS = ["wecom", "dingtalk", "webhook"] as const;

/** For the system's administrator: the only addresses outside that anything is posted to. */
export default function Targets(): ReactElement {
  const { t } = useI18n();
  const query = useTargets("/targets");
  const [made, setMade] = useState<NewTarget | null>(null);
  useTitle(t("nav.targets"));
  return (
    <div className="page me">
      <PageHead title={t("nav.targets")} />
      <p className="page-hint">{t("target.hint")}</p>
      {made?.secret ? (
        <Notice tone="good">
          <p>{t("target.secretOnce", { name: made.name })}</p>
          <code className="hash token">{made.secret}</code>
        </Notice>
      ) : null}
      {query.isPending ? <Loading rows={3} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? <Empty icon="send" title={t("target.none")} hint={t("target.noneHint")} /> : null}
      <ul className="cards">
        {(query.data ?? []).map((target) => (
          <li key={target.id}>
            <Row target={target} />
          </li>
        ))}
      </ul>
      <Register onMade={setMade} />
    </div>
  );
}

type Test = { delivered: boolean; error: string | null };

function Row({ target }: { target: Target }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [test, setTest] = useState<Test | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/targets/${encodeURIComponent(target.id)}`;
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
    setBusy(false);
  };
  const send = () => attempt(async () => setTest(await request<Test>(`${path}/test`, { method: "POST" })));
  const turn = () =>
    attempt(async () => {
      await request(path, { method: "PATCH", json: { active: !target.active } });
      await client.invalidateQueries({ queryKey: ["targets"] });
    });
  return (
    <article className="card delivery">
      <div className="card-body">
        <div className="chips">
          <strong>{target.name}</strong>
          <Chip tone="calm">{t(`target.kind.${target.kind}` as MessageKey)}</Chip>
          <Chip tone={target.active ? "good" : "warn"}>{t(target.active ? "target.on" : "target.off")}</Chip>
        </div>
        <span className="faint">{target.host}</span>
        {test ? (
          <Notice tone={test.delivered ? "good" : "bad"}>
            {test.delivered ? t("target.tested") : t("target.failed", { error: test.error ?? "" })}
          </Notice>
        ) : null}
      </div>
      <div className="row-actions">
        <Button icon="send" busy={busy} onClick={() => void send()}>
          {t("target.test")}
        </Button>
        <Button icon={target.active ? "pause" : "play"} onClick={() => void turn()}>
          {t(target.active ? "target.turnOff" : "target.turnOn")}
        </Button>
      </div>
    </article>
  );
}

function problemOf(error: unknown, t: Translate): string {
  if (error instanceof Refused && error.fields.url) return t("target.badAddress");
  if (error instanceof Refused && error.fields.secret) return t("target.badSecret");
  return errorWords(error, t);
}

const EMPTY = { name: "", kind: "wecom" as string, url: "", secret: "" };

function Register({ onMade }: { onMade: (made: NewTarget) => void }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const id = useId();
  const [values, setValues] = useState(EMPTY);
  const [problem, setProblem] = useState("");
  const change = (changes: Partial<typeof EMPTY>) => setValues((before) => ({ ...before, ...changes }));
  const register = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem("");
    const secret = values.kind === "dingtalk" ? values.secret.trim() : null;
    const json = { name: values.name.trim(), kind: values.kind, url: values.url.trim(), secret };
    try {
      onMade(await request<NewTarget>("/targets", { method: "POST", json }));
      setValues(EMPTY);
      toast(t("target.made", { name: json.name }));
      await client.invalidateQueries({ queryKey: ["targets"] });
    } catch (error) {
      setProblem(problemOf(error, t));
    }
  };
  return (
    <section className="panel">
      <h2>{t("target.new")}</h2>
      <form className="stack" autoComplete="off" onSubmit={(event) => void register(event)}>
        <label className="field" htmlFor={`${id}kind`}>
          <span>{t("target.kind")}</span>
          <select
            id={`${id}kind`}
            className="input"
            value={values.kind}
            onChange={(event) => change({ kind: event.target.value })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`target.kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <Field id={`${id}name`} label={t("target.name")} value={values.name} onChange={(name) => change({ name })} />
        <Field
          id={`${id}url`}
          label={t("target.url")}
          hint={t(`target.urlHint.${values.kind}` as MessageKey)}
          value={values.url}
          onChange={(url) => change({ url })}
        />
        {values.kind === "dingtalk" ? (
          <Field
            id={`${id}secret`}
            label={t("target.secret")}
            hint={t("target.secretHint")}
            value={values.secret}
            onChange={(secret) => change({ secret })}
          />
        ) : null}
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <Button type="submit" kind="primary" icon="plus">
          {t("target.register")}
        </Button>
      </form>
    </section>
  );
}

interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

function Field({ id, label, hint, value, onChange }: FieldProps): ReactElement {
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        className="input"
        required
        maxLength={1000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint ? <small className="faint">{hint}</small> : null}
    </label>
  );
}
