import { useId, useRef, useState, type ReactElement, type SubmitEvent } from "react";

import { Refused } from "../api/client";
import { useConfig } from "../api/queries";
import type { DemoAccount } from "../api/types";
import { useI18n, type Translate } from "../i18n";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { Notice } from "../ui/states";
import { useSessionApi } from "./session";

/** What went wrong, in words for somebody who only wants in. */
export function signInProblem(error: unknown, t: Translate): string {
  if (!(error instanceof Refused)) return t("error.unreachable");
  if (error.status === 401) return t("signIn.wrong");
  if (error.status === 429) return t("signIn.locked");
  if (error.status === 422) return t("signIn.incomplete");
  return error.message;
}

export function SignIn({ again }: { again?: string }): ReactElement {
  const { t } = useI18n();
  return (
    <main className="sign-in">
      <section className="sign-in-story" aria-hidden="true">
        <Logo size={56} />
        <p className="sign-in-motto">{t("signIn.motto")}</p>
        <ol className="sign-in-steps">
          {(["signIn.step1", "signIn.step2", "signIn.step3", "signIn.step4"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ol>
      </section>
      <section className="sign-in-panel">
        <header className="sign-in-head">
          <Logo size={40} />
          <div>
            <h1>{t("app.name")}</h1>
            <p>{t("app.tagline")}</p>
          </div>
        </header>
        {again ? <Notice tone="warn">{t("signIn.expired", { name: again })}</Notice> : null}
        <SignInForm />
      </section>
    </main>
  );
}

function SignInForm(): ReactElement {
  const { t, language, setLanguage } = useI18n();
  const { signIn } = useSessionApi();
  const config = useConfig().data;
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const ids = { user: useId(), pass: useId(), problem: useId() };

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      await signIn(username.trim(), password);
    } catch (error) {
      setProblem(signInProblem(error, t));
      setBusy(false);
    }
  };
  const fillIn = (account: DemoAccount) => {
    setUsername(account.username);
    setPassword(account.password);
    setProblem("");
    button.current?.focus();
  };

  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => void submit(event)}
        aria-describedby={problem ? ids.problem : undefined}
      >
        <label className="field" htmlFor={ids.user}>
          <span>{t("signIn.username")}</span>
          <input
            id={ids.user}
            className="input"
            value={username}
            autoComplete="username"
            autoCapitalize="none"
            required
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label className="field" htmlFor={ids.pass}>
          <span>{t("signIn.password")}</span>
          <input
            id={ids.pass}
            className="input"
            type="password"
            value={password}
            autoComplete="current-password"
            required
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <div id={ids.problem} aria-live="assertive">
          {problem ? <Notice tone="bad">{problem}</Notice> : null}
        </div>
        <Button ref={button} kind="primary" type="submit" busy={busy} wide>
          {t("signIn.submit")}
        </Button>
      </form>
      {config?.demo ? <DemoAccounts accounts={config.demoAccounts} onPick={fillIn} /> : null}
      <footer className="sign-in-foot">
        <button type="button" className="link" onClick={() => setLanguage(language === "en" ? "zh-CN" : "en")}>
          <Icon name="globe" size={16} /> {language === "en" ? "中文" : "English"}
        </button>
        {config ? <span>{config.version}</span> : null}
      </footer>
    </>
  );
}

function DemoAccounts({
  accounts,
  onPick,
}: {
  accounts: DemoAccount[];
  onPick: (account: DemoAccount) => void;
}): ReactElement {
  const { t, language } = useI18n();
  return (
    <section className="demo-accounts" aria-label={t("signIn.demo")}>
      <h2>{t("signIn.demo")}</h2>
      <p>{t("signIn.demoHint")}</p>
      <ul>
        {accounts.map((account) => (
          <li key={account.username}>
            <button type="button" className="demo-account" onClick={() => onPick(account)}>
              <strong>{account.name}</strong>
              <span>{language === "en" ? account.titleEn : account.title}</span>
              <code>{account.username}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
