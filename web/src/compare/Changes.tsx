import { useEffect, useRef, type ReactElement } from "react";

import type { FileComparison, PartChange, PropertyChange } from "../api/types";
import { useI18n } from "../i18n";
import { SIGNS } from "./changes";

interface Props {
  file: FileComparison;
  chosen: string | null;
  /** Shows the element in both diagrams, where the file is the one that is drawn. */
  onPick?: (id: string) => void;
}

/** What one file changes: a line for each part, and a table of what its texts were and are. */
export function Changes({ file, chosen, onPick }: Props): ReactElement {
  const { t } = useI18n();
  const renamed = file.was !== null && file.was !== file.path;
  return (
    <section className="panel">
      <h2 className="compare-file">
        {file.kind === "changed" ? null : <Sign kind={file.kind} />}
        {renamed ? `${file.was} → ${file.path}` : file.path}
      </h2>
      {file.kind === "changed" ? null : <p className="faint">{t(`compare.kind.${file.kind}`)}</p>}
      <ul className="compare-list">
        {file.changes.map((change) => (
          <Entry key={`${change.kind} ${change.id}`} change={change} current={change.id === chosen} onPick={onPick} />
        ))}
      </ul>
    </section>
  );
}

interface EntryProps {
  change: PartChange;
  current: boolean;
  onPick: Props["onPick"];
}

function Entry({ change, current, onPick }: EntryProps): ReactElement {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const words = <Words change={change} />;
  return (
    <li ref={item} className={current ? "compare-entry is-current" : "compare-entry"}>
      {onPick ? (
        <button type="button" className="compare-line" aria-pressed={current} onClick={() => onPick(change.id)}>
          {words}
        </button>
      ) : (
        <div className="compare-line">{words}</div>
      )}
      <Properties change={change} />
    </li>
  );
}

function Words({ change }: { change: PartChange }): ReactElement {
  const { t, language } = useI18n();
  const spoken = language === "en" ? "en" : "zh";
  return (
    <>
      <Sign kind={change.kind} />
      {change.moved && change.kind === "changed" ? <Sign kind="moved" /> : null}
      <span className="visually-hidden">{t(`compare.kind.${change.kind}`)}</span>
      <span className="faint">{change.title[spoken]}</span>
      <strong>{change.name[spoken]}</strong>
      {change.name[spoken] === change.id ? null : <code className="faint">{change.id}</code>}
    </>
  );
}

function Sign({ kind }: { kind: PartChange["kind"] }): ReactElement {
  return (
    <b className={`compare-sign compare-${kind}`} aria-hidden="true">
      {SIGNS[kind]}
    </b>
  );
}

/** All that differs; of what came or went whole, what a reader of a table or form would ask for. */
function Properties({ change }: { change: PartChange }): ReactElement | null {
  const { t } = useI18n();
  if (change.properties.length === 0) return null;
  const table = <Table properties={change.properties} />;
  if (change.kind === "changed" || change.what === "rule") return table;
  return (
    <details>
      <summary>{t("compare.details", { n: change.properties.length })}</summary>
      {table}
    </details>
  );
}

function Table({ properties }: { properties: PropertyChange[] }): ReactElement {
  const { t, language } = useI18n();
  return (
    <table className="compare-table">
      <thead>
        <tr>
          <th scope="col">{t("compare.property")}</th>
          <th scope="col">{t("compare.left")}</th>
          <th scope="col">{t("compare.right")}</th>
        </tr>
      </thead>
      <tbody>
        {properties.map((one) => (
          <tr key={one.path}>
            <th scope="row" title={one.path}>
              {one.title[language === "en" ? "en" : "zh"]}
            </th>
            <Text value={one.old} className="compare-old" />
            <Text value={one.new} className="compare-new" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Text({ value, className }: { value: string | null; className: string }): ReactElement {
  const { t } = useI18n();
  if (value === null) return <td className="faint">—</td>;
  return <td className={className}>{value === "" ? t("compare.present") : value}</td>;
}
