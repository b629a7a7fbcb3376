import "./signing.css";

import { useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { localUrl } from "../photos/device";
import { previewOf } from "../photos/Photos";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { SignaturePad } from "./SignaturePad";
import type { Signature } from "./signatures";

interface Props {
  task: string;
  value: Signature[];
  onChange: (value: Signature[]) => void;
}

/** Who on site has signed under this task, or would not: people without an account, on this phone. */
export function SignaturesField({ task, value, onChange }: Props): ReactElement {
  const { t } = useI18n();
  const [signing, setSigning] = useState(false);
  return (
    <fieldset className="photos signatures">
      <legend>{t("signed.title")}</legend>
      <p className="photos-hint">{t("signed.hint")}</p>
      <ul>
        {value.map((one, index) => (
          <li key={`${one.name}-${index}`} className="signature">
            {one.drawing ? (
              <img
                src={localUrl(one.drawing.id) ?? previewOf(one.drawing, [])}
                alt={t("signed.of", { name: one.name })}
              />
            ) : (
              <span className="signature-refused">
                <Icon name="close" size={18} /> {t("signed.refused")}
              </span>
            )}
            <span>
              <strong>{one.name}</strong>
              <small>
                {one.employer} · {one.role}
                {one.witness ? ` · ${t("signed.witnessed", { name: one.witness })}` : ""}
              </small>
            </span>
            <Button
              kind="quiet"
              icon="trash"
              aria-label={t("signed.drop", { name: one.name })}
              onClick={() => onChange(value.filter((other) => other !== one))}
            />
          </li>
        ))}
      </ul>
      <Button icon="plus" onClick={() => setSigning(true)}>
        {t("signed.add")}
      </Button>
      {signing ? (
        <SignaturePad
          task={task}
          onSigned={(one) => {
            onChange([...value, one]);
            setSigning(false);
          }}
          onClose={() => setSigning(false)}
        />
      ) : null}
    </fieldset>
  );
}
