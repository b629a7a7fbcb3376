import type { ReactElement } from "react";

import type { Comparison } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { useToast } from "../ui/toast";
import { countsOf, SIGNS } from "./changes";

/** How much differs, and the whole of it as a text to take along. */
export function Summary({ comparison }: { comparison: Comparison }): ReactElement {
  const { t, language } = useI18n();
  const toast = useToast();
  const words = comparison.summary[language === "en" ? "en" : "zh"];
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    toast(t("compare.copied"));
  };
  return (
    <section className="panel">
      <div className="compare-head">
        <div className="chips">
          {countsOf(comparison.files).map(([kind, n]) => (
            <span key={kind} className={`chip compare-${kind}`}>
              <b aria-hidden="true">{SIGNS[kind]}</b> {t(`compare.${kind}`, { n })}
            </span>
          ))}
        </div>
        {"clipboard" in navigator ? (
          <Button icon="file" onClick={() => void copy()}>
            {t("compare.copy")}
          </Button>
        ) : null}
      </div>
      <details>
        <summary>{t("compare.text")}</summary>
        <pre className="compare-text">{words}</pre>
      </details>
    </section>
  );
}
