/** Forms as data: what a reader of a language sees, and how a form is written down. Pure. */
import type { FormComponent, FormSchema, Language } from "../../api/types";

const TRANSLATED =
  /^(label|description|text|dateLabel|timeLabel|alt|appearance\.(prefix|suffix)Adorner|validate\.patternErrorMessage):(\w+)$/;

/** The form as a task shows it in that language: `"label:en"` among the properties of a component, and of an option. */
export function inLanguage(schema: FormSchema, language: Language): FormSchema {
  const short = language.split("-")[0] ?? language;
  return { ...schema, components: schema.components?.map((one) => spoken(one, short)) };
}

function spoken(component: FormComponent, language: string): FormComponent {
  const result = structuredClone(component) as Record<string, unknown> & FormComponent;
  for (const [name, text] of Object.entries((component.properties ?? {}) as Record<string, unknown>)) {
    const found = TRANSLATED.exec(name);
    if (found?.[3] === language) put(result, (found[1] ?? "").split("."), text);
  }
  for (const option of result.values ?? []) {
    const label = (option as Record<string, unknown>)[`label:${language}`];
    if (typeof label === "string") option.label = label;
  }
  if (component.components) result.components = component.components.map((one) => spoken(one, language));
  return result;
}

function put(target: Record<string, unknown>, [first = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[first] = value;
  else put((target[first] ??= {}) as Record<string, unknown>, rest, value);
}

/** As text, laid out like the file that it was: the editor's own remarks about itself stay away. */
export function textOf(schema: FormSchema, before: string): string {
  const earlier = JSON.parse(before) as FormSchema;
  const whole: Record<string, unknown> = { ...schema };
  if (earlier.exporter === undefined) delete whole.exporter;
  // What the file said about its own version and in which order its members stood is not the editor's to change.
  if (earlier.schemaVersion !== undefined) whole.schemaVersion = earlier.schemaVersion;
  const names = Object.keys(earlier).filter((name) => name in whole);
  const rest = Object.keys(whole).filter((name) => !names.includes(name));
  const ordered = Object.fromEntries([...names, ...rest].map((name) => [name, whole[name]]));
  const indent = /^\{\r?\n( +|\t+)"/.exec(before)?.[1] ?? "  ";
  return `${JSON.stringify(ordered, null, indent)}\n`;
}
