import "./finding.css";

import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { requestKept } from "../api/kept";
import { useI18n } from "../i18n";
import { useSession } from "../session/session";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";

interface Props {
  item: string;
  text: string;
  onChoose: (text: string) => void;
}

interface Rows {
  items: { values: Record<string, unknown> }[];
}

const MOST = 12;
const LONGEST = 120;

/** Words that come up again and again: the station's own, and those that this person has kept on this device. */
export function Phrases({ item, text, onChoose }: Props): ReactElement {
  const { t } = useI18n();
  const station = useStationPhrases(item);
  const { mine, keep, drop } = useMine();
  const all = [...mine, ...station.filter((one) => !mine.includes(one))].slice(0, MOST);
  const fresh = text.trim().slice(0, LONGEST);
  const add = (phrase: string) => onChoose(text.trim() ? `${text.trim()}；${phrase}` : phrase);
  return (
    <details className="phrases">
      <summary>
        <Icon name="message" size={18} /> {t("phrase.title")} <span className="checklist-n">{all.length}</span>
      </summary>
      <ul>
        {all.map((phrase) => (
          <li key={phrase}>
            <button type="button" className="phrase" onClick={() => add(phrase)}>
              {phrase}
            </button>
            {mine.includes(phrase) ? (
              <Button
                kind="quiet"
                icon="close"
                aria-label={t("phrase.drop", { text: phrase })}
                onClick={() => drop(phrase)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {fresh && !all.includes(fresh) ? (
        <Button kind="quiet" icon="plus" onClick={() => keep(fresh)}>
          {t("phrase.keep")}
        </Button>
      ) : null}
      {all.length === 0 && !fresh ? <p className="faint">{t("phrase.none")}</p> : null}
    </details>
  );
}

/** Rows of the register `phrases`: those for this item and those for all. */
function useStationPhrases(item: string): string[] {
  const query = useQuery({
    queryKey: ["phrases"],
    queryFn: ({ signal }) => requestKept<Rows>("/registers/phrases/rows", { query: { limit: 200 }, signal }),
    staleTime: 300_000,
  });
  return (query.data?.items ?? [])
    .filter(({ values }) => !values.item || values.item === item)
    .flatMap(({ values }) => (typeof values.text === "string" && values.text ? [values.text] : []));
}

function useMine() {
  const place = `duban.phrases.${useSession().person.id}`;
  const [mine, setMine] = useState<string[]>(() => JSON.parse(localStorage.getItem(place) ?? "[]") as string[]);
  const save = (next: string[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    setMine(next);
  };
  return {
    mine,
    keep: (phrase: string) => save([phrase, ...mine.filter((one) => one !== phrase)].slice(0, 30)),
    drop: (phrase: string) => save(mine.filter((one) => one !== phrase)),
  };
}
