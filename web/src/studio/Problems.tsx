import type { UseQueryResult } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { ProblemWords } from "../ui/ProblemWords";
import { Chip, errorWords, Notice } from "../ui/states";
import { Button } from "../ui/Button";
import type { Checked } from "./api";
import { mendingOf } from "./bpmn/mend";
import type { Finding } from "./problems";

interface Props {
  checked: UseQueryResult<Checked>;
  all: Finding[];
  file: string | null;
  /** The element that is selected: what is said of it is marked. */
  selected: string | null;
  onPick: (finding: Finding) => void;
  onMend: (finding: Finding) => void;
}

const SHOWN = 200;

/** What is wrong, gravest first; each line leads to its element. Errors keep a draft from being released. */
export function Problems({ checked, all, file, selected, onPick, onMend }: Props): ReactElement {
  const { t } = useI18n();
  const [here, setHere] = useState(true);
  const errors = all.filter(({ severity }) => severity === "error").length;
  const shown = here ? all.filter((one) => one.file === file) : all;
  return (
    <section className="panel studio-problems" aria-label={t("studio.problems")}>
      <div className="chips">
        <h2>{t("studio.problems")}</h2>
        {checked.isFetching ? <Chip tone="calm">{t("studio.checking")}</Chip> : null}
        {errors > 0 ? (
          <Chip tone="bad" icon="late">
            {t("studio.errors", { n: errors })}
          </Chip>
        ) : null}
        {all.length > errors ? (
          <Chip tone="warn" icon="alert">
            {t("studio.warnings", { n: all.length - errors })}
          </Chip>
        ) : null}
        {checked.isSuccess && all.length === 0 ? (
          <Chip tone="good" icon="done">
            {t("studio.noProblems")}
          </Chip>
        ) : null}
        <label className="studio-here">
          <input type="checkbox" checked={here} onChange={(event) => setHere(event.target.checked)} />{" "}
          {t("studio.onlyHere")}
        </label>
      </div>
      {checked.isError ? <Notice tone="warn">{errorWords(checked.error, t)}</Notice> : null}
      <ul>
        {shown.slice(0, SHOWN).map((one, at) => (
          <li key={at} className={selected && one.element === selected ? "is-current" : undefined}>
            <button type="button" onClick={() => onPick(one)}>
              <span className={`studio-mark studio-mark-${one.severity}`} aria-hidden="true">
                {one.severity === "error" ? "✕" : "!"}
              </span>
              <span className="visually-hidden">{t(`studio.${one.severity}`)}</span>
              <ProblemWords rule={one.rule} message={one.message} />
              <span className="faint">
                {[one.element, here ? "" : one.file, one.line > 0 ? t("library.line", { n: one.line }) : "", one.rule]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </button>
            <Mend finding={one} here={one.file === file && file.endsWith(".bpmn")} onMend={onMend} />
          </li>
        ))}
      </ul>
      {shown.length > SHOWN ? <p className="faint">{t("studio.moreProblems", { n: shown.length - SHOWN })}</p> : null}
    </section>
  );
}

interface MendProps {
  finding: Finding;
  here: boolean;
  onMend: (finding: Finding) => void;
}

/** For what has one obvious mending; it is a step in the diagram that can be undone. */
function Mend({ finding, here, onMend }: MendProps): ReactElement | null {
  const { t } = useI18n();
  const mending = here ? mendingOf(finding) : undefined;
  if (!mending) return null;
  return (
    <Button icon="pencil" onClick={() => onMend(finding)}>
      {t(mending.label)}
    </Button>
  );
}
