import "./documents.css";

import type { ReactElement } from "react";
import { Link } from "react-router";

import { useI18n } from "../i18n";
import { codeTone, codeWord } from "../registers/words";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { Chip } from "../ui/states";
import { usePapers } from "./data";

/** The papers that this case has issued; nothing where there is none. */
export function CasePapers({ caseId }: { caseId: string }): ReactElement | null {
  const { t } = useI18n();
  const { rows, query } = usePapers({ case: caseId });
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("nav.documents")}</h2>
      <ul className="case-papers">
        {rows.map((one) => (
          <li key={one.number}>
            <span>
              <Link to={`/documents/${encodeURIComponent(one.number)}`}>
                <strong>{one.name}</strong>
              </Link>
              <small>
                {one.number} · <Moment at={one.issuedAt} />
              </small>
              {one.servedTo ? <small>{t("document.to", { name: one.servedTo.name })}</small> : null}
            </span>
            <Chip tone={codeTone(one.state)}>{codeWord(one.state, t)}</Chip>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </section>
  );
}
