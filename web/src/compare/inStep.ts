import type { Viewer } from "../case/DiagramView";
import { useEffect } from "react";

import type { PartChange } from "../api/types";
import { SIGNS } from "./changes";

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Canvas {
  viewbox: (box?: Box) => Box & { inner: Box };
  scrollToElement: (element: string, padding: number) => void;
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
  zoom: (to?: number) => number;
}

interface Bus {
  on: (name: string, hear: (event: { element: { id: string } }) => void) => void;
  off: (name: string, hear: (event: { element: { id: string } }) => void) => void;
}

type Shown = Viewer | null;

/** What the drawing as a whole stands for: its changes are in the list only. */
const GROUNDS = ["definitions", "process", "collaboration"];
const SIGN = "compare-sign";
const MARGIN = 30;
const READABLE = 0.6;
const canvasOf = (viewer: Viewer) => viewer.get<Canvas>("canvas");
const has = (viewer: Viewer, id: string) =>
  Boolean(viewer.get<{ get: (id: string) => unknown }>("elementRegistry").get(id));

/** Two drawings begin with the same view, and where one goes the other follows. */
export function useInStep(left: Shown, right: Shown): void {
  useEffect(() => {
    if (!left || !right) return;
    let leading = false;
    const follow = (from: Viewer, to: Viewer) => () => {
      if (leading) return;
      leading = true;
      const { x, y, width, height } = canvasOf(from).viewbox();
      canvasOf(to).viewbox({ x, y, width, height });
      leading = false;
    };
    const toRight = follow(left, right);
    const toLeft = follow(right, left);
    left.get<Bus>("eventBus").on("canvas.viewbox.changed", toRight);
    right.get<Bus>("eventBus").on("canvas.viewbox.changed", toLeft);
    canvasOf(left).viewbox(around(canvasOf(left).viewbox().inner, canvasOf(right).viewbox().inner));
    return () => {
      left.get<Bus>("eventBus").off("canvas.viewbox.changed", toRight);
      right.get<Bus>("eventBus").off("canvas.viewbox.changed", toLeft);
    };
  }, [left, right]);
}

function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x) - MARGIN;
  const y = Math.min(one.y, other.y) - MARGIN;
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) + MARGIN - x,
    height: Math.max(one.y + one.height, other.y + other.height) + MARGIN - y,
  };
}

/** Marks by colour and by sign; a click on a marked element picks it. */
export function useSigns(viewer: Shown, marks: PartChange[], onPick: (id: string) => void): void {
  useEffect(() => {
    if (!viewer) return;
    const here = marks.filter(({ id, what }) => !GROUNDS.includes(what) && has(viewer, id));
    const overlays = viewer.get<{
      add: (element: string, type: string, overlay: object) => void;
      remove: (filter: { type: string }) => void;
    }>("overlays");
    for (const { id, kind } of here) {
      canvasOf(viewer).addMarker(id, `is-${kind}`);
      overlays.add(id, SIGN, { position: { top: -11, left: -11 }, html: sign(kind), scale: { min: 0.7, max: 1.2 } });
    }
    const known = new Set(here.map(({ id }) => id));
    const pick = ({ element }: { element: { id: string } }) => {
      if (known.has(element.id)) onPick(element.id);
    };
    const bus = viewer.get<Bus>("eventBus");
    bus.on("element.click", pick);
    return () => {
      bus.off("element.click", pick);
      overlays.remove({ type: SIGN });
      for (const { id, kind } of here) canvasOf(viewer).removeMarker(id, `is-${kind}`);
    };
  }, [viewer, marks, onPick]);
}

function sign(kind: PartChange["kind"]): HTMLElement {
  const element = document.createElement("div");
  element.className = `compare-sign compare-${kind}`;
  element.textContent = SIGNS[kind];
  return element;
}

/** Shows the chosen element, near enough to be read; the other side follows. */
export function useShown(viewer: Shown, chosen: string | null): void {
  useEffect(() => {
    if (!viewer || !chosen || !has(viewer, chosen)) return;
    const canvas = canvasOf(viewer);
    if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
    canvas.scrollToElement(chosen, 120);
    canvas.addMarker(chosen, "is-picked");
    return () => {
      if (has(viewer, chosen)) canvas.removeMarker(chosen, "is-picked");
    };
  }, [viewer, chosen]);
}
