/** What the editors' packages offer and do not describe, as far as the studio uses it. */

declare module "bpmn-js-i18n/translations/zn" {
  const words: Record<string, string>;
  export default words;
}

declare module "bpmn-js-properties-panel" {
  export const BpmnPropertiesPanelModule: object;
  export const BpmnPropertiesProviderModule: object;
  export const ZeebePropertiesProviderModule: object;
  export function useService<T = never>(name: string, strict?: boolean): T;
}

declare module "camunda-bpmn-js-behaviors/lib/camunda-cloud" {
  const module: object;
  export default module;
}

declare module "diagram-js-minimap" {
  const module: object;
  export default module;
}

declare module "@bpmn-io/properties-panel/preact" {
  export { h, type VNode } from "preact";
}

declare module "@bpmn-io/properties-panel" {
  import type { ComponentType } from "preact";

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
  type Any = ComponentType<Record<string, unknown>>;
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
