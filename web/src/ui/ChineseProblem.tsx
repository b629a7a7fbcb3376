import type { ReactElement } from "react";

import { rulesZh } from "../i18n/rules.zh";

/** Chosen by `ProblemWords`, which fetches the rules when the first problem is shown. */
export default function ChineseProblem({ rule, message }: { rule: string; message: string }): ReactElement {
  const words = rulesZh[rule];
  if (!words) return <p>{message}</p>;
  return (
    <>
      <p>{words}</p>
      <p className="faint" lang="en">
        {message}
      </p>
    </>
  );
}
