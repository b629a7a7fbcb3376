import { useState, type ReactElement } from "react";

import { useI18n, type MessageKey } from "../i18n";
import { ButtonLink } from "../ui/Button";
import { useTitle } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/parts";
import { EVERYTHING, queryOf, useCaseCount } from "./which";
import { WhichCases } from "./WhichCases";
import "./review.css";

const FORMATS: { id: string; name: MessageKey; hint: MessageKey }[] = [
  { id: "xes", name: "eventLog.xes", hint: "eventLog.xesHint" },
  { id: "ocel-json", name: "eventLog.ocelJson", hint: "eventLog.ocelHint" },
  { id: "ocel-xml", name: "eventLog.ocelXml", hint: "eventLog.ocelHint" },
];

/** What happened in many cases, in the formats of process mining. */
export default function EventLogs(): ReactElement {
  const { t, language } = useI18n();
  const [which, setWhich] = useState(EVERYTHING);
  const [format, setFormat] = useState("xes");
  const count = useCaseCount(which);
  useTitle(t("eventLog.title"));
  const search = new URLSearchParams({ ...queryOf(which), format, language }).toString();
  return (
    <div className="page review-page">
      <PageHead
        title={t("eventLog.title")}
        back={<ButtonLink to="/review" kind="quiet" icon="back" label={t("nav.review")} />}
      />
      <p className="page-hint">{t("eventLog.hint")}</p>
      <section className="panel">
        <h2>{t("eventLog.which")}</h2>
        <WhichCases which={which} onChange={setWhich} />
        <p className="which-count" role="status">
          {count === undefined ? "…" : count ? t("eventLog.count", { n: count }) : t("eventLog.none")}
        </p>
      </section>
      <section className="panel">
        <h2>{t("eventLog.format")}</h2>
        <div className="choices" role="radiogroup" aria-label={t("eventLog.format")}>
          {FORMATS.map((one) => (
            <label key={one.id} className="choice">
              <input type="radio" name="format" checked={format === one.id} onChange={() => setFormat(one.id)} />
              <span>
                {t(one.name)}
                <small>{t(one.hint)}</small>
              </span>
            </label>
          ))}
        </div>
        <a className="button button-primary" href={`/api/v1/event-logs?${search}`} download>
          <Icon name="download" />
          <span>{t("eventLog.download")}</span>
        </a>
      </section>
    </div>
  );
}
