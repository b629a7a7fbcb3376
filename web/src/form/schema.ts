import type { FormComponent, FormSchema, Json } from "../api/types";

export type { FormComponent } from "../api/types";

/** Every component of a form, parents before children. */
export function components(schema: FormSchema | null): FormComponent[] {
  const found: FormComponent[] = [];
  const walk = (list: FormComponent[] | undefined): void => {
    for (const component of list ?? []) {
      found.push(component);
      walk(component.components);
    }
  };
  walk(schema?.components);
  return found;
}

export function hasPhotoField(schema: FormSchema | null): boolean {
  return components(schema).some((component) => component.type === "photo");
}

/** The form without the list and the checkbox that the checklist is shown instead of; `null` where it has no checklist. */
export function withoutChecklist(schema: FormSchema | null): FormSchema | null {
  const list = schema?.components?.find((one) => one.type === "dynamiclist" && property(one, "checklist"));
  if (!schema || !list) return null;
  const rest = property(list, "rest");
  const kept = schema.components?.filter((one) => one !== list && (rest === undefined || one.key !== rest));
  return { ...schema, components: kept };
}

function property(component: FormComponent, name: string): string | undefined {
  const value = (component.properties as Record<string, unknown> | undefined)?.[name];
  return typeof value === "string" ? value : undefined;
}

/** `properties.minimum` and the like: custom properties of a form component are text. */
export function numberProperty(component: FormComponent, name: string): number | undefined {
  const value = (component.properties as Record<string, unknown> | undefined)?.[name];
  const number = Number(value);
  return value === undefined || Number.isNaN(number) ? undefined : number;
}

/** "data.rows[0].result" → ["rows", 0, "result"]: where the server says that something is wrong. */
export function fieldPath(name: string): (string | number)[] {
  const steps = name.replace(/\[(\d+)\]/g, ".$1").split(".");
  if (steps[0] === "data") steps.shift();
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** What a value looks like to a person: the label of an option instead of its code, yes and no in words. */
export function displayValue(
  value: Json | undefined,
  component: FormComponent | undefined,
  words: { yes: string; no: string },
): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.map((one) => displayValue(one, component, words)).join(" · ");
  const option = component?.values?.find((one) => one.value === value);
  if (option) return option.label;
  return typeof value === "object"
    ? Object.values(value)
        .map((one) => displayValue(one, undefined, words))
        .join(" ")
    : String(value);
}
