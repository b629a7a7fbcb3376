import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "./dmn.css";

import Modeler, { type View } from "dmn-js/lib/Modeler";
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type ReactElement, type Ref } from "react";

import type { Language } from "../../api/types";
import { useI18n } from "../../i18n";
import { Button } from "../../ui/Button";
import { Loading, Notice } from "../../ui/states";
import type { EditorHandle } from "../editors";
import { Writer } from "../writer";
import { translateDmn } from "./translation";

interface Props {
  text: string;
  onTouch: (same: boolean) => void;
  onChange: (text: string) => void;
  onReady: () => void;
  ref?: Ref<EditorHandle>;
}

/** Decisions: the graph of what needs what, and the table or expression of each. */
export default function DmnEditor({ ref, ...props }: Props): ReactElement {
  const { t, language } = useI18n();
  const host = useRef<HTMLDivElement>(null);
  const writer = useRef<Writer | null>(null);
  const current = useRef(props.text);
  const [modeler, setModeler] = useState<Modeler | null>(null);
  const [views, setViews] = useState<{ all: View[]; active: View | undefined }>({ all: [], active: undefined });
  const [broken, setBroken] = useState<string | null>(null);

  const changed = useEffectEvent((text: string) => {
    if (text === current.current) props.onTouch(true);
    else props.onChange(text);
    current.current = text;
  });
  const touched = useEffectEvent(() => props.onTouch(false));
  const ready = useEffectEvent(() => props.onReady());

  useEffect(() => {
    if (!host.current) return;
    const made = new Modeler({ container: host.current, ...wordsIn(language) });
    const writing = new Writer(
      () => made.saveXML({ format: true }).then(({ xml }) => xml),
      (text) => changed(text),
    );
    writer.current = writing;
    let gone = false;
    const heard = new WeakSet<object>();
    made.on("views.changed", ({ views: all, activeView: active }) => {
      setViews({ all, active });
      const viewer = made.getActiveViewer();
      if (!viewer || heard.has(viewer)) return;
      heard.add(viewer);
      viewer.on("commandStack.changed", ({ trigger }) => {
        if (trigger === "clear") return;
        touched();
        writing.later();
      });
    });
    made
      .importXML(current.current)
      .then(async () => {
        if (gone) return;
        const [only, ...others] = made.getViews().filter(({ type }) => type !== "drd");
        if (only && others.length === 0) await made.open(only);
        setModeler(made);
        ready();
      })
      .catch((error: unknown) => {
        if (!gone) setBroken(error instanceof Error ? error.message : String(error));
      });
    return () => {
      gone = true;
      void writing.flush().finally(() => made.destroy());
      setModeler(null);
    };
  }, [language]);

  useImperativeHandle(
    ref,
    () => ({
      flush: () => writer.current?.flush() ?? Promise.resolve(),
      select: (id) => {
        const view = modeler?.getViews().find(({ element }) => holds(element, id));
        if (view) void modeler?.open(view);
      },
    }),
    [modeler],
  );

  return (
    <div className="studio-dmn">
      {views.all.length > 1 ? (
        <div className="studio-tools" role="toolbar" aria-label={t("studio.decisions")}>
          {views.all.map((view) => (
            <Button
              key={view.element.id}
              kind={view === views.active ? "primary" : "plain"}
              icon={view.type === "drd" ? "flow" : "filter"}
              aria-pressed={view === views.active}
              onClick={() => void modeler?.open(view)}
            >
              {view.type === "drd" ? t("studio.drd") : (view.element.name ?? view.element.id)}
            </Button>
          ))}
        </div>
      ) : null}
      {broken ? (
        <Notice tone="bad">
          {t("studio.broken")} <code>{broken}</code>
        </Notice>
      ) : null}
      {modeler || broken ? null : <Loading />}
      <div ref={host} className="studio-dmn-host" />
    </div>
  );
}

function wordsIn(language: Language): object {
  const view = { additionalModules: [{ translate: ["value", translateDmn(language)] }] };
  return { drd: view, decisionTable: view, literalExpression: view, boxedExpression: view };
}

interface Part {
  id?: string;
  [name: string]: unknown;
}

/** Whether a decision is, or somewhere inside has, the part with this id: a column, a rule, a cell. */
function holds(part: Part, id: string): boolean {
  if (part.id === id) return true;
  const inner = [part.decisionLogic, part.input, part.output, part.rule, part.inputEntry, part.outputEntry].flat();
  return inner.some((one) => one !== undefined && one !== null && holds(one as Part, id));
}
