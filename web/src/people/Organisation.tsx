import { useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { useMay } from "../session/session";
import { Button } from "../ui/Button";
import { useSettled, useTitle } from "../ui/hooks";
import { PageHead, Search } from "../ui/parts";
import { Chip, Empty, Failure, Loading } from "../ui/states";
import { useList, type PersonLine, type UnitLine, type Vocabulary } from "./api";
import { NewPerson, NewUnit } from "./NewSheets";
import { PersonSheet } from "./PersonSheet";
import "./people.css";

/** Units at the left, their people at the right: what the system and the security administrator keep. */
export default function Organisation(): ReactElement {
  const { t } = useI18n();
  const [unit, setUnit] = useState("");
  const [text, setText] = useState("");
  const [adding, setAdding] = useState<"unit" | "person" | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const mayChange = useMay("people.manage");
  const units = useList<{ items: UnitLine[] }>("units", "/units");
  const words = useList<Vocabulary>("organisation", "/organisation").data;
  useTitle(t("nav.people"));
  return (
    <div className="page">
      <PageHead title={t("nav.people")}>
        {mayChange ? (
          <span className="chips">
            <Button icon="plus" onClick={() => setAdding("unit")}>
              {t("org.newUnit")}
            </Button>
            <Button kind="primary" icon="plus" onClick={() => setAdding("person")}>
              {t("org.newPerson")}
            </Button>
          </span>
        ) : null}
      </PageHead>
      <p className="page-hint">{t(mayChange ? "org.hintSystem" : "org.hintOther")}</p>
      <div className="org">
        <nav className="org-tree panel" aria-label={t("org.units")}>
          {units.isPending ? <Loading rows={6} /> : null}
          {units.isError ? <Failure error={units.error} onRetry={() => void units.refetch()} /> : null}
          {units.data ? <Tree units={units.data.items} chosen={unit} onChoose={setUnit} /> : null}
        </nav>
        <section className="org-people">
          <Search label={t("org.search")} value={text} onChange={setText} />
          <People unit={unit} text={text} words={words} onOpen={setOpened} />
        </section>
      </div>
      {adding === "unit" && units.data && words ? (
        <NewUnit units={units.data.items} kinds={words.unitKinds} parent={unit} onClose={() => setAdding(null)} />
      ) : null}
      {adding === "person" && units.data ? (
        <NewPerson units={units.data.items} unit={unit} onClose={() => setAdding(null)} />
      ) : null}
      {opened && units.data && words ? (
        <PersonSheet id={opened} units={units.data.items} words={words} onClose={() => setOpened(null)} />
      ) : null}
    </div>
  );
}

interface TreeProps {
  units: UnitLine[];
  chosen: string;
  onChoose: (id: string) => void;
}

function Tree({ units, chosen, onChoose }: TreeProps): ReactElement {
  const { t, language } = useI18n();
  const depth = new Map<string, number>();
  for (const one of units) depth.set(one.id, one.parent ? (depth.get(one.parent) ?? 0) + 1 : 0);
  return (
    <ul className="org-units">
      <li>
        <button type="button" aria-pressed={chosen === ""} onClick={() => onChoose("")}>
          <strong>{t("org.everybody")}</strong>
        </button>
      </li>
      {units.map((one) => (
        <li key={one.id} style={{ paddingInlineStart: `${(depth.get(one.id) ?? 0) * 16}px` }}>
          <button type="button" aria-pressed={chosen === one.id} onClick={() => onChoose(one.id)}>
            <span>{language === "en" ? one.nameEn : one.name}</span>
            {one.people > 0 ? <small>{one.people}</small> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PeopleProps {
  unit: string;
  text: string;
  words: Vocabulary | undefined;
  onOpen: (id: string) => void;
}

function People({ unit, text, words, onOpen }: PeopleProps): ReactElement {
  const { t, language } = useI18n();
  const q = useSettled(text);
  const query = useList<{ items: PersonLine[]; next: string | null }>("people-of", "/people", { q, unit, limit: 200 });
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return <Empty icon="person" title={t("people.none")} />;
  const english = language === "en";
  const roleName = (id: string) => {
    const role = words?.roles.find((one) => one.role === id);
    return role ? (english ? role.nameEn : role.name) : id;
  };
  return (
    <ul className="org-list">
      {query.data.items.map((one) => (
        <li key={one.id}>
          <button type="button" className="org-person" onClick={() => onOpen(one.id)}>
            <span className="avatar" aria-hidden="true">
              {one.name.slice(0, 1)}
            </span>
            <span className="org-person-words">
              <strong>{one.name}</strong>
              <small>
                {english ? one.unitNameEn : one.unitName} · {one.username}
              </small>
            </span>
            <span className="chips">
              {one.roles.map((role) => (
                <Chip key={role} tone="calm">
                  {roleName(role)}
                </Chip>
              ))}
              {one.active ? null : <Chip tone="bad">{t("org.disabled")}</Chip>}
              {one.account ? null : <Chip tone="warn">{t("org.noAccount")}</Chip>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
