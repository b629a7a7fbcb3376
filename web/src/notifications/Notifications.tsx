import "./notifications.css";

import { useState, type ReactElement } from "react";
import { useNavigate } from "react-router";

import { useI18n, type MessageKey } from "../i18n";
import { Button, ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { Moment, PageHead } from "../ui/parts";
import { Chip, Empty, errorWords, Failure, Loading, type Tone } from "../ui/states";
import { Tabs } from "../ui/Tabs";
import { useToast } from "../ui/toast";
import { useMarkRead, useNotifications, useUnread, type Notification } from "./api";
import { groupByDay } from "./days";

const LOOK: Record<string, { icon: IconName; tone: Tone }> = {
  task: { icon: "tasks", tone: "info" },
  due: { icon: "clock", tone: "info" },
  reminder: { icon: "clock", tone: "warn" },
  overdue: { icon: "late", tone: "bad" },
  card: { icon: "shieldBad", tone: "bad" },
  incident: { icon: "alert", tone: "bad" },
  log: { icon: "shieldBad", tone: "bad" },
};

/** What one was told, the newest first: today's, then what came before. */
export default function Notifications(): ReactElement {
  const { t } = useI18n();
  const [view, setView] = useState<"all" | "unread">("all");
  const { rows, query } = useNotifications(view === "unread");
  const unread = useUnread();
  useTitle(t("nav.notifications"));
  return (
    <div className="page notices">
      <PageHead title={t("nav.notifications")}>
        <ReadAll disabled={unread === ""} />
        <ButtonLink kind="quiet" icon="gear" to="/me/notifications" label={t("notice.settings")} />
      </PageHead>
      <Tabs
        label={t("nav.notifications")}
        value={view}
        onChange={setView}
        tabs={[
          { value: "all", label: t("notice.all") },
          { value: "unread", label: t("notice.unread"), count: unread, urgent: true },
        ]}
      />
      {query.isPending ? <Loading rows={6} /> : null}
      {query.isError && rows.length === 0 ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <Empty
          icon="bell"
          title={view === "unread" ? t("notice.noneUnread") : t("notice.none")}
          hint={t("notice.noneHint")}
        />
      ) : null}
      {groupByDay(rows, new Date()).map(([day, items]) => (
        <section key={day} aria-label={t(DAY[day])}>
          <h2 className="notices-day">{t(DAY[day])}</h2>
          <ul className="notices-list">
            {items.map((one) => (
              <li key={one.id}>
                <Row one={one} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

const DAY: Record<"today" | "earlier", MessageKey> = { today: "notice.today", earlier: "notice.earlier" };

function ReadAll({ disabled }: { disabled: boolean }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const markRead = useMarkRead();
  const [busy, setBusy] = useState(false);
  const all = async () => {
    setBusy(true);
    try {
      await markRead();
      toast(t("notice.allRead"));
    } catch (error) {
      toast(errorWords(error, t), "bad");
    }
    setBusy(false);
  };
  return (
    <Button icon="check" disabled={disabled} busy={busy} onClick={() => void all()}>
      {t("notice.readAll")}
    </Button>
  );
}

function Row({ one }: { one: Notification }): ReactElement {
  const { t, language } = useI18n();
  const navigate = useNavigate();
  const toast = useToast();
  const markRead = useMarkRead();
  const look = LOOK[one.kind] ?? { icon: "bell", tone: "calm" };
  const fresh = one.readAt === null;
  const name = (language === "en" && one.nameEn) || one.name || one.code;
  const mark = () => markRead(one.id).catch((error: unknown) => toast(errorWords(error, t), "bad"));
  const open = () => {
    if (fresh) void mark();
    if (one.kind === "log") void navigate("/security");
    else void navigate(one.task ? `/tasks/${encodeURIComponent(one.task)}` : `/cases/${encodeURIComponent(one.case)}`);
  };
  return (
    <article className={fresh ? "notice-row notice-fresh" : "notice-row"}>
      <button type="button" className="notice-open" onClick={open}>
        <span className={`notice-icon notice-icon-${look.tone}`}>
          <Icon name={look.icon} />
        </span>
        <span className="notice-words">
          <span className="notice-head">
            <Chip tone={look.tone}>{t(`notice.kind.${one.kind}` as MessageKey)}</Chip>
            {fresh ? <span className="visually-hidden">{t("notice.unread")}</span> : null}
            <Moment at={one.at} relative />
          </span>
          <strong>{one.kind === "incident" ? t("notice.stuck") : name}</strong>
          {one.kind === "incident" ? <span className="notice-detail">{name}</span> : null}
          {one.dueAfter ? <Moved one={one} after={one.dueAfter} /> : null}
          <span className="notice-case">{one.title}</span>
        </span>
      </button>
      {fresh ? <Button kind="quiet" icon="check" aria-label={t("notice.read")} onClick={() => void mark()} /> : null}
    </article>
  );
}

/** Why the due time is another one, and from when to when it moved. */
function Moved({ one, after }: { one: Notification; after: string }): ReactElement {
  const { t } = useI18n();
  return (
    <span className="notice-detail">
      {t(one.code === "CALENDAR_ADOPTED" ? "notice.byCalendar" : "notice.byOperator")}{" "}
      <span className="notice-moved">
        {one.dueBefore ? (
          <s>
            <Moment at={one.dueBefore} />
          </s>
        ) : null}{" "}
        → <Moment at={after} />
      </span>
    </span>
  );
}
