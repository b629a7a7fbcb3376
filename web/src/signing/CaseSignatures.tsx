import "./signing.css";

import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { CaseSignature } from "../api/types";
import { useI18n, type MessageKey } from "../i18n";
import { previewOf } from "../photos/Photos";
import type { IconName } from "../ui/Icon";
import { Moment } from "../ui/parts";
import { Chip, type Tone } from "../ui/states";

const LOOK: Record<CaseSignature["state"], { tone: Tone; icon: IconName; key: MessageKey }> = {
  match: { tone: "good", icon: "shield", key: "signed.match" },
  differs: { tone: "bad", icon: "shieldBad", key: "signed.differs" },
  erased: { tone: "calm", icon: "info", key: "signed.erased" },
};

/** Who signed what in this case; each is computed again from the history when the page is opened. */
export function CaseSignatures({ caseId }: { caseId: string }): ReactElement | null {
  const { t } = useI18n();
  const query = useQuery({
    queryKey: ["signatures", caseId],
    queryFn: ({ signal }) => request<{ items: CaseSignature[] }>(`${path.case(caseId)}/signatures`, { signal }),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("signed.case")}</h2>
      <ul className="signatures">
        {items.map((one, index) => (
          <li key={`${one.seq}-${index}`} className="signature">
            {one.drawing ? (
              <img src={previewOf(one.drawing, [])} alt={t("signed.of", { name: one.name })} />
            ) : (
              <span className="signature-refused">{t(`signed.${one.method}`)}</span>
            )}
            <span>
              <strong>{one.name}</strong>
              <small>
                {[one.employer, one.role, one.witness ? t("signed.witnessed", { name: one.witness }) : ""]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
              <small>
                {one.elementName ?? ""} · <Moment at={one.at} />
              </small>
              <small>
                <code className="hash">{one.dataHash.slice(0, 16)}</code>
              </small>
            </span>
            <Chip tone={LOOK[one.state].tone} icon={LOOK[one.state].icon}>
              {t(LOOK[one.state].key)}
            </Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}
