/** What mends a problem without asking. Each is one modelling command, so one step to undo. */
import type { MessageKey } from "../../i18n";
import type { Finding } from "../problems";
import { setAttribute, type Editing, type Shape } from "./extensions";
import type { Modeler } from "./modeler";

type Fix = NonNullable<Finding["fix"]>;

interface Modeling {
  updateProperties: (element: Shape, properties: object) => void;
  removeElements: (elements: Shape[]) => void;
  updateModdleProperties: Editing["modeling"]["updateModdleProperties"];
}

interface Mending {
  label: MessageKey;
  /** Returns false where the diagram has no such place any more. */
  act: (modeler: Modeler, element: Shape) => boolean;
}

const modelingOf = (modeler: Modeler) => modeler.get<Modeling>("modeling");

/** The server says the property; what it is not to be is taken away. */
function property({ property: name, value }: Fix): Mending {
  return {
    label: value === null ? "mend.remove" : "mend.set",
    act: (modeler, element) => {
      modelingOf(modeler).updateProperties(element, { [name]: value ?? undefined });
      return true;
    },
  };
}

/** A flow without a condition beside others with one: it is what is taken when none of them holds. */
const asDefault: Mending = {
  label: "mend.default",
  act: (modeler, flow) => {
    const { source } = flow as Shape & { source?: Shape };
    if (!source) return false;
    modelingOf(modeler).updateProperties(source, { default: flow.businessObject });
    return true;
  },
};

/** The editor itself draws the flow on from the one before to the one behind. */
const takenOut: Mending = {
  label: "mend.takeOut",
  act: (modeler, element) => {
    modelingOf(modeler).removeElements([element]);
    return true;
  },
};

const named: Mending = {
  label: "mend.name",
  act: (modeler, element) => {
    modeler.get<{ activate: (element: Shape) => void }>("directEditing").activate(element);
    return true;
  },
};

const due: Mending = {
  label: "mend.deadline",
  act: (modeler, element) => {
    const factory = modeler.get<Editing["factory"]>("bpmnFactory");
    setAttribute({ modeling: modelingOf(modeler), factory }, element, "duban:Deadline", "duration", "P3D");
    return true;
  },
};

const BY_RULE: Record<string, Mending> = {
  BPS087: asDefault,
  BPS081: takenOut,
  "superfluous-gateway": takenOut,
  "label-required": named,
  "task-deadline": due,
};

/** How a problem is mended, where there is only one way. */
export function mendingOf(finding: Pick<Finding, "rule" | "fix">): Mending | undefined {
  return finding.fix ? property(finding.fix) : BY_RULE[finding.rule];
}

/** Mends a problem in the open diagram; false where its element is not there. */
export function mend(modeler: Modeler, finding: Finding): boolean {
  const element = modeler.get<{ get: (id: string) => Shape | undefined }>("elementRegistry").get(finding.element);
  const mending = mendingOf(finding);
  return Boolean(element && mending?.act(modeler, element));
}
