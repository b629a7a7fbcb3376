import "bpmn-js/dist/assets/diagram-js.css";
import "./diagram.css";

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { useEffect, useRef, useState, type ReactElement } from "react";

import type { ElementCounts } from "../api/types";
import { useTheme } from "../app/theme";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Notice } from "../ui/states";
import { CappedTextModule } from "./cappedText";
import { inLanguage } from "./inLanguage";
import { followFingers } from "./touch";

/** What `onDrawn` hands over. */
export type Viewer = NavigatedViewer;

interface Props {
  xml: string;
  label: string;
  elements?: Record<string, ElementCounts>;
  flows?: Record<string, number>;
  /** What the mark of an incident means, where it is not one. */
  faults?: string;
  /** Elements that may be picked, and the one that is. */
  choices?: string[];
  chosen?: string;
  onPick?: (element: string) => void;
  /** Is given the viewer once it has drawn, and null before it goes: for those who mark and move it themselves. */
  onDrawn?: (viewer: NavigatedViewer | null) => void;
}

interface Canvas {
  zoom: (to?: number | "fit-viewport", center?: "auto" | { x: number; y: number }) => number;
  scroll: (by: { dx: number; dy: number }) => void;
  scrollToElement: (element: string) => void;
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
  resized: () => void;
}

interface Overlays {
  add: (element: string, type: string, overlay: object) => void;
  remove: (filter: { type: string }) => void;
}

/** Our badges among the overlays; the viewer has others, such as the way into a collapsed sub-process. */
const BADGE = "case-badge";

type Marker = [element: string, marker: string];

interface Marked {
  viewer: NavigatedViewer;
  markers: Marker[];
}

/** A diagram to look at: where the case is, where it has been. What it shows is also in the list beside it. */
export default function DiagramView({
  xml,
  label,
  elements = {},
  flows = {},
  faults,
  choices,
  chosen,
  onPick,
  onDrawn,
}: Props): ReactElement {
  const { t, language } = useI18n();
  const { dark } = useTheme();
  const container = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [broken, setBroken] = useState(false);
  const [drawn, setDrawn] = useState<NavigatedViewer | null>(null);
  const marked = useRef<Marked | null>(null);
  const incident = faults ?? t("diagram.incident");
  const times = (n: number) => t("diagram.times", { n });

  useEffect(() => {
    const host = container.current;
    if (!host) return;
    const made = new NavigatedViewer({
      container: host,
      bpmnRenderer: palette(host),
      additionalModules: [CappedTextModule],
      ...(onDrawn && { canvas: { deferUpdate: false } }),
    });
    viewer.current = made;
    let gone = false;
    made
      .importXML(inLanguage(xml, language))
      .then(() => {
        if (gone) return;
        fit(made);
        setDrawn(made);
        onDrawn?.(made);
      })
      .catch(() => setBroken(true));
    const size = new ResizeObserver(() => made.get<Canvas>("canvas").resized());
    size.observe(host);
    const still = followFingers(host, made.get<Canvas>("canvas"));
    return () => {
      gone = true;
      size.disconnect();
      still();
      onDrawn?.(null);
      made.destroy();
    };
  }, [xml, language, dark, onDrawn]);

  // Another moment of the same diagram only moves the marks: whoever zoomed in stays where they are.
  useEffect(() => {
    if (!drawn || drawn !== viewer.current) return;
    const known = marked.current?.viewer === drawn ? marked.current : null;
    if (known) unmark(known);
    marked.current = { viewer: drawn, markers: mark(drawn, elements, flows, { incident, times }) };
    if (known) follow(drawn, elements);
    else show(drawn, elements);
    // `times` only wraps the translation, which `incident` follows; the maps are new only with new data.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [drawn, elements, flows, incident]);

  usePicking(drawn, choices, chosen, onPick);

  const zoom = (factor: number) => {
    const canvas = viewer.current?.get<Canvas>("canvas");
    canvas?.zoom(canvas.zoom() * factor, "auto");
  };

  if (broken) return <Notice tone="bad">{t("diagram.broken")}</Notice>;
  return (
    <figure className="diagram">
      <figcaption className="visually-hidden">{label}</figcaption>
      <div ref={container} className="diagram-canvas" />
      <div className="diagram-tools">
        <Button icon="plus" aria-label={t("diagram.in")} onClick={() => zoom(1.25)} />
        <Button icon="minus" aria-label={t("diagram.out")} onClick={() => zoom(0.8)} />
        <Button icon="fit" aria-label={t("diagram.fit")} onClick={() => viewer.current && fit(viewer.current)} />
      </div>
    </figure>
  );
}

interface Picked {
  element: { id: string };
}

interface EventBus {
  on: (name: string, hear: (event: Picked) => void) => void;
  off: (name: string, hear: (event: Picked) => void) => void;
}

/** Marks what may be picked, and tells of the pick. The list beside the diagram does the same for the keyboard. */
function usePicking(
  viewer: NavigatedViewer | null,
  choices: string[] | undefined,
  chosen: string | undefined,
  onPick: ((element: string) => void) | undefined,
): void {
  useEffect(() => {
    if (!viewer || !choices) return;
    const canvas = viewer.get<Canvas>("canvas");
    const registry = viewer.get<{ get: (id: string) => object | undefined }>("elementRegistry");
    const bus = viewer.get<EventBus>("eventBus");
    const here = choices.filter((id) => registry.get(id));
    const markerOf = (id: string) => (id === chosen ? "is-chosen" : "is-choice");
    const pick = ({ element }: Picked) => {
      if (here.includes(element.id)) onPick?.(element.id);
    };
    here.forEach((id) => canvas.addMarker(id, markerOf(id)));
    bus.on("element.click", pick);
    return () => {
      bus.off("element.click", pick);
      here.filter((id) => registry.get(id)).forEach((id) => canvas.removeMarker(id, markerOf(id)));
    };
  }, [viewer, choices, chosen, onPick]);
}

function palette(host: HTMLElement): Record<string, string> {
  const style = getComputedStyle(host);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    defaultFillColor: colour("--card"),
    defaultStrokeColor: colour("--ink"),
    defaultLabelColor: colour("--ink"),
  };
}

/** Whole, but never blown up beyond its natural size: a small diagram in a large frame stays a drawing. */
function fit(viewer: NavigatedViewer): void {
  const canvas = viewer.get<Canvas>("canvas");
  canvas.resized();
  if (canvas.zoom("fit-viewport", "auto") > 1.1) canvas.zoom(1.1, "auto");
}

const READABLE = 0.5;

function placeOf(viewer: NavigatedViewer, elements: Record<string, ElementCounts>): string | null {
  const here = Object.entries(elements).find(([, count]) => count.active > 0 || count.incidents > 0)?.[0];
  return here && viewer.get<{ get: (id: string) => unknown }>("elementRegistry").get(here) ? here : null;
}

/** The whole diagram where it can be read whole; otherwise the place where the case is. */
function show(viewer: NavigatedViewer, elements: Record<string, ElementCounts>): void {
  const canvas = viewer.get<Canvas>("canvas");
  const here = placeOf(viewer, elements);
  if (canvas.zoom() >= READABLE || !here) return;
  canvas.zoom(0.75);
  canvas.scrollToElement(here);
}

/** Moves no further than it takes to see where the case is. */
function follow(viewer: NavigatedViewer, elements: Record<string, ElementCounts>): void {
  const here = placeOf(viewer, elements);
  if (here) viewer.get<Canvas>("canvas").scrollToElement(here);
}

function unmark({ viewer, markers }: Marked): void {
  const canvas = viewer.get<Canvas>("canvas");
  for (const [element, marker] of markers) canvas.removeMarker(element, marker);
  viewer.get<Overlays>("overlays").remove({ type: BADGE });
}

interface Words {
  incident: string;
  times: (n: number) => string;
}

/** Returns the markers that were put, for taking them off again. */
function mark(
  viewer: NavigatedViewer,
  elements: Record<string, ElementCounts>,
  flows: Record<string, number>,
  words: Words,
): Marker[] {
  const canvas = viewer.get<Canvas>("canvas");
  const registry = viewer.get<{ get: (id: string) => object | undefined }>("elementRegistry");
  const here = Object.entries(elements).filter(([id]) => registry.get(id));
  const markers: Marker[] = [
    ...here.flatMap(([id, count]) => markerOf(count).map((marker): Marker => [id, marker])),
    ...Object.entries(flows).flatMap(([id, n]): Marker[] => (n > 0 && registry.get(id) ? [[id, "is-taken"]] : [])),
  ];
  for (const [element, marker] of markers) canvas.addMarker(element, marker);
  for (const [id, count] of here) putBadges(viewer.get<Overlays>("overlays"), id, count, words);
  return markers;
}

function markerOf(count: ElementCounts): string[] {
  if (count.incidents > 0) return ["is-incident"];
  if (count.active > 0) return ["is-active"];
  return count.completed > 0 ? ["is-completed"] : [];
}

function putBadges(overlays: Overlays, id: string, count: ElementCounts, words: Words): void {
  const corner = { top: -12, right: 12 };
  if (count.incidents > 0)
    overlays.add(id, BADGE, { position: corner, html: badge("diagram-badge-incident", "!", words.incident) });
  else if (count.active > 0)
    overlays.add(id, BADGE, { position: corner, html: badge("diagram-badge-active", String(count.active), "") });
  if (count.completed > 1)
    overlays.add(id, BADGE, {
      position: { bottom: 12, left: -6 },
      html: badge("diagram-badge-done", words.times(count.completed), ""),
    });
}

function badge(className: string, text: string, title: string): HTMLElement {
  const element = document.createElement("div");
  element.className = `diagram-badge ${className}`;
  element.textContent = text;
  if (title) element.title = title;
  return element;
}
