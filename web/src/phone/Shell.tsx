import "antd-mobile/es/global";

import ConfigProvider from "antd-mobile/es/components/config-provider";
import enUS from "antd-mobile/es/locales/en-US";
import zhCN from "antd-mobile/es/locales/zh-CN";
import type { ReactElement, ReactNode } from "react";
import { Link, NavLink, useLocation } from "react-router";

import { useCalendarWarning, useCounts } from "../api/queries";
import { useI18n, type MessageKey } from "../i18n";
import { useUnread } from "../notifications/api";
import { useKept } from "../outbox/device";
import { SyncChip } from "../outbox/SyncChip";
import { useAdministration } from "../people/places";
import { useMay, useWorks } from "../session/session";
import { useOnline } from "../ui/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { countWords } from "../worklist/model";

export default function PhoneShell({ children }: { children: ReactNode }): ReactElement {
  const { language } = useI18n();
  const online = useOnline();
  // A task and a replay fill the screen: their own bar takes the place of the tabs.
  const { pathname } = useLocation();
  const bare = /^\/(tasks\/|cases\/(new|[^/]+\/replay))/.test(pathname);
  return (
    <ConfigProvider locale={language === "en" ? enUS : zhCN}>
      <div className={bare ? "phone phone-bare" : "phone"}>
        <Sync online={online} quiet={bare || pathname === "/outbox"} />
        <main className="phone-main">{children}</main>
        {bare ? null : <TabBar />}
      </div>
    </ConfigProvider>
  );
}

/**
 * The strip that says what the server does not have, wherever one is; it leads to the outbox.
 * `quiet`: the page says it itself, of its own task.
 */
function Sync({ online, quiet }: { online: boolean; quiet: boolean }): ReactElement | null {
  const { t } = useI18n();
  const shown = useKept();
  if (shown.kept.length > 0 && !quiet) {
    return (
      <aside aria-label={t("outbox.title")}>
        <Link to="/outbox" className="offline sync-strip">
          <SyncChip shown={shown} />
          <Icon name="next" size={16} />
        </Link>
      </aside>
    );
  }
  return online ? null : (
    <p className="offline" role="status">
      <Icon name="cloudOff" size={16} /> {t("state.offline")}
    </p>
  );
}

function TabBar(): ReactElement {
  const { t } = useI18n();
  const counts = useCounts();
  const unread = useUnread();
  const mayRetry = useMay("incidents.retry");
  const works = useWorks();
  const administration = useAdministration();
  const calendars = useCalendarWarning();
  const tabs: { to: string; icon: IconName; label: MessageKey; count?: string }[] = [
    { to: "/tasks", icon: "tasks", label: "nav.tasks", count: countWords(counts?.mine) },
    { to: "/cases", icon: "cases", label: "nav.cases" },
    { to: "/registers", icon: "file", label: "nav.registers" },
    ...(mayRetry ? [{ to: "/incidents", icon: "alert", label: "nav.incidents" } as const] : []),
    { to: "/notifications", icon: "bell", label: "nav.notifications", count: unread },
    ...(calendars.keeps && (calendars.warns || !works)
      ? [
          {
            to: "/calendars",
            icon: "calendar",
            label: "nav.calendars",
            count: calendars.warns ? "!" : undefined,
          } as const,
        ]
      : []),
    { to: "/me", icon: "person", label: "nav.me" },
  ];
  return (
    <nav className="tab-bar" aria-label={t("nav.label")}>
      {[
        ...(works ? [] : administration),
        ...tabs.filter((tab) => works || tab.to === "/me" || tab.to === "/calendars"),
      ].map((tab) => (
        <NavLink key={tab.to} to={tab.to}>
          <span className="tab-bar-icon">
            <Icon name={tab.icon} size={24} />
            {tab.count && tab.count !== "0" ? <span className="badge">{tab.count}</span> : null}
          </span>
          {t(tab.label)}
        </NavLink>
      ))}
    </nav>
  );
}
