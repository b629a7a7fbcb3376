/** Steps that processes of supervision are made of, ready to be put in. */
import type { MessageKey } from "../../i18n";
import type { Editing, Moddle, Shape } from "./extensions";
import type { Modeler } from "./modeler";

interface Part {
  type: string;
  properties: Record<string, string>;
}

export interface Template {
  id: "inspect" | "reinspect" | "approve" | "reminder";
  label: MessageKey;
  hint: MessageKey;
  extensions: Part[];
}

export const TEMPLATES: Template[] = [
  {
    id: "inspect",
    label: "studio.template.inspect",
    hint: "studio.template.inspectHint",
    extensions: [
      { type: "duban:Deadline", properties: { duration: "P1D", clock: "DAY" } },
      { type: "duban:Evidence", properties: { photos: "1" } },
    ],
  },
  {
    id: "reinspect",
    label: "studio.template.reinspect",
    hint: "studio.template.reinspectHint",
    extensions: [
      { type: "duban:Deadline", properties: { duration: "P3D", clock: "DAY" } },
      { type: "duban:Evidence", properties: { photos: "1" } },
    ],
  },
  {
    id: "approve",
    label: "studio.template.approve",
    hint: "studio.template.approveHint",
    extensions: [{ type: "duban:Deadline", properties: { duration: "P2D", clock: "DAY" } }],
  },
  {
    id: "reminder",
    label: "studio.template.reminder",
    hint: "studio.template.reminderHint",
    extensions: [],
  },
];

interface Factory {
  createShape: (attributes: object) => Shape;
}
interface Modeling {
  createShape: (shape: Shape, at: object, parent: Shape, options?: object) => Shape;
  reconnectStart: (flow: Shape, source: Shape, at: object) => void;
}

/**
 * Puts a step behind the selected element, or in the middle of what is seen. A step that checks another's work may not be
 * done by whoever did that. Returns false where the step needs a selected task and there is none.
 */
export function putIn(modeler: Modeler, template: Template, name: string): boolean {
  const selected = modeler.get<{ get: () => Shape[] }>("selection").get();
  const source = selected.length === 1 ? selected[0] : undefined;
  const put = template.id === "reminder" ? reminder(modeler, source, name) : step(modeler, template, name, source);
  if (put) modeler.get<{ select: (one: Shape) => void }>("selection").select(put);
  return put !== null;
}

function step(modeler: Modeler, template: Template, name: string, source: Shape | undefined): Shape {
  const editing = editingOf(modeler);
  const shape = modeler.get<Factory>("elementFactory").createShape({ type: "bpmn:UserTask" });
  const parts = partsOf(template, source);
  const made = [editing.factory.create("zeebe:UserTask", {}), ...parts.map((part) => create(editing, part))];
  const holder = editing.factory.create("bpmn:ExtensionElements", { values: made });
  const own = shape.businessObject as Moddle & { name?: string; extensionElements?: Moddle };
  for (const one of made) one.$parent = holder;
  holder.$parent = own;
  own.name = name;
  own.extensionElements = holder;
  const place = modeler.get<{ append: (source: Shape, shape: Shape) => Shape }>("autoPlace");
  if (!source || !follows(source)) return inTheMiddle(modeler, shape);
  const [next, ...others] = (source.outgoing ?? []).filter(({ type }) => type === "bpmn:SequenceFlow");
  const put = place.append(source, shape);
  // Where one flow led on, it leads on from the new step now.
  if (next && others.length === 0) modeler.get<Modeling>("modeling").reconnectStart(next, put, middleOf(put));
  return put;
}

const middleOf = ({ x = 0, y = 0, width = 0, height = 0 }: Shape) => ({ x: x + width / 2, y: y + height / 2 });

function partsOf(template: Template, source: Shape | undefined): Part[] {
  if (template.id === "inspect" || !source?.businessObject.$instanceOf("bpmn:UserTask")) return template.extensions;
  return [...template.extensions, { type: "duban:Separation", properties: { from: source.id } }];
}

function reminder(modeler: Modeler, host: Shape | undefined, name: string): Shape | null {
  if (!host?.businessObject.$instanceOf("bpmn:Activity") || host.width === undefined) return null;
  const editing = editingOf(modeler);
  const modeling = modeler.get<Modeling>("modeling");
  const shape = modeler.get<Factory>("elementFactory").createShape({
    type: "bpmn:BoundaryEvent",
    eventDefinitionType: "bpmn:TimerEventDefinition",
    cancelActivity: false,
  });
  const own = shape.businessObject as Moddle & { name?: string };
  const [timer] = own.get("eventDefinitions") as (Moddle & { timeDuration?: Moddle })[];
  if (timer) {
    timer.timeDuration = editing.factory.create("bpmn:FormalExpression", { body: "PT24H" });
    timer.timeDuration.$parent = timer;
  }
  own.name = name;
  const at = { x: (host.x ?? 0) + host.width - 20, y: (host.y ?? 0) + (host.height ?? 0) };
  return modeling.createShape(shape, at, host, { attach: true });
}

function follows(source: Shape): boolean {
  const { businessObject } = source;
  return businessObject.$instanceOf("bpmn:FlowNode") && !businessObject.$instanceOf("bpmn:EndEvent");
}

interface Canvas {
  viewbox: () => { x: number; y: number; width: number; height: number };
  getRootElement: () => Shape;
}

/** Into the pool that is drawn, where there is one: nothing may stand beside pools. */
function inTheMiddle(modeler: Modeler, shape: Shape): Shape {
  const canvas = modeler.get<Canvas>("canvas");
  const { x, y, width, height } = canvas.viewbox();
  const registry = modeler.get<{ find: (test: (one: Shape) => boolean) => Shape | undefined }>("elementRegistry");
  const pool = registry.find((one) => one.businessObject.$type === "bpmn:Participant");
  const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  return modeler.get<Modeling>("modeling").createShape(shape, at, pool ?? canvas.getRootElement());
}

function create(editing: Editing, { type, properties }: Part): Moddle {
  return editing.factory.create(type, properties);
}

function editingOf(modeler: Modeler): Editing {
  return { modeling: modeler.get("modeling"), factory: modeler.get("bpmnFactory") };
}
