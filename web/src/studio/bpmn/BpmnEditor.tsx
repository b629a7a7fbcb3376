import "./editor.css";

import {
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  type ReactElement,
  type Ref,
} from "react";

import { useTheme } from "../../app/theme";
import { useI18n } from "../../i18n";
import { Loading, Notice } from "../../ui/states";
import type { EditorHandle } from "../editors";
import type { Finding, Found, Mark } from "../problems";
import { whenIdle, Writer } from "../writer";
import { EditorTools } from "./EditorTools";
import type { Moddle, Shape } from "./extensions";
import { lintDiagram } from "./lint";
import { showMarks } from "./marks";
import { mend } from "./mend";
import { makeModeler, type Modeler } from "./modeler";
import type { Choices } from "./properties";
import { variablesOf } from "./variables";

interface Props {
  name: string;
  /** Read once: a text that comes from elsewhere needs a new editor. */
  text: string;
  choices: Choices;
  /** Form id → the variables that it writes. */
  forms: ReadonlyMap<string, string[]>;
  marks: Mark[];
  onTouch: (same: boolean) => void;
  onChange: (text: string) => void;
  onLint: (found: Found[]) => void;
  onSelect: (element: string | null) => void;
  onReady: () => void;
  ref?: Ref<EditorHandle>;
}

export default function BpmnEditor({ ref, ...props }: Props): ReactElement {
  const { t, language } = useI18n();
  const { dark } = useTheme();
  const canvas = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<Modeler | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const current = useRef(props.text);
  const writer = useRef<Writer | null>(null);

  const choices = useEffectEvent(() => props.choices);
  const variables = useEffectEvent((element: string) =>
    variablesOf(definitionsOf(modeler), props.forms, element, (ids) => t("studio.writtenBy", { ids })),
  );
  const changed = useEffectEvent((text: string) => {
    if (text === current.current) props.onTouch(true);
    else props.onChange(text);
    current.current = text;
  });
  const touched = useEffectEvent(() => props.onTouch(false));
  const linted = useEffectEvent((found: Found[]) => props.onLint(found));
  const selected = useEffectEvent((element: string | null) => props.onSelect(element));

  useEffect(() => {
    if (!canvas.current || !panel.current) return;
    const made = makeModeler({
      canvas: canvas.current,
      panel: panel.current,
      language,
      choices: () => choices(),
      variablesAt: (element) => variables(element),
      colours: coloursOf(canvas.current),
    });
    const check = () => lookOver(made, (found) => linted(found));
    const writing = new Writer(
      () => made.saveXML({ format: true }).then(({ xml }) => xml),
      (text) => {
        changed(text);
        check();
      },
    );
    writer.current = writing;
    listen(made, writing, { touched: () => touched(), selected: (element) => selected(element) });
    let gone = false;
    made
      .importXML(current.current)
      .then(() => {
        if (gone) return;
        fit(made);
        setModeler(made);
        check();
      })
      .catch((error: unknown) => {
        if (!gone) setBroken(error instanceof Error ? error.message : String(error));
      });
    const size = new ResizeObserver(() => made.get<{ resized: () => void }>("canvas").resized());
    size.observe(canvas.current);
    return () => {
      gone = true;
      size.disconnect();
      void writing.flush().finally(() => made.destroy());
      setModeler(null);
    };
  }, [language, dark]);

  useEffect(() => (modeler ? showMarks(modeler, props.marks) : undefined), [modeler, props.marks]);
  const ready = useEffectEvent(() => props.onReady());
  useEffect(() => {
    if (modeler) ready();
  }, [modeler]);
  const select = useCallback((id: string) => modeler && show(modeler, id), [modeler]);
  const mended = useCallback(
    (finding: Finding) => {
      if (!modeler) return false;
      show(modeler, finding.element);
      return mend(modeler, finding);
    },
    [modeler],
  );
  useImperativeHandle(
    ref,
    () => ({ flush: () => writer.current?.flush() ?? Promise.resolve(), select, mend: mended }),
    [select, mended],
  );

  return (
    <div className="bpmn-editor">
      {modeler ? <EditorTools modeler={modeler} name={props.name} /> : null}
      {broken ? (
        <div className="bpmn-broken">
          <Notice tone="bad">
            {t("studio.broken")} <code>{broken}</code>
          </Notice>
        </div>
      ) : null}
      {modeler || broken ? null : <Loading />}
      <div ref={canvas} className="bpmn-canvas" aria-label={t("studio.diagram")} />
      <div ref={panel} className="bpmn-panel" role="region" aria-label={t("studio.properties")} />
    </div>
  );
}

function lookOver(modeler: Modeler, onFound: (found: Found[]) => void): void {
  const definitions = definitionsOf(modeler);
  if (definitions) whenIdle(() => void lintDiagram(definitions).then(onFound, () => undefined));
}

interface Heard {
  touched: () => void;
  selected: (element: string | null) => void;
}

function listen(modeler: Modeler, writer: Writer, heard: Heard): void {
  const bus = modeler.get<{ on: (name: string, hear: (event: never) => void) => void }>("eventBus");
  bus.on("commandStack.changed", ({ trigger }: { trigger?: string }) => {
    if (trigger === "clear") return;
    heard.touched();
    writer.later();
  });
  bus.on("selection.changed", ({ newSelection }: { newSelection: Shape[] }) =>
    heard.selected(newSelection.length === 1 ? (newSelection[0]?.id ?? null) : null),
  );
}

export function definitionsOf(modeler: Modeler | null): Moddle | undefined {
  return modeler?.getDefinitions() as Moddle | undefined;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Room for the tools, which lie over the left edge. */
const PALETTE = 130;

/** Whole where it can be read so; otherwise its beginning. Never beneath the tools. */
function fit(modeler: Modeler): void {
  const canvas = modeler.get<{
    zoom: (to?: string | number) => number;
    viewbox: (box?: Box) => { inner: Box; outer: { width: number; height: number } };
  }>("canvas");
  const { inner, outer } = canvas.viewbox();
  if (inner.width === 0) return;
  const room = { width: outer.width - PALETTE - 24, height: outer.height - 48 };
  const scale = Math.max(0.4, Math.min(1, room.width / inner.width, room.height / inner.height));
  const above = Math.max(24, (outer.height - inner.height * scale) / 2);
  canvas.viewbox({
    x: inner.x - PALETTE / scale,
    y: inner.y - above / scale,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}

function show(modeler: Modeler, id: string): void {
  const element = modeler.get<{ get: (id: string) => Shape | undefined }>("elementRegistry").get(id);
  if (!element) return;
  const canvas = modeler.get<{ zoom: (to?: number) => number; scrollToElement: (one: Shape, pad: number) => void }>(
    "canvas",
  );
  if (canvas.zoom() < 0.5) canvas.zoom(0.75);
  canvas.scrollToElement(element, 120);
  modeler.get<{ select: (one: Shape) => void }>("selection").select(element);
}

function coloursOf(host: HTMLElement): Record<string, string> {
  const style = getComputedStyle(host);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    defaultFillColor: colour("--card"),
    defaultStrokeColor: colour("--ink"),
    defaultLabelColor: colour("--ink"),
  };
}
