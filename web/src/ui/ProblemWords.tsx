import { lazy, Suspense, type ReactElement } from "react";

import { useI18n } from "../i18n";

const ChineseProblem = lazy(() => import("./ChineseProblem"));

interface Props {
  rule: string;
  message: string;
}

/** A problem of a diagram, table or form. The message is English; in Chinese it stands under what its rule says. */
export function ProblemWords(problem: Props): ReactElement {
  const { language } = useI18n();
  const plain = <span className="problem-words">{problem.message}</span>;
  if (language === "en") return plain;
  return (
    <Suspense fallback={plain}>
      <ChineseProblem {...problem} />
    </Suspense>
  );
}
