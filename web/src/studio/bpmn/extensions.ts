/** Reading and writing what stands in `extensionElements`: each change is one step to undo. */

export interface Moddle {
  $type: string;
  $parent?: Moddle;
  $instanceOf: (type: string) => boolean;
  get: (name: string) => unknown;
}

export interface Shape {
  id: string;
  type: string;
  businessObject: Moddle;
  labelTarget?: Shape;
  outgoing?: Shape[];
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

export interface Editing {
  modeling: { updateModdleProperties: (element: Shape, target: Moddle, properties: object) => void };
  factory: { create: (type: string, properties: object) => Moddle & { $parent?: Moddle } };
}

const holderOf = (element: Shape) => element.businessObject.get("extensionElements") as Moddle | undefined;
const valuesOf = (holder: Moddle | undefined) => (holder?.get("values") as Moddle[] | undefined) ?? [];

export function extensionOf(element: Shape, type: string): Moddle | undefined {
  return valuesOf(holderOf(element)).find((one) => one.$type === type);
}

export function attributeOf(element: Shape, type: string, name: string): string {
  return (extensionOf(element, type)?.get(name) as string | undefined) ?? "";
}

/** An extension of which nothing is left goes; the first attribute brings it. */
export function setAttribute(
  editing: Editing,
  element: Shape,
  type: string,
  name: string,
  value: string | undefined,
): void {
  const text = value?.trim() ? value : undefined;
  const found = extensionOf(element, type);
  if (!found) {
    if (text !== undefined) add(editing, element, type, { [name]: text });
  } else if (text === undefined && isLast(found, name)) {
    remove(editing, element, found);
  } else {
    editing.modeling.updateModdleProperties(element, found, { [name]: text });
  }
}

/** A form by its id; older ways to name one go with it. */
export function setForm(editing: Editing, element: Shape, value: string | undefined): void {
  const found = extensionOf(element, "zeebe:FormDefinition");
  const formId = value?.trim();
  if (found && formId) {
    const cleared = { formKey: undefined, externalReference: undefined };
    editing.modeling.updateModdleProperties(element, found, { ...cleared, formId });
  } else if (found) remove(editing, element, found);
  else if (formId) add(editing, element, "zeebe:FormDefinition", { formId });
}

function isLast(extension: Moddle, name: string): boolean {
  const { properties } = (extension as unknown as { $descriptor: { properties: { name: string }[] } }).$descriptor;
  return properties.every(({ name: full }) => {
    const local = full.split(":").pop() ?? full;
    return local === name || extension.get(full) === undefined;
  });
}

function add(editing: Editing, element: Shape, type: string, properties: object): void {
  const holder = holderOf(element);
  const made = editing.factory.create(type, properties);
  if (holder) {
    made.$parent = holder;
    editing.modeling.updateModdleProperties(element, holder, { values: [...valuesOf(holder), made] });
    return;
  }
  const extensionElements = editing.factory.create("bpmn:ExtensionElements", { values: [made] });
  extensionElements.$parent = element.businessObject;
  made.$parent = extensionElements;
  editing.modeling.updateModdleProperties(element, element.businessObject, { extensionElements });
}

function remove(editing: Editing, element: Shape, extension: Moddle): void {
  const holder = holderOf(element);
  if (!holder) return;
  const values = valuesOf(holder).filter((one) => one !== extension);
  editing.modeling.updateModdleProperties(element, holder, { values });
}
