import type { ReactElement } from "react";

import type { Task } from "../api/types";
import { useI18n } from "../i18n";
import { Icon } from "../ui/Icon";
import { Notice } from "../ui/states";

/** How the task came here and what it waits for: returned, delegated, signers and what they said. */
export function TaskCourse({ task }: { task: Task }): ReactElement | null {
  const { t } = useI18n();
  const { returned, delegatedBy, signing } = task;
  const open = task.state === "created" || task.state === "claimed";
  if (!open) return null;
  return (
    <>
      {returned && !returned.withdrawn ? (
        <Notice tone="warn">
          <strong>{t("course.returned", { who: returned.by?.name ?? t("who.system"), step: returned.name })}</strong>
          <br />
          {returned.reason}
        </Notice>
      ) : null}
      {delegatedBy ? <Notice tone="info">{t("course.delegated", { who: delegatedBy.name })}</Notice> : null}
      {task.signature ? <Notice tone="info">{t("course.signature")}</Notice> : null}
      {signing ? <Signing signing={signing} /> : null}
    </>
  );
}

function Signing({ signing }: { signing: NonNullable<Task["signing"]> }): ReactElement {
  const { t } = useI18n();
  const said = new Set(signing.opinions.map((one) => one.person?.id));
  const silent = signing.agreed === null ? signing.people.filter((one) => !said.has(one.id)) : [];
  return (
    <section className="signing">
      <h3>
        {t("signing.title")} <small>{t(signing.rule === "all" ? "signers.all" : "signers.any")}</small>
      </h3>
      <ul className="plain-list">
        {signing.opinions.map((one, index) => (
          <li key={`${one.person?.id ?? ""}${index}`} className={one.agree ? "opinion" : "opinion opinion-no"}>
            <Icon name={one.agree ? "done" : "close"} size={18} />
            <span>
              <strong>{one.person?.name}</strong> {t(one.agree ? "sign.agree" : "sign.refuse")}
              {one.comment ? <em> {one.comment}</em> : null}
            </span>
          </li>
        ))}
        {silent.map((one) => (
          <li key={one.id} className="opinion opinion-waiting">
            <Icon name="clock" size={18} />
            <span>
              <strong>{one.name}</strong> {t("signing.waiting")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
