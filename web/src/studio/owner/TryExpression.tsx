import "./owner.css";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { request } from "../../api/client";
import { useCases } from "../../api/queries";
import type { components } from "../../api/schema";
import type { FormData } from "../../api/types";
import { useI18n } from "../../i18n";
import { useSettled } from "../../ui/hooks";
import { Chip, errorWords, Notice } from "../../ui/states";

type Evaluated = components["schemas"]["Evaluated"];
type Why = components["schemas"]["Why"];

const EXAMPLES = [
  'if amount > 1000 then "LARGER" else "GENERAL"',
  'date("2026-11-21") + duration("P3D")',
  "sum(for n in [1, 2, 3] return n * n)",
  "string length(missing) + 1",
];

/** An expression and what it gives, as one types: on a real case's data, or on data of one's own. */
export function TryExpression({ begin = "" }: { begin?: string }): ReactElement {
  const { t } = useI18n();
  const [expression, setExpression] = useState(begin);
  const [text, setText] = useState('{\n  "amount": 1200\n}');
  const [caseId, setCase] = useState("");
  const [unary, setUnary] = useState(false);
  const [value, setValue] = useState("1200");
  const data = objectIn(text);
  const tested = anyIn(value);
  const asked = useSettled(JSON.stringify({ expression, data, case: caseId, unary, value: unary ? tested : null }));
  const answer = useQuery({
    queryKey: ["expression", asked],
    queryFn: ({ signal }) =>
      request<Evaluated>("/studio/expressions", { method: "POST", json: JSON.parse(asked) as unknown, signal }),
    enabled: expression.trim() !== "" && data !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <div className="feel-box">
      <div className="owner-ask">
        <label className="field">
          <span>{t("feelbox.expression")}</span>
          <textarea
            className="input owner-feel"
            rows={4}
            maxLength={32768}
            spellCheck={false}
            value={expression}
            onChange={(event) => setExpression(event.target.value)}
          />
        </label>
        {expression === "" ? (
          <div className="chips" role="group" aria-label={t("feelbox.examples")}>
            {EXAMPLES.map((one) => (
              <button key={one} type="button" className="pill owner-feel" onClick={() => setExpression(one)}>
                {one}
              </button>
            ))}
          </div>
        ) : null}
        <label>
          <input type="checkbox" checked={unary} onChange={(event) => setUnary(event.target.checked)} />{" "}
          {t("feelbox.unary")}
        </label>
        {unary ? (
          <label className="field">
            <span>{t("feelbox.input")}</span>
            <input className="input owner-feel" value={value} onChange={(event) => setValue(event.target.value)} />
          </label>
        ) : null}
        <Answer expression={expression} answer={answer.data} />
        {answer.isError ? <Notice tone="bad">{errorWords(answer.error, t)}</Notice> : null}
      </div>
      <div className="owner-ask">
        <Cases value={caseId} onChoose={setCase} />
        <label className="field">
          <span>{t("feelbox.data")}</span>
          <textarea
            className="input owner-feel"
            rows={caseId ? 4 : 10}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {data === null ? <Notice tone="bad">{t("studio.try.notJson")}</Notice> : null}
        {caseId ? <CaseData id={caseId} /> : null}
      </div>
    </div>
  );
}

function Cases({ value, onChoose }: { value: string; onChoose: (id: string) => void }): ReactElement {
  const { t } = useI18n();
  const cases = useCases({ view: "all" });
  return (
    <label className="field">
      <span>{t("feelbox.case")}</span>
      <select className="input" value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t("feelbox.noCase")}</option>
        {cases.rows.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the case has, to look at: the server evaluates on the very values, with their types. */
function CaseData({ id }: { id: string }): ReactElement | null {
  const { t } = useI18n();
  const found = useQuery({
    queryKey: ["case-data", id],
    queryFn: () => request<{ variables: FormData }>(`/cases/${encodeURIComponent(id)}`),
  });
  if (!found.data) return null;
  return (
    <details open>
      <summary>{t("feelbox.caseData")}</summary>
      <pre className="owner-value feel-case">{JSON.stringify(found.data.variables, null, 2)}</pre>
    </details>
  );
}

function Answer({ expression, answer }: { expression: string; answer: Evaluated | undefined }): ReactElement | null {
  const { t } = useI18n();
  if (!answer || expression.trim() === "") return null;
  if (answer.refused)
    return (
      <Notice tone="bad">
        <p>{t("feelbox.refused")}</p>
        <Place expression={expression} why={answer.refused} />
      </Notice>
    );
  return (
    <section className="owner-section" aria-live="polite">
      <div className="chips">
        <h3>{t("feelbox.value")}</h3>
        <Chip tone="calm">{answer.type}</Chip>
      </div>
      <pre className="owner-value">{JSON.stringify(answer.value, null, 2)}</pre>
      {answer.problems.length > 0 ? (
        <Notice tone="warn">
          <p>{t("feelbox.whys")}</p>
          {answer.problems.map((why, at) => (
            <Place key={at} expression={expression} why={why} />
          ))}
        </Notice>
      ) : null}
    </section>
  );
}

/** The reason, and the line of the expression with the place marked. */
function Place({ expression, why }: { expression: string; why: Why }): ReactElement {
  const { t } = useI18n();
  const line = expression.split("\n")[why.line - 1];
  const at = why.column - 1;
  const word = /^[\p{L}\p{N}_]+/u.exec(line?.slice(at) ?? "")?.[0] ?? line?.charAt(at) ?? "";
  return (
    <>
      <p>
        {why.message} {why.line > 0 ? `(${t("feelbox.at", { line: why.line, column: why.column })})` : ""}
      </p>
      {line !== undefined ? (
        <pre className="owner-value">
          {line.slice(0, at)}
          <mark>{word || " "}</mark>
          {line.slice(at + word.length)}
        </pre>
      ) : null}
    </>
  );
}

function objectIn(text: string): FormData | null {
  const found = anyIn(text.trim() || "{}");
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as FormData) : null;
}

/** JSON, or the text itself where it is none. */
function anyIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
