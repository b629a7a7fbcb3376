import "./notifications.css";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactElement, type SubmitEvent } from "react";
import { Link } from "react-router";

import { Refused, request } from "../api/client";
import { serverMessage } from "../form/messages";
import { useI18n, type MessageKey, type Translate } from "../i18n";
import { Button } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { errorWords, Failure, Loading, Notice } from "../ui/states";
import { useToast } from "../ui/toast";
import { Choices } from "../worklist/FilterSheet";
import { KINDS, useContact, type Contact } from "./api";

/** How one wants to be told: channels for each kind, quiet hours, at once or once a day. */
export default function NotificationSettings(): ReactElement {
  const { t } = useI18n();
  const query = useContact();
  useTitle(t("notice.settings"));
  return (
    <div className="page me">
      <PageHead
        title={t("notice.settings")}
        back={
          <Link to="/me" className="back" aria-label={t("nav.me")}>
            <Icon name="back" />
          </Link>
        }
      />
      {query.isPending ? <Loading rows={6} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Settings saved={query.data} /> : null}
    </div>
  );
}

function problemOf(error: unknown, t: Translate): string {
  if (!(error instanceof Refused)) return errorWords(error, t);
  if (error.fields.email) return t("notice.badAddress");
  if (error.fields.quietUntil) return t("notice.halfQuiet");
  return (
    Object.values(error.fields)
      .flat()
      .map((message) => serverMessage(message, t))[0] ?? errorWords(error, t)
  );
}

function Settings({ saved }: { saved: Contact }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [values, setValues] = useState(saved);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<Contact>) => setValues((before) => ({ ...before, ...changes }));
  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      const { email, quietFrom, quietUntil, digestAt, robot, channels } = values;
      const json = { email: email || null, quietFrom, quietUntil, digestAt, robot: robot || null, channels };
      client.setQueryData(["contact"], await request<Contact>("/me/contact", { method: "PUT", json }));
      toast(t("notice.saved"));
    } catch (error) {
      setProblem(problemOf(error, t));
    }
    setBusy(false);
  };
  return (
    <form className="stack" noValidate onSubmit={(event) => void save(event)}>
      {saved.mail ? null : <Notice tone="info">{t("notice.noMail")}</Notice>}
      <Where values={values} change={change} />
      <Channels values={values} change={change} />
      <When values={values} change={change} />
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <Button type="submit" kind="primary" icon="check" busy={busy}>
        {t("notice.save")}
      </Button>
    </form>
  );
}

interface Part {
  values: Contact;
  change: (changes: Partial<Contact>) => void;
}

function Where({ values, change }: Part): ReactElement {
  const { t } = useI18n();
  const id = useId();
  return (
    <section className="panel">
      <h2>{t("notice.where")}</h2>
      <label className="field" htmlFor={`${id}email`}>
        <span>{t("notice.email")}</span>
        <input
          id={`${id}email`}
          className="input"
          type="email"
          autoComplete="email"
          maxLength={254}
          value={values.email ?? ""}
          onChange={(event) => change({ email: event.target.value.trim() || null })}
        />
      </label>
      <label className="field" htmlFor={`${id}robot`}>
        <span>{t("notice.robot")}</span>
        <select
          id={`${id}robot`}
          className="input"
          value={values.robot ?? ""}
          onChange={(event) => change({ robot: event.target.value || null })}
        >
          <option value="">{t("notice.noRobot")}</option>
          {values.robots.map((robot) => (
            <option key={robot.id} value={robot.id}>
              {robot.name} · {t(`target.kind.${robot.kind}` as MessageKey)}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

function Channels({ values, change }: Part): ReactElement {
  const { t } = useI18n();
  const toggle = (kind: string, channel: string, on: boolean) => {
    const chosen = (values.channels[kind] ?? []).filter((one) => one !== channel);
    change({ channels: { ...values.channels, [kind]: on ? [...chosen, channel] : chosen } });
  };
  const able: Record<string, boolean> = { email: Boolean(values.email), robot: Boolean(values.robot) };
  return (
    <section className="panel">
      <h2>{t("notice.what")}</h2>
      <table className="channels">
        <thead>
          <tr>
            <th scope="col">{t("notice.kind")}</th>
            <th scope="col">{t("notice.inApp")}</th>
            <th scope="col">{t("notice.byMail")}</th>
            <th scope="col">{t("notice.byRobot")}</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">
                {t(`notice.kind.${kind}`)}
                <small>{t(`notice.about.${kind}`)}</small>
              </th>
              <td>
                <span className="always">
                  <Icon name="check" label={t("notice.always")} />
                </span>
              </td>
              {(["email", "robot"] as const).map((channel) => (
                <td key={channel}>
                  <label>
                    <span className="visually-hidden">
                      {t(`notice.kind.${kind}`)} · {t(channel === "email" ? "notice.byMail" : "notice.byRobot")}
                    </span>
                    <input
                      type="checkbox"
                      disabled={!able[channel]}
                      checked={able[channel] && (values.channels[kind] ?? []).includes(channel)}
                      onChange={(event) => toggle(kind, channel, event.target.checked)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="faint">{t("notice.whatHint")}</p>
    </section>
  );
}

function When({ values, change }: Part): ReactElement {
  const { t } = useI18n();
  const id = useId();
  const quiet = values.quietFrom !== null || values.quietUntil !== null;
  return (
    <section className="panel">
      <h2>{t("notice.when")}</h2>
      <label className="tick">
        <input
          type="checkbox"
          checked={quiet}
          onChange={(event) =>
            change(
              event.target.checked
                ? { quietFrom: "22:00", quietUntil: "07:00" }
                : { quietFrom: null, quietUntil: null },
            )
          }
        />
        <span>{t("notice.quiet")}</span>
      </label>
      {quiet ? (
        <div className="pair">
          <Time
            id={`${id}from`}
            label={t("notice.quietFrom")}
            value={values.quietFrom}
            onChange={(quietFrom) => change({ quietFrom })}
          />
          <Time
            id={`${id}to`}
            label={t("notice.quietUntil")}
            value={values.quietUntil}
            onChange={(quietUntil) => change({ quietUntil })}
          />
        </div>
      ) : null}
      <Choices
        name="digest"
        legend={t("notice.digest")}
        value={values.digestAt === null ? "once" : "daily"}
        onChange={(choice) => change({ digestAt: choice === "daily" ? "18:00" : null })}
        options={[
          { value: "once", label: t("notice.atOnce") },
          { value: "daily", label: t("notice.daily") },
        ]}
      />
      {values.digestAt === null ? null : (
        <Time
          id={`${id}digest`}
          label={t("notice.digestAt")}
          value={values.digestAt}
          onChange={(digestAt) => change({ digestAt })}
        />
      )}
      <p className="faint">{t("notice.urgentHint")}</p>
    </section>
  );
}

interface TimeProps {
  id: string;
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}

function Time({ id, label, value, onChange }: TimeProps): ReactElement {
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        type="time"
        className="input"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </label>
  );
}
