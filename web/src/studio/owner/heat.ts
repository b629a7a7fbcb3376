/** Elements of a drawing in shades, the hotter the darker, with the figure beside: nothing is told by colour alone. */
import { useEffect } from "react";

import type { Viewer } from "../../case/DiagramView";

export interface Heat {
  value: number;
  text: string;
  /** Says something is wrong here: the figure stands on red. */
  bad?: boolean;
}

interface Canvas {
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
}

interface Overlays {
  add: (element: string, type: string, overlay: object) => void;
  remove: (filter: { type: string }) => void;
}

const BADGE = "heat-badge";
export const LEVELS = 5;

/** 1 to LEVELS; by the root, because a few elements usually outdo all others by far. 0 for nothing. */
export function level(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(value / most) * LEVELS));
}

export function useHeat(viewer: Viewer | null, heat: Map<string, Heat>): void {
  useEffect(() => {
    if (!viewer) return;
    const canvas = viewer.get<Canvas>("canvas");
    const overlays = viewer.get<Overlays>("overlays");
    const registry = viewer.get<{ get: (id: string) => { waypoints?: unknown } | undefined }>("elementRegistry");
    const most = Math.max(0, ...[...heat.values()].map(({ value }) => value));
    const here = [...heat].filter(([id, { value }]) => value > 0 && registry.get(id) && !registry.get(id)?.waypoints);
    const markers = here.map(([id, { value }]): [string, string] => [id, `heat-${level(value, most)}`]);
    for (const [id, marker] of markers) canvas.addMarker(id, marker);
    for (const [id, one] of here) overlays.add(id, BADGE, { position: { top: -11, left: -8 }, html: figure(one) });
    return () => {
      // A viewer that has been taken down has nothing to unmark.
      const left = markers.filter(([id]) => registry.get(id));
      for (const [id, marker] of left) canvas.removeMarker(id, marker);
      if (left.length > 0) overlays.remove({ type: BADGE });
    };
  }, [viewer, heat]);
}

function figure({ text, bad }: Heat): HTMLElement {
  const element = document.createElement("div");
  element.className = bad ? "heat-figure heat-figure-bad" : "heat-figure";
  element.textContent = text;
  return element;
}
