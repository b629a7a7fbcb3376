/** Small pieces that say the same thing the same way on every screen. */
import type { ReactElement, ReactNode } from "react";

import type { CaseStatus, TaskSummary } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { agoWords, dueWords, exactMoment, momentWords, nextRungWords, type DueTone } from "../i18n/time";
import { priorityLevel } from "../worklist/model";
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import { useNow } from "./hooks";
import { Chip, type Tone } from "./states";

const DUE_LOOK: Record<DueTone, { tone: Tone; icon: IconName }> = {
  late: { tone: "bad", icon: "late" },
  soon: { tone: "warn", icon: "clock" },
  calm: { tone: "calm", icon: "clock" },
};

/** "还有 2 小时", "逾期 3 天"; the exact moment is in the title. */
export function Due({ due, next = null }: { due: string | null; next?: TaskSummary["nextRung"] }): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  if (!due) return <span className="faint">{t("due.none")}</span>;
  const words = dueWords(due, now, t);
  const look = DUE_LOOK[words.tone];
  const then = next ? `\n${nextRungWords(next, now, t)}` : "";
  return (
    <time dateTime={due} title={exactMoment(due, language) + then}>
      <Chip tone={look.tone} icon={look.icon}>
        {words.text}
      </Chip>
    </time>
  );
}

/** "2 小时后：报单位安全总监": what happens next if nobody acts. */
export function NextRung({ rung }: { rung: NonNullable<TaskSummary["nextRung"]> }): ReactElement {
  const { t, language } = useI18n();
  return (
    <span className="next-rung" title={exactMoment(rung.at, language)}>
      <Icon name="bell" size={16} /> {nextRungWords(rung, useNow(), t)}
    </span>
  );
}

export function Moment({ at, relative = false }: { at: string; relative?: boolean }): ReactElement {
  const { t, language } = useI18n();
  const now = useNow();
  return (
    <time dateTime={at} title={exactMoment(at, language)}>
      {relative ? agoWords(at, now, t, language) : momentWords(at, now, t, language)}
    </time>
  );
}

const PRIORITY: Record<"high" | "low", { key: MessageKey; tone: Tone }> = {
  high: { key: "priority.high", tone: "bad" },
  low: { key: "priority.low", tone: "calm" },
};

export function Priority({ value }: { value: number }): ReactElement | null {
  const { t } = useI18n();
  const level = priorityLevel(value);
  if (level === "normal") return null;
  return <Chip tone={PRIORITY[level].tone}>{t(PRIORITY[level].key)}</Chip>;
}

/** Who has it: me, somebody else, nobody yet. */
export function Assignee({ task, me }: { task: TaskSummary; me: string }): ReactElement {
  const { t } = useI18n();
  if (!task.assignee) return <span className="faint">{t("task.nobody")}</span>;
  return (
    <span className="who">
      <Icon name="person" size={16} />
      {task.assignee.id === me ? t("task.me") : task.assignee.name}
    </span>
  );
}

const STATUS: Record<CaseStatus, { key: MessageKey; tone: Tone; icon: IconName }> = {
  active: { key: "case.active", tone: "info", icon: "play" },
  suspended: { key: "case.suspended", tone: "warn", icon: "pause" },
  completed: { key: "case.completed", tone: "good", icon: "done" },
  terminated: { key: "case.terminated", tone: "calm", icon: "stop" },
};

export function Status({ status }: { status: CaseStatus }): ReactElement {
  const { t } = useI18n();
  const look = STATUS[status];
  return (
    <Chip tone={look.tone} icon={look.icon}>
      {t(look.key)}
    </Chip>
  );
}

export function PageHead({
  title,
  children,
  back,
}: {
  title: ReactNode;
  children?: ReactNode;
  back?: ReactNode;
}): ReactElement {
  return (
    <header className="page-head">
      {back}
      <h1>{title}</h1>
      {children ? <div className="page-head-side">{children}</div> : null}
    </header>
  );
}

export function Facts({ rows }: { rows: [label: string, value: ReactNode][] }): ReactElement {
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Search({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
}): ReactElement {
  const { t } = useI18n();
  return (
    <div className="search" role="search">
      <Icon name="search" size={18} />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {value ? (
        <button type="button" className="search-clear" aria-label={t("action.clear")} onClick={() => onChange("")}>
          <Icon name="close" size={16} />
        </button>
      ) : null}
    </div>
  );
}
