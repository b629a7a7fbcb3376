import type { Viewer } from "../case/DiagramView";
import { lazy, Suspense, useMemo, useState, type ReactElement } from "react";

import type { FileComparison } from "../api/types";
import { useI18n } from "../i18n";
import { Loading } from "../ui/states";
import { marksOf } from "./changes";
import { useInStep, useShown, useSigns } from "./inStep";

const DiagramView = lazy(() => import("../case/DiagramView"));

interface Props {
  left: string;
  right: string;
  file: FileComparison | undefined;
  chosen: string | null;
  onPick: (id: string) => void;
}

/** Before and after, side by side, to look at; the list beneath says the same in words. */
export function Diagrams({ left, right, file, chosen, onPick }: Props): ReactElement {
  const { t } = useI18n();
  const [before, setBefore] = useState<Viewer | null>(null);
  const [after, setAfter] = useState<Viewer | null>(null);
  const gone = useMemo(() => marksOf(file?.changes ?? [], "left"), [file]);
  const come = useMemo(() => marksOf(file?.changes ?? [], "right"), [file]);
  useInStep(before, after);
  useSigns(before, gone, onPick);
  useSigns(after, come, onPick);
  useShown(before, chosen);
  useShown(after, chosen);
  return (
    <Suspense fallback={<Loading />}>
      <div className="compare-diagrams">
        <DiagramView xml={left} label={t("compare.left")} onDrawn={setBefore} />
        <DiagramView xml={right} label={t("compare.right")} onDrawn={setAfter} />
      </div>
    </Suspense>
  );
}
