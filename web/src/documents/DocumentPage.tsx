import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement, type ReactNode } from "react";
import { Link, useParams } from "react-router";

import { Refused, request } from "../api/client";
import { useI18n, type MessageKey } from "../i18n";
import { codeTone, codeWord } from "../registers/words";
import { Button, ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Facts, Moment, PageHead } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import { Chip, errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { usePaper, type Paper, type SaidValue } from "./data";
import "./documents.css";

type NoteKind = "SERVED" | "RECEIVED" | "REFUSED" | "VOID";

export default function DocumentPage(): ReactElement {
  const { number = "" } = useParams();
  const { data, error, isPending, refetch } = usePaper(number);
  useTitle(number);
  if (isPending) return <Loading rows={8} />;
  if (error) return <Failure page error={error} onRetry={() => void refetch()} />;
  return <Shown paper={data} />;
}

function Shown({ paper }: { paper: Paper }): ReactElement {
  const { t } = useI18n();
  const [noting, setNoting] = useState<NoteKind | null>(null);
  return (
    <div className="page paper-page">
      <PageHead
        title={paper.name}
        back={<ButtonLink to="/documents" kind="quiet" icon="back" label={t("nav.documents")} />}
      >
        <a className="button button-primary" href={paper.pdf} download>
          <Icon name="download" />
          <span>PDF</span>
        </a>
      </PageHead>
      {paper.state === "VOID" ? <Notice tone="bad">{t("document.void", { reason: paper.reason ?? "" })}</Notice> : null}
      <div className="paper-columns">
        <section className="card paper-sheet" aria-label={paper.title ?? paper.name}>
          <p className="paper-number">{paper.number}</p>
          <h2>{paper.title ?? paper.name}</h2>
          {paper.erased ? <Notice tone="warn">{t("document.erased")}</Notice> : null}
          <dl className="paper-said">
            {paper.rows.map((row) => (
              <div key={row.label}>
                <dt>{row.label}</dt>
                <dd>
                  <Said value={row.value} />
                </dd>
              </div>
            ))}
          </dl>
          <p className="paper-hash">SHA-256 {paper.hash}</p>
        </section>
        <aside>
          <section className="card paper-side">
            <Facts rows={facts(paper, t)} />
            <div className="paper-actions">
              {paper.actions.map((action) => (
                <Button
                  key={action}
                  kind={action === "VOID" ? "danger" : action === "RECEIVED" ? "primary" : "plain"}
                  onClick={() => setNoting(action as NoteKind)}
                >
                  {t(`document.do.${action as NoteKind}`)}
                </Button>
              ))}
            </div>
          </section>
          <section className="card paper-side">
            <h2>{t("document.past")}</h2>
            <ol className="paper-past">
              {paper.notes.map((note) => (
                <li key={note.seq}>
                  <Chip tone={codeTone(note.note)}>{codeWord(note.note, t)}</Chip> <Moment at={note.at} />
                  <small>
                    {[note.actor?.name, ...spoken(note.data, t)].filter(Boolean).join(" · ")}
                    <code title={note.hash}>{note.hash.slice(0, 12)}</code>
                  </small>
                </li>
              ))}
            </ol>
          </section>
        </aside>
      </div>
      {noting ? <NoteSheet paper={paper} note={noting} onClose={() => setNoting(null)} /> : null}
    </div>
  );
}

type T = ReturnType<typeof useI18n>["t"];

function facts(paper: Paper, t: T): [string, ReactNode][] {
  const rows: [string, ReactNode][] = [
    [
      t("register.state"),
      <Chip key="s" tone={codeTone(paper.state)}>
        {codeWord(paper.state, t)}
      </Chip>,
    ],
    [t("document.station"), paper.station.name],
    [t("document.issuedBy"), paper.issuedBy?.name ?? "—"],
    [t("document.issuedAt"), <Moment key="i" at={paper.issuedAt} />],
    [t("document.servedTo"), paper.servedTo?.name ?? "—"],
  ];
  if (paper.servedAt) rows.push([t("document.servedAt"), <Moment key="e" at={paper.servedAt} />]);
  if (paper.method) rows.push([t("document.method"), codeWord(paper.method, t)]);
  if (paper.receiptAt) rows.push([t("document.receipt"), <Moment key="r" at={paper.receiptAt} />]);
  const title = paper.case.title || paper.case.id;
  rows.push([
    t("case.case"),
    <Link key="c" to={`/cases/${encodeURIComponent(paper.case.id)}`}>
      {title}
    </Link>,
  ]);
  return rows;
}

/** What a note says beside its kind: how, why, who signed or bore witness. */
function spoken(data: Record<string, unknown>, t: T): string[] {
  const words: string[] = [];
  if (typeof data.method === "string") words.push(codeWord(data.method, t));
  if (typeof data.reason === "string") words.push(data.reason);
  for (const [name, key] of [
    ["signatory", "document.signatory"],
    ["witness", "document.witness"],
  ] as const) {
    const who = data[name];
    if (typeof who !== "object" || who === null) continue;
    const said =
      "erased" in who
        ? t("document.gone")
        : Object.values(who as Record<string, string>)
            .filter(Boolean)
            .join(" ");
    words.push(`${t(key)} ${said}`);
  }
  return words;
}

function Said({ value }: { value: SaidValue }): ReactElement {
  if (typeof value === "string") return <>{value}</>;
  if (Array.isArray(value)) {
    return (
      <ol>
        {value.map((part, at) => (
          <li key={at}>
            <Said value={part} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <dl className="paper-inner">
      {Object.entries(value).map(([label, part]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Said value={part} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

// Notes ---------------------------------------------------------------------------------------------------------------

const METHODS = ["IN_PERSON", "POST", "EMAIL", "SYSTEM"];

interface Form {
  reason: string;
  method: string;
  to: string;
  name: string;
  employer: string;
}

function NoteSheet({ paper, note, onClose }: { paper: Paper; note: NoteKind; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const client = useQueryClient();
  const [form, setForm] = useState<Form>({ reason: "", method: "IN_PERSON", to: "", name: "", employer: "" });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const set = (changes: Partial<Form>) => setForm({ ...form, ...changes });
  const send = async () => {
    setBusy(true);
    try {
      const address = `/documents/${encodeURIComponent(paper.number)}/notes`;
      await request(address, { method: "POST", json: body(note, form), version: paper.version });
      toast(t("document.noted"));
      onClose();
    } catch (error) {
      const stale = error instanceof Refused && error.status === 412;
      setProblem(stale ? t("document.stale") : errorWords(error, t));
      setBusy(false);
    }
    await client.invalidateQueries({ queryKey: ["document", paper.number] });
  };
  const who = note === "REFUSED" ? t("document.witness") : t("document.signatory");
  return (
    <Sheet
      title={t(`document.do.${note}` satisfies MessageKey)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind={note === "VOID" ? "danger" : "primary"} busy={busy} onClick={() => void send()}>
            {t(`document.do.${note}` satisfies MessageKey)}
          </Button>
        </>
      }
    >
      <p>{t(`document.ask.${note}` satisfies MessageKey)}</p>
      {note === "SERVED" ? (
        <label className="field">
          <span>{t("document.method")}</span>
          <select className="input" value={form.method} onChange={(event) => set({ method: event.target.value })}>
            {METHODS.map((method) => (
              <option key={method} value={method}>
                {codeWord(method, t)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {note === "REFUSED" || note === "VOID" ? (
        <Line label={t("document.reason")} value={form.reason} longest={1000} onChange={(reason) => set({ reason })} />
      ) : null}
      {note === "REFUSED" || note === "RECEIVED" ? (
        <>
          <Line label={who} value={form.name} longest={60} onChange={(name) => set({ name })} />
          <Line
            label={t("document.employer")}
            value={form.employer}
            longest={100}
            onChange={(employer) => set({ employer })}
          />
        </>
      ) : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </Sheet>
  );
}

function body(note: NoteKind, form: Form): object {
  const person = form.name.trim() ? { name: form.name.trim(), employer: form.employer.trim() } : null;
  return {
    note,
    ...(note === "SERVED" ? { method: form.method } : {}),
    ...(note === "REFUSED" || note === "VOID" ? { reason: form.reason.trim() } : {}),
    ...(note === "RECEIVED" ? { signatory: person } : {}),
    ...(note === "REFUSED" ? { witness: person } : {}),
  };
}

interface LineProps {
  label: string;
  value: string;
  longest: number;
  onChange: (value: string) => void;
}

function Line({ label, value, longest, onChange }: LineProps): ReactElement {
  return (
    <label className="field">
      <span>{label}</span>
      <input className="input" maxLength={longest} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
