/** The BPMN editor: bpmn-js with the properties of `zeebe:` and `duban:`. The only place that puts its parts together. */
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import "@bpmn-io/properties-panel/dist/assets/properties-panel.css";

import Modeler from "bpmn-js/lib/Modeler";
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from "bpmn-js-properties-panel";
import ZeebeBehaviorsModule from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import MinimapModule from "diagram-js-minimap";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

import type { Language } from "../../api/types";
import { CappedTextModule } from "../../case/cappedText";
import duban from "./duban.json";
import { DubanProperties, type Choices } from "./properties";
import { translateFor } from "./translation";
import type { Variable } from "./variables";

export type { Modeler };

export interface Surroundings {
  canvas: HTMLElement;
  panel: HTMLElement;
  language: Language;
  /** What else the draft holds: forms, decisions, processes that an element may name. */
  choices: () => Choices;
  variablesAt: (element: string) => Variable[];
  colours: Record<string, string>;
}

interface Clipboard {
  get: () => unknown;
  set: (data: unknown) => void;
  clear: () => unknown;
  isEmpty: () => boolean;
}

/** One for all diagrams of the page: what is copied in one is pasted in another. */
const clipboard = ((): Clipboard => {
  let held: unknown;
  return {
    get: () => held,
    set: (data) => (held = data),
    clear: () => {
      const before = held;
      held = undefined;
      return before;
    },
    isEmpty: () => held === undefined,
  };
})();

export function makeModeler(around: Surroundings): Modeler {
  return new Modeler({
    container: around.canvas,
    propertiesPanel: { parent: around.panel },
    moddleExtensions: { zeebe, duban },
    bpmnRenderer: around.colours,
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      ZeebeBehaviorsModule,
      MinimapModule,
      CappedTextModule,
      {
        __init__: ["dubanProperties"],
        dubanProperties: ["type", DubanProperties],
        dubanChoices: ["value", around.choices],
        translate: ["value", translateFor(around.language)],
        clipboard: ["value", clipboard],
        // The panel's own fields ask by the first name, ours by the second.
        variableResolver: ["value", { getVariablesForElement: resolver(around) }],
        dubanVariables: ["value", { now: around.variablesAt }],
      },
    ],
  });
}

function resolver(around: Surroundings): (element: { id: string }) => Promise<Variable[]> {
  return (element) => Promise.resolve(around.variablesAt(element.id));
}
