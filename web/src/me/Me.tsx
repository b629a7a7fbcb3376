import type { ReactElement } from "react";
import { Link } from "react-router";

import { request } from "../api/client";
import type { Language, Person } from "../api/types";
import { useHands, useTheme, type Hands, type ThemeChoice } from "../app/theme";
import { useI18n } from "../i18n";
import { useMay, useSession, useSessionApi, useWorks } from "../session/session";
import { Button } from "../ui/Button";
import { usePhone, useTitle } from "../ui/hooks";
import { Icon, type IconName } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { Substitutions } from "../people/Substitutions";
import { Choices } from "../worklist/FilterSheet";
import { Password } from "./Password";
import { Tokens } from "./Tokens";

export default function Me(): ReactElement {
  const { t, language, setLanguage } = useI18n();
  const { choice, choose } = useTheme();
  const { hands, wear } = useHands();
  const toast = useToast();
  useTitle(t("nav.me"));
  const speak = (chosen: Language) => {
    setLanguage(chosen);
    // The server writes mails and papers in it; the screen has changed already.
    request<Person>("/me", { method: "PATCH", json: { language: chosen } }).catch((error: unknown) =>
      toast(errorWords(error, t), "bad"),
    );
  };
  return (
    <div className="page me">
      <PageHead title={t("nav.me")} />
      <Who />
      {useWorks() ? null : <Notice tone="info">{t("me.administrator")}</Notice>}
      <section className="panel">
        <h2>{t("me.look")}</h2>
        <Choices
          name="language"
          legend={t("me.language")}
          value={language}
          onChange={(value) => speak(value as Language)}
          options={[
            { value: "zh-CN", label: "简体中文" },
            { value: "en", label: "English" },
          ]}
        />
        <Choices
          name="theme"
          legend={t("me.theme")}
          value={choice}
          onChange={(value) => choose(value as ThemeChoice)}
          options={[
            { value: "system", label: t("me.themeSystem") },
            { value: "light", label: t("me.themeLight") },
            { value: "dark", label: t("me.themeDark") },
            { value: "sun", label: t("me.themeSun") },
          ]}
        />
        <Choices
          name="hands"
          legend={t("me.hands")}
          value={hands}
          onChange={(value) => wear(value as Hands)}
          options={[
            { value: "bare", label: t("me.handsBare") },
            { value: "gloves", label: t("me.handsGloves") },
          ]}
        />
      </section>
      {useWorks() ? <Way to="/me/notifications" icon="bell" label={t("notice.settings")} /> : null}
      {useMay("channels.manage") ? <Way to="/targets" icon="send" label={t("nav.targets")} /> : null}
      {useWorks() ? <Way to="/roster" icon="clock" label={t("nav.roster")} /> : null}
      <Substitutions />
      <Password />
      <Tokens />
    </div>
  );
}

function Way({ to, icon, label }: { to: string; icon: IconName; label: string }): ReactElement {
  return (
    <Link to={to} className="panel panel-link">
      <Icon name={icon} />
      <strong>{label}</strong>
      <Icon name="next" />
    </Link>
  );
}

function Who(): ReactElement {
  const { t, language } = useI18n();
  const { person } = useSession();
  const { signOut } = useSessionApi();
  const phone = usePhone();
  const toast = useToast();
  const works = useWorks();
  const english = language === "en";
  return (
    <section className="panel who-card">
      <span className="avatar avatar-large" aria-hidden="true">
        {person.name.slice(0, 1)}
      </span>
      <div>
        <h2>{person.name}</h2>
        <p className="faint">
          {person.username} · {english ? person.unit.nameEn : person.unit.name}
        </p>
        <p className="chips">
          {person.roles.map((role) => (
            <span key={role.role + role.unit} className="chip chip-calm">
              {english ? role.nameEn : role.name}
            </span>
          ))}
        </p>
      </div>
      <div className="who-actions">
        {works && phone ? (
          <Link to="/processes" className="button button-plain">
            <Icon name="flow" />
            <span>{t("nav.processes")}</span>
          </Link>
        ) : null}
        <Button
          icon="exit"
          onClick={() => void signOut().catch((error: unknown) => toast(errorWords(error, t), "bad"))}
        >
          {t("me.signOut")}
        </Button>
      </div>
    </section>
  );
}
