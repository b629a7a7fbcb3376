import { ConfigProvider, theme as antdTheme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useMemo, type ReactElement, type ReactNode } from "react";
import { NavLink } from "react-router";

import { useCalendarWarning, useCounts } from "../api/queries";
import { useTheme } from "../app/theme";
import { useI18n, type MessageKey } from "../i18n";
import { useUnread } from "../notifications/api";
import { useAdministration } from "../people/places";
import { useMay, useSession, useWorks } from "../session/session";
import { useOnline } from "../ui/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { countWords } from "../worklist/model";

/** antd in the product's clothes; the colours are those of tokens.css, which antd needs as numbers to mix. */
function useAntdTheme() {
  const { dark } = useTheme();
  return useMemo(
    () => ({
      algorithm: [dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm],
      token: {
        colorPrimary: dark ? "#4fb9bf" : "#0b5e66",
        colorBgContainer: dark ? "#161f23" : "#ffffff",
        colorBgElevated: dark ? "#1d282d" : "#ffffff",
        colorText: dark ? "#e7eeef" : "#14252b",
        colorTextSecondary: dark ? "#b3c2c6" : "#43565d",
        colorTextPlaceholder: dark ? "#93a4a9" : "#5c6d73",
        colorBorder: dark ? "#46585e" : "#b5c1c1",
        colorBorderSecondary: dark ? "#2a383d" : "#dbe2e1",
        borderRadius: 6,
        fontFamily: "var(--font)",
        controlHeight: 36,
      },
      components: {
        Table: {
          headerBg: dark ? "#1d282d" : "#eef2f1",
          cellPaddingBlock: 10,
          headerColor: dark ? "#b3c2c6" : "#43565d",
        },
      },
    }),
    [dark],
  );
}

export default function DesktopShell({ children }: { children: ReactNode }): ReactElement {
  const { language, t } = useI18n();
  const online = useOnline();
  return (
    <ConfigProvider locale={language === "en" ? enUS : zhCN} theme={useAntdTheme()}>
      <a className="skip" href="#content">
        {t("nav.skip")}
      </a>
      <div className="desk">
        <Rail />
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also where nothing in it takes the focus */}
        <main id="content" className="desk-main" tabIndex={0}>
          {online ? null : (
            <p className="offline" role="status">
              <Icon name="cloudOff" size={16} /> {t("state.offline")}
            </p>
          )}
          {children}
        </main>
      </div>
    </ConfigProvider>
  );
}

const OPERATING = [
  { to: "/incidents", icon: "alert", label: "nav.incidents" },
  { to: "/deliveries", icon: "send", label: "nav.deliveries" },
] as const;

const AUDITING = [
  { to: "/search", icon: "search", label: "nav.search" },
  { to: "/security", icon: "shield", label: "nav.security" },
] as const;

function Rail(): ReactElement {
  const { t, language } = useI18n();
  const { person, demo } = useSession();
  const counts = useCounts();
  const unread = useUnread();
  const mayRetry = useMay("incidents.retry");
  const mayAudit = useMay("audit.read");
  const works = useWorks();
  const administration = useAdministration();
  const calendars = useCalendarWarning();
  const calendarPlace = calendars.keeps
    ? [
        {
          to: "/calendars",
          icon: "calendar",
          label: "nav.calendars",
          count: calendars.warns ? "!" : undefined,
        } as const,
      ]
    : [];
  const places: { to: string; icon: IconName; label: MessageKey; count?: string }[] = [
    { to: "/tasks", icon: "tasks", label: "nav.tasks", count: countWords(counts?.mine) },
    { to: "/cases", icon: "cases", label: "nav.cases" },
    { to: "/roster", icon: "clock", label: "nav.roster" },
    { to: "/registers", icon: "file", label: "nav.registers" },
    { to: "/processes", icon: "flow", label: "nav.processes" },
    ...(mayAudit ? AUDITING : []),
    ...(mayRetry ? OPERATING : []),
    { to: "/notifications", icon: "bell", label: "nav.notifications", count: unread },
    ...calendarPlace,
  ];
  const mayChannels = useMay("channels.manage");
  const targets: typeof places = mayChannels ? [{ to: "/targets", icon: "send", label: "nav.targets" }] : [];
  const keeping = [...targets, ...calendarPlace];
  const role = person.roles[0];
  return (
    <aside className="rail">
      <div className="rail-brand">
        <Logo size={34} />
        <strong>{t("app.name")}</strong>
        {demo ? <span className="rail-demo">{t("app.demo")}</span> : null}
      </div>
      <nav aria-label={t("nav.label")}>
        {(works ? places : [...administration, ...keeping]).map((place) => (
          <NavLink key={place.to} to={place.to} className="rail-link">
            <Icon name={place.icon} />
            {t(place.label)}
            {place.count && place.count !== "0" ? <span className="rail-count">{place.count}</span> : null}
          </NavLink>
        ))}
      </nav>
      <NavLink to="/me" className="rail-me">
        <span className="avatar" aria-hidden="true">
          {person.name.slice(0, 1)}
        </span>
        <span>
          <strong>{person.name}</strong>
          <small>{role ? (language === "en" ? role.nameEn : role.name) : person.username}</small>
        </span>
      </NavLink>
    </aside>
  );
}
