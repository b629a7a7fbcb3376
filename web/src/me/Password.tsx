import { useId, useState, type ReactElement, type SubmitEvent } from "react";

import { Refused, request } from "../api/client";
import { serverMessage } from "../form/messages";
import { useI18n, type Translate } from "../i18n";
import { Button } from "../ui/Button";
import { errorWords, Notice } from "../ui/states";
import { useToast } from "../ui/toast";

const FIELDS = ["current", "new", "again"] as const;
type Field = (typeof FIELDS)[number];
const EMPTY: Record<Field, string> = { current: "", new: "", again: "" };

function problemOf(error: unknown, t: Translate): string {
  if (!(error instanceof Refused)) return errorWords(error, t);
  if (error.fields.current) return t("me.passwordWrong");
  const said = Object.values(error.fields)
    .flat()
    .map((message) => serverMessage(message, t));
  return said.join(" ") || error.message;
}

export function Password(): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const id = useId();
  const [values, setValues] = useState(EMPTY);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const labels: Record<Field, string> = {
    current: t("me.passwordNow"),
    new: t("me.passwordNew"),
    again: t("me.passwordAgain"),
  };

  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (values.new !== values.again) {
      setProblem(t("me.passwordDiffers"));
      return;
    }
    setBusy(true);
    setProblem("");
    try {
      await request("/me/password", { method: "POST", json: { current: values.current, new: values.new } });
      setValues(EMPTY);
      toast(t("me.passwordDone"));
    } catch (error) {
      setProblem(problemOf(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="panel">
      <h2>{t("me.password")}</h2>
      <form className="stack" onSubmit={(event) => void save(event)}>
        {FIELDS.map((field) => (
          <label key={field} className="field" htmlFor={id + field}>
            <span>{labels[field]}</span>
            <input
              id={id + field}
              className="input"
              type="password"
              required
              value={values[field]}
              autoComplete={field === "current" ? "current-password" : "new-password"}
              onChange={(event) => setValues({ ...values, [field]: event.target.value })}
            />
          </label>
        ))}
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <div>
          <Button type="submit" busy={busy}>
            {t("me.passwordSave")}
          </Button>
        </div>
      </form>
    </section>
  );
}
