import type { ReactElement } from "react";

import { rulesZh } from "../i18n/rules.zh";

/** Chosen by `ProblemWords`, which fetches the rules when the first problem is shown. */
export default function ChineseProblem({ rule, message }: { rule: string; message: string }): ReactElement {
  const words = rulesZh[rule];
  return (
    <span className="problem-words">
      {words ?? message}
      {words ? (
        <span className="faint" lang="en">
          {message}
        </span>
      ) : null}
    </span>
  );
}
