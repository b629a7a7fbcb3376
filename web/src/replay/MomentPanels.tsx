import type { ReactElement } from "react";

import type { Instant, MomentAt } from "../api/types";
import { Gallery } from "../case/Gallery";
import { sentenceOf } from "../case/sentences";
import { useI18n, type MessageKey } from "../i18n";
import { dueWords, exactMoment, type DueTone } from "../i18n/time";
import { Icon } from "../ui/Icon";
import { Facts } from "../ui/parts";
import { Chip, Notice, type Tone } from "../ui/states";
import { activeSteps, changeOf, firedIn, type Change, type Labels, type Names } from "./moment";

/** Who did what, for whom and when, and the seal of the record. */
export function Deed({ moment }: { moment: MomentAt }): ReactElement {
  const { t, language } = useI18n();
  const { entry } = moment;
  const { text, note, consequences } = sentenceOf(entry, t);
  const device = moment.facts.device;
  const deviceTime: [string, string][] =
    typeof device === "string" ? [[t("replay.deviceTime"), exactMoment(device, language)]] : [];
  return (
    <section className="panel replay-deed">
      <h2>{t("replay.deed", { n: moment.seq })}</h2>
      <p className="replay-sentence">{text}</p>
      {note ? <blockquote>{note}</blockquote> : null}
      {consequences.length > 0 ? (
        <ul className="entry-then">
          {consequences.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      <Facts
        rows={[
          [t("replay.actor"), entry.actor?.name ?? t("who.system")],
          [t("replay.onBehalfOf"), entry.onBehalfOf?.name ?? t("replay.nobody")],
          [t("replay.serverTime"), exactMoment(entry.at, language)],
          ...deviceTime,
          [
            t("history.hash"),
            <code key="hash" className="hash">
              {entry.hash}
            </code>,
          ],
          [
            t("case.release"),
            <code key="release" className="hash" title={moment.release.hash}>
              {moment.release.hash.slice(0, 12)}
            </code>,
          ],
        ]}
      />
    </section>
  );
}

/** The diagram in words. */
export function Steps({ moment, names }: { moment: MomentAt; names: Names }): ReactElement {
  const { t } = useI18n();
  const steps = activeSteps(moment, names, t);
  return (
    <div className="replay-steps">
      <h3>{t("replay.steps")}</h3>
      {steps.length === 0 ? (
        <p className="faint">{t("replay.noSteps")}</p>
      ) : (
        <ul className="chips">
          {steps.map((step) => (
            <li key={step}>
              <Chip tone="info">{step}</Chip>
            </li>
          ))}
        </ul>
      )}
      {moment.incidents.map((incident) => (
        <Notice key={incident.n} tone="bad">
          <strong>{t("case.stuckAt", { step: names.get(incident.element) ?? incident.element })}</strong>{" "}
          {incident.message}
        </Notice>
      ))}
    </div>
  );
}

const DUE_TONE: Record<DueTone, Tone> = { late: "bad", soon: "warn", calm: "calm" };

/** A deadline as it looked then, not as it looks today. */
function DueThen({ due, then }: { due: Instant | null; then: Instant }): ReactElement {
  const { t, language } = useI18n();
  if (!due) return <span className="faint">{t("due.none")}</span>;
  const { text, tone } = dueWords(due, Date.parse(then), t);
  return (
    <span className="replay-due">
      <Chip tone={DUE_TONE[tone]} icon={tone === "late" ? "late" : "clock"}>
        {text}
      </Chip>
      <time dateTime={due} className="faint">
        {exactMoment(due, language)}
      </time>
    </span>
  );
}

export function Tasks({ moment }: { moment: MomentAt }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("replay.tasks", { n: moment.tasks.length })}</h2>
      {moment.tasks.length === 0 ? <p className="faint">{t("case.noOpenTasks")}</p> : null}
      <ul className="replay-list">
        {moment.tasks.map((task) => (
          <li key={task.n}>
            <strong>{task.name || task.element}</strong>
            <DueThen due={task.due} then={moment.at} />
            <span className="who">
              <Icon name="person" size={16} />
              {task.assignee ? t("replay.heldBy", { who: task.assignee.name }) : t("task.nobody")}
            </span>
            {task.candidates.length > 0 ? (
              <span>
                {t("replay.candidates")}
                {task.candidates.map((one) => one.name).join("、")}
              </span>
            ) : null}
            {task.excluded.map((one) => (
              <span key={one.person.id} className="faint">
                {t("replay.excluded", { who: one.person.name, reason: one.reason })}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Deadlines({ moment, names }: { moment: MomentAt; names: Names }): ReactElement {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t("replay.deadlines", { n: moment.timers.length })}</h2>
      {moment.timers.length === 0 ? <p className="faint">{t("replay.noDeadlines")}</p> : null}
      <ul className="replay-list">
        {moment.timers.map((timer) => (
          <li key={timer.n}>
            <strong>{timer.name ?? names.get(timer.element) ?? timer.element}</strong>
            <DueThen due={timer.due} then={moment.at} />
            <span className="faint">
              {t(`replay.timer.${timer.kind}` as MessageKey)}
              {timer.name ? ` · ${names.get(timer.element) ?? timer.element}` : ""}
              {timer.every ? ` · ${t("replay.every", { span: timer.every })}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Decisions({ moment, labels }: { moment: MomentAt; labels: Labels }): ReactElement | null {
  const { t } = useI18n();
  if (moment.decisions.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("replay.decisions")}</h2>
      {moment.decisions.map((decision, index) => (
        // The same decision may have been asked twice in one entry; its place is what tells them apart.
        <div key={index} className="replay-decision">
          <h3>{decision.elementName ?? decision.element}</h3>
          {firedIn(decision, labels, t).map((fired, place) => (
            <div key={place} className="replay-table">
              <strong>{fired.table}</strong>
              <Facts rows={fired.inputs} />
              {fired.rules.length === 0 ? <p className="faint">{t("replay.noRule")}</p> : null}
              <ul>
                {fired.rules.map((rule) => (
                  <li key={rule.number}>
                    <Chip tone="good" icon="check">
                      {t("replay.rule", { n: rule.number })}
                    </Chip>{" "}
                    {rule.outputs}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}

interface ScopeProps {
  title: string;
  changed: Change[];
  rest: Change[];
}

export function Data({ moment, names, labels }: { moment: MomentAt; names: Names; labels: Labels }): ReactElement {
  const { t } = useI18n();
  const scopes = moment.scopes.filter((scope) => scope.variables.length > 0);
  return (
    <section className="panel">
      <h2>{t("replay.data")}</h2>
      {scopes.length === 0 ? <p className="faint">{t("replay.noData")}</p> : null}
      {scopes.map((scope) => (
        <Scope
          key={`${scope.page}/${scope.element}/${scope.instance ?? ""}/${scope.index ?? ""}`}
          title={scopeTitle(scope, moment, names)}
          changed={scope.variables.filter((one) => one.changed).map((one) => changeOf(one, labels, t))}
          rest={scope.variables.filter((one) => !one.changed).map((one) => changeOf(one, labels, t))}
        />
      ))}
    </section>
  );
}

function scopeTitle(scope: MomentAt["scopes"][number], moment: MomentAt, names: Names): string {
  const process = moment.processes.find((one) => one.process === scope.element)?.name;
  const name = process ?? names.get(scope.element) ?? scope.element;
  return scope.index === null ? name : `${name} · ${scope.index + 1}`;
}

function Scope({ title, changed, rest }: ScopeProps): ReactElement {
  const { t } = useI18n();
  return (
    <div className="replay-scope">
      <h3>{title}</h3>
      {changed.length === 0 ? <p className="faint">{t("replay.unchanged")}</p> : null}
      <dl className="facts">
        {changed.map((one) => (
          <div key={one.name} className="replay-changed">
            <dt>{one.label}</dt>
            <dd>
              {one.old === null ? (
                <Chip tone="good">{t("replay.new")}</Chip>
              ) : (
                <>
                  <span className="visually-hidden">{t("replay.before")}</span>
                  <del>
                    <Value text={one.old} />
                  </del>{" "}
                  <span aria-hidden="true">→</span>
                  <span className="visually-hidden">{t("replay.after")}</span>
                </>
              )}{" "}
              <ins>
                <Value text={one.value} />
              </ins>
            </dd>
          </div>
        ))}
      </dl>
      {rest.length > 0 ? (
        <details className="computed">
          <summary>{t("replay.rest", { n: rest.length })}</summary>
          <Facts rows={rest.map((one) => [one.label, <Value key={one.name} text={one.value} />])} />
        </details>
      ) : null}
    </div>
  );
}

const LONG = 160;

/** A long value begins on the page and unfolds when asked. */
function Value({ text }: { text: string }): ReactElement {
  if (text.length <= LONG) return <>{text}</>;
  return (
    <details className="replay-long">
      <summary>{text.slice(0, LONG / 2)}…</summary>
      {text}
    </details>
  );
}

export function Evidence({ moment }: { moment: MomentAt }): ReactElement | null {
  const { t } = useI18n();
  if (moment.attachments.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("case.attachments")}</h2>
      <Gallery attachments={moment.attachments} />
    </section>
  );
}
