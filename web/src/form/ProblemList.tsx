import { useEffect, useRef, type ReactElement } from "react";

import { useI18n } from "../i18n";
import { Icon } from "../ui/Icon";
import type { Problem } from "./session";

interface Props {
  problems: Problem[];
  onJump: (problem: Problem) => void;
}

/** Everything that keeps the form from being sent, each a way to its field. It takes the focus when it appears. */
export function ProblemList({ problems, onJump }: Props): ReactElement {
  const { t } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [problems]);
  return (
    <div ref={box} className="problems" role="alert" tabIndex={-1}>
      <h2>
        <Icon name="alert" /> {t("form.problems", { n: problems.length })}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.domId ?? ""}${problem.label}`}>
            {problem.domId ? (
              <button type="button" className="link" onClick={() => onJump(problem)}>
                {problem.label}
              </button>
            ) : (
              <strong>{problem.label}</strong>
            )}
            : {problem.messages.join(" ")}
          </li>
        ))}
      </ul>
    </div>
  );
}
