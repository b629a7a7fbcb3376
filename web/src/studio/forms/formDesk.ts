/** The form editor of bpmn.io: the only place that knows its insides (1.23.0, pinned). */
import { FormEditor } from "@bpmn-io/form-js-editor";
import { h } from "@bpmn-io/properties-panel/preact";

import type { FormSchema, Language } from "../../api/types";
import { formWords } from "./translation";

export interface FormDesk {
  schema: () => FormSchema;
  select: (field: string) => void;
  can: () => { undo: boolean; redo: boolean };
  undo: () => void;
  redo: () => void;
  close: () => void;
}

interface Stack {
  canUndo: () => boolean;
  canRedo: () => boolean;
  undo: () => void;
  redo: () => void;
}

interface Fields {
  register: (type: string, field: unknown) => void;
  _formFields: Record<string, { config: { name?: string; label?: string; spoken?: string } }>;
}

/** What the server refuses, or what only other products offer. */
const NOT_HERE = ["html", "iframe", "filepicker", "documentPreview"];

export async function openForm(
  container: HTMLElement,
  text: string,
  language: Language,
  changed: () => void,
): Promise<FormDesk> {
  const editor = new FormEditor({ container, additionalModules: [ours(language)] });
  await editor.importSchema(JSON.parse(text));
  const stack = editor.get<Stack>("commandStack");
  editor.on("commandStack.changed", changed);
  return {
    schema: () => editor.saveSchema() as FormSchema,
    select: (id) => {
      const field = editor.get<{ get: (id: string) => object | undefined }>("formFieldRegistry").get(id);
      if (field) editor.get<{ set: (field: object) => void }>("selection").set(field);
    },
    can: () => ({ undo: stack.canUndo(), redo: stack.canRedo() }),
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    close: () => editor.destroy(),
  };
}

/** Our photo field, without what is not allowed here, by Chinese names. */
function ours(language: Language): object {
  const prepare = (fields: Fields): void => {
    fields.register("photo", photo(language));
    for (const type of NOT_HERE) Reflect.deleteProperty(fields._formFields, type);
    for (const { config } of Object.values(fields._formFields)) {
      // The name in English is kept beside the one that is shown: another language may come.
      config.spoken ??= config.name ?? config.label;
      if (config.spoken) config.name = language === "en" ? config.spoken : (formWords(config.spoken) ?? config.spoken);
    }
  };
  prepare.$inject = ["formFields"];
  return { __init__: [prepare] };
}

function photo(language: Language): unknown {
  const name = language === "en" ? "Photos" : "照片";
  const component = ({ field }: { field: { label?: string } }) =>
    h("div", { class: "fjs-form-field" }, [
      h("span", { class: "fjs-form-field-label" }, field.label ?? name),
      h("div", { class: "studio-photo" }, name),
    ]);
  const config = {
    type: "photo",
    keyed: true,
    name,
    label: name,
    group: "basic-input",
    emptyValue: [],
    propertiesPanelEntries: ["key", "label", "description", "readonly", "disabled"],
    create: (options: object = {}) => ({ label: name, properties: { minimum: "1" }, ...options }),
  };
  return Object.assign(component, { config });
}
