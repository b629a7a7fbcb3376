import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { components } from "../api/schema";
import { useI18n } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Facts } from "../ui/parts";
import { errorWords, Loading, Notice } from "../ui/states";

type Seal = components["schemas"]["Seal"];

/** How far the signed log over all cases, and its witness, hold this one: asked for when somebody wants to know. */
export function SealLines({ caseId }: { caseId: string }): ReactElement {
  const { t, language } = useI18n();
  const { data, error } = useQuery({
    queryKey: ["seal", caseId],
    queryFn: ({ signal }) => request<Seal>(`${path.case(caseId)}/seal`, { signal }),
    staleTime: 10_000,
  });
  if (error) return <Notice tone="warn">{errorWords(error, t)}</Notice>;
  if (!data) return <Loading rows={2} />;
  const waits = data.entries - data.sealed;
  return (
    <>
      <h3>{t("seal.title")}</h3>
      <ol className="proof-steps">
        <li>{t(data.whole ? "seal.log" : "seal.logBroken", { n: data.sealed, size: data.size })}</li>
        <li>{t(data.key ? "seal.signed" : "seal.unsigned")}</li>
        <li>{t(data.witnessed > 0 ? "seal.witness" : "seal.noWitness", { n: data.witnessed })}</li>
        {waits > 0 ? <li>{t("seal.waits", { n: waits })}</li> : null}
      </ol>
      {data.findings.map((one) => (
        <Notice key={`${one.seq} ${one.reason}`} tone="bad">
          {t("proof.firstWrong", { n: one.seq, reason: one.reason })}
        </Notice>
      ))}
      <Facts
        rows={[
          [t("seal.signedAt"), data.signedAt ? exactMoment(data.signedAt, language) : "–"],
          [
            t("seal.key"),
            <code key="key" className="hash">
              {data.key ?? "–"}
            </code>,
          ],
        ]}
      />
    </>
  );
}
