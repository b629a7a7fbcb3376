/** Form-js and the server both say what is wrong with a field; people read one sentence in their language. */

import type { MessageKey, Translate } from "../i18n";

/** The viewer's sentences (form-js 1.23.0 has no translation of its own), with what they carry. */
const VIEWER: [pattern: RegExp, key: MessageKey][] = [
  [/^Field is required\.$/, "field.required"],
  [/^Value is not a number\.$/, "field.number"],
  [/^Value is expected to be an integer\.$/, "field.integer"],
  [/^Value is expected to have at most (\S+) decimal digits?\.$/, "field.decimals"],
  [/^Please select a valid value, the two nearest valid values are (\S+) and (\S+)\.$/, "field.step"],
  [/^Field must match pattern .*\.$/s, "field.pattern"],
  [/^Field must have minimum value of (\S+)\.$/, "field.min"],
  [/^Field must have maximum value of (\S+)\.$/, "field.max"],
  [/^Field must have minimum length of (\S+)\.$/, "field.minLength"],
  [/^Field must have maximum length of (\S+)\.$/, "field.maxLength"],
  [/^Field must be a valid +international phone number/, "field.phone"],
  [/^Field must be a valid email\.$/, "field.email"],
];

/** A sentence of the viewer in the reader's language; one written by the form's author stays as it is. */
export function viewerMessage(message: string, t: Translate): string {
  for (const [pattern, key] of VIEWER) {
    const found = pattern.exec(message);
    if (found) return t(key, { n: found[1] ?? "", m: found[2] ?? "" });
  }
  return message;
}

const SERVER: Record<string, MessageKey> = {
  required: "field.required",
  type: "field.type",
  min: "field.min",
  max: "field.max",
  minLength: "field.minLength",
  length: "field.minLength",
  maxLength: "field.maxLength",
  pattern: "field.pattern",
  option: "field.option",
  unknown: "field.unknown",
  photos: "field.photos",
};

/** The server writes "code: detail"; the first number of the detail is the limit. An unknown code shows the detail. */
export function serverMessage(message: string, t: Translate): string {
  const [, code = "", detail = ""] = /^(\w+)(?::\s*([\s\S]*))?$/.exec(message) ?? [];
  const key = SERVER[code];
  if (!key) return message;
  const limit = /-?\d+(?:\.\d+)?/.exec(detail)?.[0];
  if (limit === undefined && LIMITED.has(code)) return detail || t("field.type");
  return t(key, { n: limit ?? "" });
}

const LIMITED = new Set(["min", "max", "minLength", "maxLength", "length"]);
