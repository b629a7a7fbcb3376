import "./owner.css";

import { lazy, Suspense, useState, type ReactElement } from "react";

import type { Viewer } from "../../case/DiagramView";
import { Loading } from "../../ui/states";
import { useHeat, type Heat } from "./heat";

const DiagramView = lazy(() => import("../../case/DiagramView"));

/** A diagram in shades. `heat` is to be the same map while it says the same. */
export function HeatView({ xml, label, heat }: { xml: string; label: string; heat: Map<string, Heat> }): ReactElement {
  const [viewer, setViewer] = useState<Viewer | null>(null);
  useHeat(viewer, heat);
  return (
    <Suspense fallback={<Loading />}>
      <div className="owner-heat">
        <DiagramView xml={xml} label={label} onDrawn={setViewer} />
      </div>
    </Suspense>
  );
}
