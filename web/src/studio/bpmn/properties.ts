/** The panel's groups for `duban:`, and those of Camunda 8 without what this engine refuses. */
import {
  CheckboxEntry,
  FeelEntry,
  Group,
  isCheckboxEntryEdited,
  isFeelEntryEdited,
  isSelectEntryEdited,
  isTextFieldEntryEdited,
  SelectEntry,
  TextFieldEntry,
  type Entry,
  type EntryProps,
  type PanelGroup,
} from "@bpmn-io/properties-panel";
import { h, type VNode } from "@bpmn-io/properties-panel/preact";
import { useService } from "bpmn-js-properties-panel";

import { attributeOf, setAttribute, setForm, type Editing, type Shape } from "./extensions";
import type { Variable } from "./variables";

export interface Choice {
  value: string;
  label: string;
}

/** What an element may name: forms, decision tables. */
export interface Choices {
  forms: Choice[];
  decisions: Choice[];
}

interface Field {
  type: string;
  attribute: string;
  label: string;
  kind: "feel" | "formula" | "text" | "select";
  description?: string;
  values?: (choices: Choices) => Choice[];
}

interface Section {
  id: string;
  label: string;
  on: string[];
  /** Further than by type: which elements have it. */
  only?: (element: Shape) => boolean;
  fields: Field[];
}

const CLOCKS = [
  { value: "WALL", label: "Elapsed time" },
  { value: "WORK", label: "Working hours" },
  { value: "DAY", label: "Working days" },
  { value: "SHIFT", label: "Shifts" },
];
const ROLLS = [
  { value: "forward", label: "To the next working day" },
  { value: "back", label: "To the working day before" },
  { value: "none", label: "Not at all" },
];
const MISFIRES = [
  { value: "once", label: "Told, not made up" },
  { value: "all", label: "Made up, each of them" },
  { value: "skip", label: "Left out, the late one too" },
];
const ACTED = ["bpmn:UserTask", "bpmn:GlobalUserTask"];
const THROWS = ["bpmn:IntermediateThrowEvent", "bpmn:EndEvent", "bpmn:SendTask"];
const WAITS = ["bpmn:StartEvent", "bpmn:BoundaryEvent", "bpmn:IntermediateCatchEvent"];

const SECTIONS: Section[] = [
  {
    id: "duban-deadline",
    label: "Deadline and escalation",
    on: ACTED,
    fields: [
      {
        type: "duban:Deadline",
        attribute: "duration",
        label: "Due within",
        kind: "feel",
        description: "A duration such as P3D or PT24H, or FEEL",
      },
      { type: "duban:Deadline", attribute: "clock", label: "Counted in", kind: "select", values: () => CLOCKS },
      { type: "duban:Deadline", attribute: "roll", label: "On a day off, move", kind: "select", values: () => ROLLS },
      { type: "duban:Deadline", attribute: "calendar", label: "Calendar", kind: "feel" },
      { type: "duban:Deadline", attribute: "since", label: "Counted from", kind: "formula" },
      { type: "duban:Deadline", attribute: "resultVariable", label: "Variable for the due time", kind: "text" },
      {
        type: "duban:Ladder",
        attribute: "decisionId",
        label: "Escalation ladder",
        kind: "select",
        values: ({ decisions }) => decisions,
      },
    ],
  },
  {
    id: "duban-people",
    label: "Who may act",
    on: ACTED,
    fields: [
      {
        type: "duban:Eligibility",
        attribute: "requires",
        label: "Must hold",
        kind: "feel",
        description: "Qualifications as a list; not: before one that excludes",
      },
      { type: "duban:Completer", attribute: "resultVariable", label: "Variable for who acted", kind: "text" },
    ],
  },
  {
    id: "duban-evidence",
    label: "Evidence",
    on: ACTED,
    fields: [{ type: "duban:Evidence", attribute: "photos", label: "Photos, at least", kind: "text" }],
  },
  {
    id: "duban-case",
    label: "Case",
    on: ["bpmn:Process"],
    fields: [
      { type: "duban:Case", attribute: "title", label: "Title of a case", kind: "feel" },
      { type: "duban:Case", attribute: "access", label: "Who may see it", kind: "feel" },
      { type: "duban:Case", attribute: "personal", label: "Variables with personal data", kind: "text" },
    ],
  },
  {
    id: "duban-publish",
    label: "Message to other cases",
    on: THROWS,
    fields: [
      { type: "duban:Publish", attribute: "key", label: "Correlation key", kind: "feel" },
      { type: "duban:Publish", attribute: "ttl", label: "Kept for", kind: "feel" },
    ],
  },
  {
    id: "duban-misfire",
    label: "Missed turns",
    on: ["bpmn:StartEvent", "bpmn:BoundaryEvent"],
    only: isCycle,
    fields: [
      {
        type: "duban:Misfire",
        attribute: "policy",
        label: "Turns missed during a standstill",
        kind: "select",
        values: () => MISFIRES,
      },
    ],
  },
  {
    id: "duban-request",
    label: "Asked for by people",
    on: WAITS,
    only: waits,
    fields: [
      {
        type: "duban:Request",
        attribute: "form",
        label: "Form of the request",
        kind: "select",
        values: ({ forms }) => forms,
      },
      { type: "duban:Request", attribute: "candidates", label: "Who may ask", kind: "feel" },
    ],
  },
];

/** Groups of Camunda 8 that lead to what the engine refuses; the form is chosen in a group of ours. */
const NOT_HERE = new Set([
  "Zeebe__ExecutionListeners",
  "Zeebe__TaskListeners",
  "Zeebe__ExtensionProperties",
  "userTaskImplementation",
  "form",
]);
const NOT_OFFERED = /bindingType|versionTag|jobPriority|variableNames|variableEvents|isStartableInTasklist/i;
const NAMED = ["bpmn:FlowElement", "bpmn:Process", "bpmn:Lane", "bpmn:Participant"];
const FORMED = [...ACTED, "bpmn:StartEvent"];

interface Panel {
  registerProvider: (priority: number, provider: DubanProperties) => void;
}
interface Injector {
  get: (name: "elementRegistry") => { filter: (test: (one: Shape) => boolean) => Shape[] };
}

/** After all others (a low priority comes late), so that it sees what they offer. */
export class DubanProperties {
  static $inject = ["propertiesPanel", "translate", "injector"];

  constructor(
    panel: Panel,
    private readonly translate: (text: string) => string,
    private readonly injector: Injector,
  ) {
    panel.registerProvider(200, this);
  }

  getGroups(element: Shape): (groups: PanelGroup[]) => PanelGroup[] {
    return (groups) => {
      const [general, ...others] = this.offered(groups, element);
      return [...(general ? [general] : []), ...this.ours(element), ...others];
    };
  }

  private offered(groups: PanelGroup[], element: Shape): PanelGroup[] {
    const kept = groups
      .filter(({ id }) => !NOT_HERE.has(id))
      .map((group) => ({ ...group, entries: group.entries?.filter(({ id }) => !NOT_OFFERED.test(id)) }))
      .filter(({ entries, items }) => entries === undefined || entries.length > 0 || items !== undefined);
    const general = kept.find(({ id }) => id === "general");
    if (general?.entries && isAny(element, NAMED)) general.entries.splice(1, 0, this.field(element, ENGLISH));
    return kept;
  }

  private ours(element: Shape): PanelGroup[] {
    const found = SECTIONS.filter(({ on, only }) => isAny(element, on) && (only === undefined || only(element))).map(
      ({ id, label, fields }) =>
        this.group(
          id,
          label,
          fields.map((field) => this.field(element, field)),
        ),
    );
    const apart = isAny(element, ACTED) ? this.separation(element) : [];
    const form = isAny(element, FORMED) ? [this.group("duban-form", "Form", [this.form(element)])] : [];
    return [...form, ...found, ...(apart.length > 0 ? [this.group("duban-apart", "Separation of duty", apart)] : [])];
  }

  private group(id: string, label: string, entries: Entry[]): PanelGroup {
    return { id, label: this.translate(label), entries, component: Group };
  }

  private field(element: Shape, field: Field): Entry {
    const { kind } = field;
    const isEdited =
      kind === "select" ? isSelectEntryEdited : kind === "text" ? isTextFieldEntryEdited : isFeelEntryEdited;
    return {
      id: `${field.type}-${field.attribute}`.replace(":", "-"),
      element,
      field,
      component: FieldEntry,
      isEdited,
    };
  }

  private form(element: Shape): Entry {
    return { id: "duban-form-id", element, component: FormEntry, isEdited: isSelectEntryEdited };
  }

  /** One tick for each step of the process whose actor may not act here. */
  private separation(element: Shape): Entry[] {
    const others = this.injector
      .get("elementRegistry")
      .filter((one) => isAny(one, ["bpmn:UserTask"]) && one !== element && !one.labelTarget);
    return others.map((other) => ({
      id: `duban-apart-${other.id}`,
      element,
      other,
      component: ApartEntry,
      isEdited: isCheckboxEntryEdited,
    }));
  }
}

const ENGLISH: Field = { type: "duban:Label", attribute: "en", label: "English name", kind: "text" };

function isAny(element: Shape, types: string[]): boolean {
  return !element.labelTarget && types.some((type) => element.businessObject.$instanceOf(type));
}

interface EventDefinition {
  $type: string;
  timeCycle?: object;
}

function waits(element: Shape): boolean {
  return definitionsOf(element).some(({ $type }) => $type === "bpmn:MessageEventDefinition");
}

function isCycle(element: Shape): boolean {
  return definitionsOf(element).some(({ timeCycle }) => timeCycle !== undefined);
}

function definitionsOf(element: Shape): EventDefinition[] {
  return (element.businessObject.get("eventDefinitions") as EventDefinition[] | undefined) ?? [];
}

function useEditing(): Editing {
  return { modeling: useService("modeling"), factory: useService("bpmnFactory") };
}

interface FieldProps extends EntryProps {
  element: Shape;
  field: Field;
}

function FieldEntry({ id, element, field }: FieldProps): VNode {
  const editing = useEditing();
  const translate = useService<(text: string) => string>("translate");
  const debounce = useService<unknown>("debounceInput");
  const choices = useService<() => Choices>("dubanChoices");
  const resolver = useService<{ now: (id: string) => Variable[] }>("dubanVariables");
  const getValue = () => attributeOf(element, field.type, field.attribute);
  const shared = {
    element,
    id,
    label: translate(field.label),
    description: field.description && translate(field.description),
    getValue,
    setValue: (value: string | undefined) => setAttribute(editing, element, field.type, field.attribute, value),
    debounce,
    translate,
  };
  if (field.kind === "text") return h(TextFieldEntry, shared);
  if (field.kind === "select") {
    const offered = field.values?.(choices()).map(({ value, label }) => ({ value, label: translate(label) })) ?? [];
    return h(SelectEntry, { ...shared, getOptions: () => options(offered, getValue()) });
  }
  const feel = field.kind === "formula" ? "required" : "optional";
  return h(FeelEntry, { ...shared, feel, variables: resolver.now(element.id) });
}

/** Nothing first; then what is offered, and what stands there though nobody offers it. */
function options(offered: Choice[], present: string): Choice[] {
  const known = present === "" || offered.some(({ value }) => value === present);
  return [{ value: "", label: "–" }, ...offered, ...(known ? [] : [{ value: present, label: present }])];
}

function FormEntry({ id, element }: EntryProps & { element: Shape }): VNode {
  const editing = useEditing();
  const translate = useService<(text: string) => string>("translate");
  const choices = useService<() => Choices>("dubanChoices");
  const getValue = () => attributeOf(element, "zeebe:FormDefinition", "formId");
  return h(SelectEntry, {
    element,
    id,
    label: translate("Form"),
    getValue,
    setValue: (value: string | undefined) => setForm(editing, element, value),
    getOptions: () => options(choices().forms, getValue()),
  });
}

function ApartEntry({ id, element, other }: EntryProps & { element: Shape; other: Shape }): VNode {
  const editing = useEditing();
  const names = () => attributeOf(element, "duban:Separation", "from").split(/\s+/).filter(Boolean);
  return h(CheckboxEntry, {
    element,
    id,
    label: (other.businessObject.get("name") as string | undefined) ?? other.id,
    getValue: () => names().includes(other.id),
    setValue: (on: boolean) => {
      const rest = names().filter((name) => name !== other.id);
      const value = (on ? [...rest, other.id] : rest).join(" ");
      setAttribute(editing, element, "duban:Separation", "from", value);
    },
  });
}
