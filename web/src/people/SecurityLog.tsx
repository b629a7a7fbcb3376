import { useState, type ReactElement } from "react";

import { request } from "../api/client";
import { useI18n } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Moment, PageHead } from "../ui/parts";
import { Empty, Failure, Loading } from "../ui/states";
import { LATE, useList, useLogState, type SecurityEvent } from "./api";
import "./people.css";

interface EventPage {
  items: SecurityEvent[];
  next: string | null;
}

/** What accounts and administrators did: the audit administrator's page. */
export default function SecurityLog(): ReactElement {
  const { t } = useI18n();
  const first = useList<EventPage>("security", "/security-events", { limit: 100 });
  const [more, setMore] = useState<EventPage[]>([]);
  const last = more.at(-1) ?? first.data;
  useTitle(t("nav.security"));
  const rows = [first.data, ...more].flatMap((page) => page?.items ?? []);
  const load = async () => {
    const page = await request<EventPage>("/security-events", { query: { limit: 100, cursor: last?.next ?? "" } });
    setMore((before) => [...before, page]);
  };
  return (
    <div className="page">
      <PageHead title={t("nav.security")} />
      <p className="page-hint">{t("security.hint")}</p>
      <State />
      <Witnesses />
      {first.isPending ? <Loading rows={8} /> : null}
      {first.isError ? <Failure error={first.error} onRetry={() => void first.refetch()} /> : null}
      {first.isSuccess && rows.length === 0 ? <Empty icon="shield" title={t("security.none")} /> : null}
      <ul className="org-list security">
        {rows.map((one, index) => (
          <li key={`${one.at}${index}`} className="security-row">
            <Moment at={one.at} />
            <strong>{words(one.kind, t)}</strong>
            <span>{one.name ?? one.person ?? "–"}</span>
            <code className="faint">{detailOf(one)}</code>
            <small className="faint">
              {one.address}
              <span title={place(one, t)}>
                {" "}
                <Icon name={one.position === null ? "clock" : "shield"} size={13} label={place(one, t)} />
              </span>
            </small>
          </li>
        ))}
      </ul>
      {last?.next ? (
        <Button wide onClick={() => void load()}>
          {t("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

/** Is the log over all histories sealed? The alarm stands where the audit administrator looks. */
function State(): ReactElement | null {
  const { t, language } = useI18n();
  const found = useLogState();
  if (!found) return null;
  const late = found.behind > LATE ? t("log.behind", { n: found.behind }) : null;
  const wrong = [late, found.problem].filter((one) => one !== null);
  if (wrong.length > 0) {
    return (
      <div className="log-state alarm" role="alert">
        <Icon name="late" size={18} />
        <div>
          <strong>{t("log.alarm")}</strong>
          {wrong.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
      </div>
    );
  }
  const words = found.signedAt
    ? t("log.fine", { n: found.size, at: exactMoment(found.signedAt, language) })
    : t("log.none");
  return (
    <p className="log-state" role="status">
      <Icon name="shield" size={18} /> {words}
    </p>
  );
}

/** Who else saw the log's checkpoints, and how each does. */
function Witnesses(): ReactElement | null {
  const { t, language } = useI18n();
  const found = useLogState()?.witnesses ?? [];
  if (found.length === 0) return null;
  return (
    <section className="witnesses" aria-label={t("witness.title")}>
      <h2>{t("witness.title")}</h2>
      <ul className="org-list">
        {found.map((one) => (
          <li key={one.name}>
            <Icon name={one.failingSince ? "shieldBad" : "shield"} size={18} />
            <strong>{one.name}</strong>
            <span className="faint">{t(`witness.${one.kind}`)}</span>
            <span>
              {one.at
                ? t("witness.saw", { n: one.size, at: exactMoment(one.stamped ?? one.at, language) })
                : t("witness.never")}
            </span>
            {one.failingSince ? (
              <p className="witness-fails">
                {t("witness.failing", { at: exactMoment(one.failingSince, language) })} <code>{one.error}</code>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function place(one: SecurityEvent, t: ReturnType<typeof useI18n>["t"]): string {
  return one.position === null ? t("security.wait") : t("security.leaf", { n: one.position });
}

const KNOWN = [
  "sign_in", "sign_in_failed", "sign_out", "locked_out", "denied", "token_created", "token_revoked", "password_changed",
  "password_given", "role_given", "role_ended", "person_created", "person_changed", "unit_created", "unit_changed",
  "competence_added", "competence_ended", "tie_added", "tie_ended", "unlocked", "substitution_added",
  "substitution_ended", "roster_planned", "attachment_read", "attachment_seen", "document_read", "register_exported", "hazards_exported",
  "evidence",
] as const; // prettier-ignore

function words(kind: string, t: ReturnType<typeof useI18n>["t"]): string {
  const known = KNOWN.find((one) => one === kind);
  return known ? t(`security.${known}`) : kind;
}

function detailOf(one: SecurityEvent): string {
  return Object.entries(one.detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("  ");
}
