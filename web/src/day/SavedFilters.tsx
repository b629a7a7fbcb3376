import { useState, type ReactElement } from "react";
import { Link, useSearchParams } from "react-router";

import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Button } from "../ui/Button";
import { useToast } from "../ui/toast";

interface Saved {
  name: string;
  search: string;
}

/** Filters under a name. What is filtered by is in the address, so a filter is shared by sending its link. */
export function SavedFilters({ onChoose }: { onChoose: () => void }): ReactElement {
  const { t } = useI18n();
  const place = `duban.filters.${useSession().person.id}`;
  const [saved, setSaved] = useState<Saved[]>(() => JSON.parse(localStorage.getItem(place) ?? "[]") as Saved[]);
  const [name, setName] = useState("");
  const [params] = useSearchParams();
  const share = useShare();
  const store = (next: Saved[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    setSaved(next);
  };
  const keep = () => {
    const one = { name: name.trim(), search: params.toString() };
    store([one, ...saved.filter((other) => other.name !== one.name)].slice(0, 20));
    setName("");
  };
  return (
    <section className="saved-filters">
      <h3>{t("filters.title")}</h3>
      <ul>
        {saved.map((one) => (
          <li key={one.name}>
            <Link className="button button-plain" to={`/tasks?${one.search}`} replace onClick={onChoose}>
              <span>{one.name}</span>
            </Link>
            <Button
              kind="quiet"
              icon="send"
              aria-label={t("filters.share", { name: one.name })}
              onClick={() => void share(one)}
            />
            <Button
              kind="quiet"
              icon="trash"
              aria-label={t("filters.drop", { name: one.name })}
              onClick={() => store(saved.filter((other) => other !== one))}
            />
          </li>
        ))}
      </ul>
      <div className="saved-filters-new">
        <label className="field">
          <span>{t("filters.name")}</span>
          <input className="input" value={name} maxLength={30} onChange={(event) => setName(event.target.value)} />
        </label>
        <Button icon="plus" disabled={!name.trim()} onClick={keep}>
          {t("filters.save")}
        </Button>
      </div>
    </section>
  );
}

function useShare(): (one: Saved) => Promise<void> {
  const { t } = useI18n();
  const toast = useToast();
  return async ({ name, search }) => {
    const url = `${location.origin}/tasks?${search}`;
    try {
      if ("share" in navigator) await navigator.share({ title: name, url });
      else {
        await (navigator as Navigator).clipboard.writeText(url);
        toast(t("filters.copied"));
      }
    } catch (error) {
      // Whoever closes the sheet of the device has changed their mind: that is no fault.
      if (!(error instanceof DOMException && error.name === "AbortError")) toast(t("filters.notShared"), "bad");
    }
  };
}
