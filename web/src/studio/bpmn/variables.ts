/** Which variables an expression may name: those of the forms, mappings, results and starts of its process. Pure. */
import type { Moddle } from "./extensions";

export interface Variable {
  name: string;
  /** Where it comes from, in words of the reader. */
  info?: string;
}

type Forms = ReadonlyMap<string, string[]>;

/** `definitions`: the open diagram; `forms`: form id → keys. Returns name → ids of the elements that write it. */
export function writtenIn(definitions: Moddle, forms: Forms): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const note = (name: unknown, by: string) => {
    if (typeof name !== "string" || name === "") return;
    const first = name.split(".")[0] as string;
    found.set(first, (found.get(first) ?? new Set()).add(by));
  };
  for (const element of elementsOf(definitions)) {
    const id = (element.get("id") as string | undefined) ?? "";
    for (const extension of extensionsOf(element)) noteExtension(extension, id, forms, note);
  }
  return found;
}

type Note = (name: unknown, by: string) => void;

function noteExtension(extension: Moddle, id: string, forms: Forms, note: Note): void {
  if (extension.$type === "zeebe:IoMapping") {
    for (const list of ["inputParameters", "outputParameters"])
      for (const one of (extension.get(list) as Moddle[] | undefined) ?? []) note(one.get("target"), id);
  } else if (extension.$type === "zeebe:FormDefinition") {
    for (const key of forms.get(extension.get("formId") as string) ?? []) note(key, id);
  } else if (extension.$type === "zeebe:LoopCharacteristics") {
    note(extension.get("inputElement"), id);
    note(extension.get("outputCollection"), id);
  } else if (RESULTS.has(extension.$type)) note(extension.get("resultVariable"), id);
}

const RESULTS = new Set(["zeebe:CalledDecision", "zeebe:Script", "duban:Deadline", "duban:Completer"]);

function extensionsOf(element: Moddle): Moddle[] {
  const own = ((element.get("extensionElements") as Moddle | undefined)?.get("values") as Moddle[] | undefined) ?? [];
  const loop = element.$instanceOf("bpmn:Activity")
    ? (element.get("loopCharacteristics") as Moddle | undefined)
    : undefined;
  return loop ? [...own, ...extensionsOf(loop)] : own;
}

function* elementsOf(root: Moddle): Generator<Moddle> {
  if (root.$instanceOf("bpmn:BaseElement")) yield root;
  for (const name of ["rootElements", "flowElements"]) {
    if (!hasProperty(root, name)) continue;
    for (const child of (root.get(name) as Moddle[] | undefined) ?? []) yield* elementsOf(child);
  }
}

function hasProperty(element: Moddle, name: string): boolean {
  return name === "rootElements"
    ? element.$type === "bpmn:Definitions"
    : element.$instanceOf("bpmn:FlowElementsContainer");
}

/** What may be known at `element`: written by what can come before it, or by what surrounds it. */
export function variablesOf(
  definitions: Moddle | undefined,
  forms: Forms,
  element: string,
  words: (ids: string) => string,
): Variable[] {
  if (!definitions) return [];
  const before = comingBefore(definitions, element);
  return [...writtenIn(definitions, forms)]
    .filter(([, by]) => [...by].some((id) => before === null || before.has(id)))
    .map(([name, by]) => ({ name, info: words([...by].join(", ")) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Ids of the elements a token may have passed on its way to `element`, itself and its surroundings included; null: unknown. */
function comingBefore(definitions: Moddle, element: string): Set<string> | null {
  const all = new Map([...elementsOf(definitions)].map((one) => [one.get("id") as string, one]));
  const start = all.get(element);
  if (!start?.$instanceOf("bpmn:FlowNode")) return null;
  const found = new Set<string>();
  const waiting: Moddle[] = [start];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const id = one.get("id") as string;
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...leadingTo(one));
  }
  return found;
}

function leadingTo(one: Moddle): Moddle[] {
  const around = one.$parent?.$instanceOf("bpmn:BaseElement") ? [one.$parent] : [];
  if (!one.$instanceOf("bpmn:FlowNode")) return around;
  const host = one.$instanceOf("bpmn:BoundaryEvent") ? (one.get("attachedToRef") as Moddle | undefined) : undefined;
  const flows = (one.get("incoming") as Moddle[] | undefined) ?? [];
  const sources = flows.map((flow) => flow.get("sourceRef") as Moddle | undefined);
  const inside = one.$instanceOf("bpmn:SubProcess") ? ((one.get("flowElements") as Moddle[] | undefined) ?? []) : [];
  return [host, ...sources, ...inside].filter((each) => each !== undefined).concat(around);
}

/** The keys of a form's fields, with those of its groups; what is in the rows of a list belongs to the list. */
export function keysOf(form: { components?: unknown[] }): string[] {
  return (form.components ?? []).flatMap((one) => {
    const { key, path, type, components } = one as {
      key?: string;
      path?: string;
      type?: string;
      components?: unknown[];
    };
    if (type === "dynamiclist") return path ? [path] : [];
    if (type === "group") return path ? [path] : keysOf({ components });
    return key ? [key] : [];
  });
}
