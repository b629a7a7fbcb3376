import { useState, type ReactElement } from "react";

import type { FormData } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Chip } from "../ui/states";
import type { StepBody, Try as Run } from "./api";

interface Props {
  run: Run;
  onStep: (body: StepBody) => void;
}

const JUMPS = ["PT1H", "P1D", "P7D"] as const;
const time = (at: string): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The clock of the run: it stands still until somebody moves it. */
export function Clock({ run, onStep }: Props): ReactElement {
  const { t } = useI18n();
  const next = [...run.timers].sort((one, other) => (one.due < other.due ? -1 : 1))[0];
  return (
    <section className="panel studio-clock">
      <div className="chips">
        <Icon name="clock" />
        <strong>{time(run.now)}</strong>
        <Chip tone="calm">{t("studio.try.virtual")}</Chip>
      </div>
      <div className="chips">
        {JUMPS.map((jump) => (
          <Button key={jump} onClick={() => onStep({ kind: "advance", subject: jump, key: "" })}>
            {t(`studio.try.${jump}`)}
          </Button>
        ))}
        {next ? (
          <Button icon="next" onClick={() => onStep({ kind: "to", subject: next.due, key: "" })}>
            {t("studio.try.next", { at: time(next.due) })}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

export function Jobs({ run, onStep }: Props): ReactElement | null {
  const { t } = useI18n();
  const [texts, setTexts] = useState<Record<string, string>>({});
  if (run.jobs.length === 0) return null;
  return (
    <section className="panel">
      <h3>{t("studio.try.jobs")}</h3>
      {run.jobs.map(({ case: number, element, type }) => {
        const text = texts[element] ?? "{}";
        const data = parsed(text);
        return (
          <div key={`${number}-${element}`} className="studio-wait">
            <span>
              <strong>{element}</strong> <code>{type}</code>
            </span>
            <input
              className="input"
              aria-label={t("studio.try.result", { name: element })}
              value={text}
              onChange={(event) => setTexts({ ...texts, [element]: event.target.value })}
            />
            <Button
              icon="play"
              disabled={!data}
              onClick={() => data && onStep({ kind: "job", subject: type, key: "", data })}
            >
              {t("studio.try.answer")}
            </Button>
          </div>
        );
      })}
    </section>
  );
}

export function Waits({ run, onStep }: Props): ReactElement | null {
  const { t } = useI18n();
  if (run.waits.length === 0) return null;
  return (
    <section className="panel">
      <h3>{t("studio.try.waits")}</h3>
      {run.waits.map(({ case: number, element, kind, name, key }) => (
        <div key={`${number}-${element}-${name}-${key}`} className="studio-wait">
          <span>
            <strong>{element}</strong> {name} <code>{key}</code>
          </span>
          <Button icon="send" onClick={() => onStep({ kind, subject: name, key: kind === "message" ? key : "" })}>
            {t("studio.try.send")}
          </Button>
        </div>
      ))}
    </section>
  );
}

export function EventList({ run }: { run: Run }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("studio.try.events")}</h2>
      <ol className="studio-events">
        {run.events.map(({ event }, at) => {
          const { type, ...rest } = event;
          return (
            <li key={at}>
              <details>
                <summary>
                  <strong>{String(type)}</strong>{" "}
                  <span className="faint">{typeof rest.element === "string" ? rest.element : ""}</span>
                </summary>
                <pre>{JSON.stringify(rest, null, 2)}</pre>
              </details>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

export function Variables({ run }: { run: Run }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("studio.try.variables")}</h2>
      {run.cases.map((one) => (
        <details key={one.case} open={run.cases.length === 1}>
          <summary>
            {one.title || one.process} · {one.status}
          </summary>
          <pre className="studio-plain">{JSON.stringify(one.variables, null, 2)}</pre>
        </details>
      ))}
    </section>
  );
}

function parsed(text: string): FormData | null {
  try {
    const data = JSON.parse(text) as unknown;
    return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as FormData) : null;
  } catch {
    return null;
  }
}
