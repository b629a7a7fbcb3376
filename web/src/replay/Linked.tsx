import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "react-router";

import { request } from "../api/client";
import { path } from "../api/queries";
import type { components } from "../api/schema";
import type { MomentAt } from "../api/types";
import { useI18n } from "../i18n";
import { exactMoment } from "../i18n/time";
import { Icon } from "../ui/Icon";

type LinkLine = components["schemas"]["Link"];

/** The cases that this one told something or was told by, a visit and its hazards for one, and the way to their moment. */
export function Linked({ moment, go }: { moment: MomentAt; go: (to: number) => void }): ReactElement | null {
  const { t } = useI18n();
  const { data } = useQuery({
    queryKey: ["links", moment.case],
    queryFn: ({ signal }) => request<{ items: LinkLine[] }>(`${path.case(moment.case)}/links`, { signal }),
    staleTime: 60_000,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("replay.links", { n: data.items.length })}</h2>
      <ol className="replay-list replay-links">
        {data.items.map((one) => (
          <Line key={`${one.case}:${one.theirs}`} one={one} at={moment.seq} go={go} />
        ))}
      </ol>
    </section>
  );
}

function Line({ one, at, go }: { one: LinkLine; at: number; go: (to: number) => void }): ReactElement {
  const { t, language } = useI18n();
  const address = `/cases/${encodeURIComponent(one.case)}/replay?entry=${one.theirs}`;
  return (
    <li className={one.seq > at ? "replay-later" : undefined} aria-current={one.seq === at ? "step" : undefined}>
      <span>
        <Icon name={one.sent ? "send" : "message"} size={16} />{" "}
        {t(one.sent ? "replay.linkSent" : "replay.linkReceived", { process: one.processName })}{" "}
        <Link to={address}>{one.title || one.case}</Link>
      </span>
      <span className="faint">
        <time dateTime={one.at}>{exactMoment(one.at, language)}</time>{" "}
        <button type="button" className="link" onClick={() => go(one.seq)}>
          {t("replay.linkHere", { n: one.seq })}
        </button>
        {one.seq > at ? ` · ${t("replay.linkLater")}` : ""}
      </span>
    </li>
  );
}
