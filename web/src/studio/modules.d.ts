/** What the editors' packages offer and do not describe, as far as the studio uses it. */

declare module "bpmn-js-i18n/translations/zn" {
  const words: Record<string, string>;
  export default words;
}

declare module "bpmn-js-properties-panel" {
  import type { ModuleDeclaration } from "didi";

  export const BpmnPropertiesPanelModule: ModuleDeclaration;
  export const BpmnPropertiesProviderModule: ModuleDeclaration;
  export const ZeebePropertiesProviderModule: ModuleDeclaration;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- services are known by name only
  export function useService<T>(name: string, strict?: boolean): T;
}

declare module "camunda-bpmn-js-behaviors/lib/camunda-cloud" {
  import type { ModuleDeclaration } from "didi";

  const module: ModuleDeclaration;
  export default module;
}

declare module "diagram-js-minimap" {
  import type { ModuleDeclaration } from "didi";

  const module: ModuleDeclaration;
  export default module;
}

declare module "@bpmn-io/properties-panel/preact" {
  export { h, type VNode } from "preact";
}

declare module "@bpmn-io/properties-panel" {
  export interface EntryProps {
    id: string;
  }
  export interface Entry {
    id: string;
    // Each entry has properties of its own, which the panel hands to its component.
    component: unknown;
    isEdited?: (node: unknown) => boolean;
    [name: string]: unknown;
  }
  export interface PanelGroup {
    id: string;
    label: string;
    component: unknown;
    entries?: Entry[];
    items?: unknown[];
  }
  export const Group: unknown;
  type Any = import("preact").ComponentType<Record<string, unknown>>;
  export const CheckboxEntry: Any;
  export const FeelEntry: Any;
  export const SelectEntry: Any;
  export const TextFieldEntry: Any;
  export function isCheckboxEntryEdited(node: unknown): boolean;
  export function isFeelEntryEdited(node: unknown): boolean;
  export function isSelectEntryEdited(node: unknown): boolean;
  export function isTextFieldEntryEdited(node: unknown): boolean;
}

declare module "bpmnlint" {
  export class Linter {
    constructor(options: object);
    lint(root: object): Promise<Record<string, { id: string; message: string }[]>>;
  }
}

declare module "bpmnlint/rules/*" {
  const rule: unknown;
  export default rule;
}

declare module "dmn-js/lib/Modeler" {
  export interface View {
    type: "drd" | "decisionTable" | "literalExpression" | "boxedExpression";
    element: { id: string; name?: string };
  }
  interface Viewer {
    on: (name: "commandStack.changed", hear: (event: { trigger?: string }) => void) => void;
  }
  export default class Modeler {
    constructor(options: object);
    importXML(xml: string): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml?: string }>;
    on(name: "views.changed", hear: (event: { views: View[]; activeView: View | undefined }) => void): void;
    getViews(): View[];
    getActiveViewer(): Viewer | undefined;
    open(view: View): Promise<unknown>;
    destroy(): void;
  }
}
