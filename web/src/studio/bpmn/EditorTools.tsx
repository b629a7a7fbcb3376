import { lazy, Suspense, useEffect, useRef, useState, type ReactElement, type RefObject } from "react";

import { useI18n } from "../../i18n";
import { Button } from "../../ui/Button";
import { Sheet } from "../../ui/Sheet";
import { errorWords, Loading } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { Menu } from "../Menu";
import { exportPng, exportSvg, exportXml, printDiagram } from "./export";
import type { Modeler } from "./modeler";
import { putIn, TEMPLATES, type Template } from "./templates";

const TryExpression = lazy(() => import("../owner/TryExpression").then((all) => ({ default: all.TryExpression })));

interface Stack {
  canUndo: () => boolean;
  canRedo: () => boolean;
  undo: () => void;
  redo: () => void;
}

interface Bus {
  on: (name: string, hear: () => void) => void;
  off: (name: string, hear: () => void) => void;
}

export function EditorTools({ modeler, name }: { modeler: Modeler; name: string }): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const [trying, setTrying] = useState<string | null>(null);
  const field = useExpression();
  const { canUndo, canRedo, undo, redo } = useUndo(modeler);
  const zoom = (to: (now: number) => number | "fit-viewport") => {
    const canvas = modeler.get<{ zoom: (to?: number | string, center?: string) => number }>("canvas");
    canvas.zoom(to(canvas.zoom()), "auto");
  };
  return (
    <div className="studio-tools" role="toolbar" aria-label={t("studio.tools")}>
      <Button
        icon="undo"
        aria-label={t("studio.undo")}
        title={t("studio.undoKey")}
        disabled={!canUndo}
        onClick={undo}
      />
      <Button
        icon="redo"
        aria-label={t("studio.redo")}
        title={t("studio.redoKey")}
        disabled={!canRedo}
        onClick={redo}
      />
      <span className="studio-tools-gap" />
      <Button icon="search" aria-label={t("studio.find")} title={t("studio.findKey")} onClick={() => search(modeler)} />
      <Button
        icon="eye"
        aria-label={t("studio.minimap")}
        title={t("studio.minimap")}
        onClick={() => minimap(modeler)}
      />
      <Button icon="minus" aria-label={t("diagram.out")} onClick={() => zoom((now) => now * 0.8)} />
      <Button icon="plus" aria-label={t("diagram.in")} onClick={() => zoom((now) => now * 1.25)} />
      <Button icon="fit" aria-label={t("diagram.fit")} onClick={() => zoom(() => "fit-viewport")} />
      <span className="studio-tools-gap" />
      <Templates modeler={modeler} />
      <Exports modeler={modeler} name={name} />
      <Button icon="info" aria-label={t("studio.keys")} title={t("studio.keys")} onClick={() => setAsking(true)} />
      <Button
        icon="play"
        aria-label={t("feelbox.tryIt")}
        title={t("feelbox.tryIt")}
        onClick={() => setTrying(field.current)}
      />
      {trying === null ? null : (
        <Sheet wide title={t("feelbox.title")} onClose={() => setTrying(null)}>
          <Suspense fallback={<Loading />}>
            <TryExpression begin={trying} />
          </Suspense>
        </Sheet>
      )}
      {asking ? <Keys onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

/** What stands in the field of the properties in which one was last: an expression, where it is one of FEEL. */
function useExpression(): RefObject<string> {
  const text = useRef("");
  useEffect(() => {
    const note = ({ target }: Event) => {
      const place = target instanceof Element ? target.closest(".bpmn-panel [data-entry-id]") : null;
      const editor = place?.querySelector(".cm-content");
      if (!editor) return;
      text.current = editor.querySelector(".cm-placeholder") ? "" : [...editor.children].map(textOf).join("\n");
    };
    document.addEventListener("focusin", note);
    document.addEventListener("keyup", note);
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("keyup", note);
    };
  }, []);
  return text;
}

const textOf = ({ textContent }: Element): string => textContent;

function useUndo(modeler: Modeler) {
  const stack = modeler.get<Stack>("commandStack");
  const [can, setCan] = useState({ canUndo: false, canRedo: false });
  useEffect(() => {
    const bus = modeler.get<Bus>("eventBus");
    const look = () => setCan({ canUndo: stack.canUndo(), canRedo: stack.canRedo() });
    bus.on("commandStack.changed", look);
    return () => bus.off("commandStack.changed", look);
  }, [modeler, stack]);
  return { ...can, undo: () => stack.undo(), redo: () => stack.redo() };
}

function search(modeler: Modeler): void {
  modeler.get<{ toggle: () => void }>("searchPad").toggle();
}

function minimap(modeler: Modeler): void {
  modeler.get<{ toggle: () => void }>("minimap").toggle();
}

function Templates({ modeler }: { modeler: Modeler }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const put = (template: Template) => {
    if (!putIn(modeler, template, t(template.label))) toast(t("studio.template.needsTask"), "info");
  };
  return (
    <Menu
      label={t("studio.templates")}
      icon="plus"
      items={TEMPLATES.map((one) => ({ label: t(one.label), hint: t(one.hint), act: () => put(one) }))}
    />
  );
}

function Exports({ modeler, name }: { modeler: Modeler; name: string }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const give = (make: (modeler: Modeler, name: string) => Promise<void>) => () => {
    make(modeler, name).catch((error: unknown) => toast(errorWords(error, t), "bad"));
  };
  const items = [
    { label: "BPMN", act: give(exportXml) },
    { label: "SVG", act: give(exportSvg) },
    { label: "PNG", act: give(exportPng) },
    { label: t("studio.print"), act: give(printDiagram) },
  ];
  return <Menu label={t("studio.export")} icon="download" items={items} />;
}

const KEYS = [
  ["Ctrl+Z / Ctrl+Y", "studio.key.undo"],
  ["Ctrl+C / Ctrl+V", "studio.key.copy"],
  ["Ctrl+F", "studio.key.find"],
  ["E", "studio.key.name"],
  ["A / N", "studio.key.append"],
  ["R", "studio.key.replace"],
  ["H / L / S / C", "studio.key.tools"],
  ["Ctrl+A", "studio.key.all"],
  ["Del", "studio.key.delete"],
  ["← ↑ → ↓", "studio.key.move"],
  ["Ctrl+0 / + / −", "studio.key.zoom"],
] as const;

function Keys({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <Sheet title={t("studio.keys")} onClose={onClose}>
      <dl className="studio-keys">
        {KEYS.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
