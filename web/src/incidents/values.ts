import type { FormData, Json } from "../api/types";

/** One value that is to be put right. `text` is what stands in the field; how it is read follows from what was there. */
export interface Edit {
  name: string;
  old: Json | undefined;
  text: string;
}

/** As it stands in a field: text bare, everything else as JSON. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Text stays text where there was text; elsewhere JSON is read, and what is no JSON is text. */
export function read(edit: Edit): Json {
  if (typeof edit.old === "string") return edit.text;
  try {
    return JSON.parse(edit.text) as Json;
  } catch {
    return edit.text;
  }
}

/** What really changes, by name. */
export function changesOf(edits: Edit[]): FormData {
  const changed = edits.filter((edit) => edit.name.trim() !== "" && shown(read(edit)) !== shown(edit.old));
  return Object.fromEntries(changed.map((edit) => [edit.name.trim(), read(edit)]));
}
