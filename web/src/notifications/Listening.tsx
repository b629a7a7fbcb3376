import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { request } from "../api/client";
import { useI18n, type MessageKey } from "../i18n";
import { Chip, errorWords } from "../ui/states";
import { useToast } from "../ui/toast";
import { KINDS, useTargets, type Target } from "./api";

/** Which kinds of notifications each registered target is always sent, whoever is told. */
export function Listening(): ReactElement | null {
  const { t } = useI18n();
  const targets = useTargets("/deliveries/targets").data ?? [];
  if (targets.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("target.listening")}</h2>
      <p className="faint">{t("target.listeningHint")}</p>
      <ul className="plain-list">
        {targets.map((target) => (
          <li key={target.id}>
            <Kinds target={target} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Kinds({ target }: { target: Target }): ReactElement {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [kinds, setKinds] = useState(target.kinds);
  const toggle = async (kind: string, on: boolean) => {
    const before = kinds;
    const after = on ? [...kinds, kind] : kinds.filter((one) => one !== kind);
    setKinds(after);
    try {
      await request(`/deliveries/targets/${encodeURIComponent(target.id)}`, { method: "PUT", json: { kinds: after } });
      await client.invalidateQueries({ queryKey: ["targets"] });
    } catch (error) {
      setKinds(before);
      toast(errorWords(error, t), "bad");
    }
  };
  return (
    <fieldset>
      <legend>
        <strong>{target.name}</strong> · {t(`target.kind.${target.kind}` as MessageKey)}{" "}
        {target.active ? null : <Chip tone="calm">{t("target.off")}</Chip>}
      </legend>
      <div className="kinds">
        {KINDS.map((kind) => (
          <label key={kind} className="tick">
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={(event) => void toggle(kind, event.target.checked)}
            />
            <span>{t(`notice.kind.${kind}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
