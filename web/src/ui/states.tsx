import type { ReactElement, ReactNode } from "react";

import { Refused, Unreachable } from "../api/client";
import { useI18n, type Translate } from "../i18n";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";

export type Tone = "good" | "warn" | "bad" | "calm" | "info";

const TONE_ICON: Record<Tone, IconName> = { good: "done", warn: "alert", bad: "late", calm: "info", info: "info" };

export function Notice({ tone, children }: { tone: Tone; children: ReactNode }): ReactElement {
  return (
    <div className={`notice notice-${tone}`}>
      <Icon name={TONE_ICON[tone]} />
      <div className="notice-body">{children}</div>
    </div>
  );
}

/** A word with its icon on a tinted ground; the tint only repeats what the word says. */
export function Chip({ tone, icon, children }: { tone: Tone; icon?: IconName; children: ReactNode }): ReactElement {
  return (
    <span className={`chip chip-${tone}`}>
      {icon ? <Icon name={icon} size={14} /> : null}
      {children}
    </span>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  hint?: string;
  action?: ReactNode;
  /** It is all there is on the page, so its title is the page's heading. */
  page?: boolean;
}

export function Empty({ icon, title, hint, action, page = false }: EmptyProps): ReactElement {
  const Title = page ? "h1" : "p";
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} size={34} />
      </span>
      <Title className="empty-title">{title}</Title>
      {hint ? <p className="empty-hint">{hint}</p> : null}
      {action}
    </div>
  );
}

/** Grey bars in the shape of what is coming; read out as "loading". */
export function Loading({ rows = 4 }: { rows?: number }): ReactElement {
  const { t } = useI18n();
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="loading-row" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

/** The plain sentence for an error: what happened and what to do. */
export function errorWords(error: unknown, t: Translate): string {
  if (error instanceof Unreachable) return t("error.unreachable");
  if (!(error instanceof Refused)) return t("error.unknown");
  if (error.status === 403) return t("error.forbidden");
  if (error.status === 404) return t("error.notFound");
  if (error.status === 413) return t("error.tooLarge");
  if (error.status === 415) return t("error.wrongType");
  if (error.status === 429) return t("error.tooMany");
  if (error.status === 503) return t("error.busy");
  if (error.status >= 500) return t("error.server");
  return error.message;
}

interface FailureProps {
  error: unknown;
  onRetry?: () => void;
  page?: boolean;
}

export function Failure({ error, onRetry, page = false }: FailureProps): ReactElement {
  const { t } = useI18n();
  const Title = page ? "h1" : "p";
  const missing = error instanceof Refused && (error.status === 404 || error.status === 403);
  return (
    <div className="empty" role="alert">
      <span className="empty-icon">
        <Icon name={missing ? "search" : "cloudOff"} size={34} />
      </span>
      <Title className="empty-title">{missing ? t("error.notFoundTitle") : t("error.title")}</Title>
      <p className="empty-hint">{errorWords(error, t)}</p>
      {onRetry && !missing ? (
        <Button icon="retake" onClick={onRetry}>
          {t("action.retry")}
        </Button>
      ) : null}
    </div>
  );
}
