/** One moment of a case in words. Pure: the answer of the server and a translator in, text out. */
import type { FormComponent, Json, MomentAt } from "../api/types";
import { displayValue } from "../form/schema";
import type { Translate } from "../i18n";

export type Labels = Record<string, { label: string; options: Record<string, string> }>;
export type Names = Map<string, string>;

export interface Change {
  name: string;
  label: string;
  value: string;
  /** What it was before; null where it did not exist. */
  old: string | null;
}

export interface Fired {
  table: string;
  inputs: [string, string][];
  rules: { number: number; outputs: string }[];
}

/** The names that the diagrams give their elements, for deadlines and steps that come with an id only. */
export function namesIn(diagrams: readonly (string | undefined)[]): Names {
  const names: Names = new Map();
  for (const xml of diagrams) {
    if (!xml) continue;
    for (const node of new DOMParser().parseFromString(xml, "text/xml").querySelectorAll("[id][name]"))
      names.set(node.getAttribute("id") ?? "", node.getAttribute("name") ?? "");
  }
  return names;
}

/** The steps at which the case stands: the diagram's text alternative. */
export function activeSteps(moment: MomentAt, names: Names, t: Translate): string[] {
  return moment.processes.flatMap(({ elements }) =>
    Object.entries(elements).flatMap(([id, count]) => {
      const name = names.get(id) ?? id;
      const here = [
        count.incidents > 0 ? t("replay.stepStuck", { step: name }) : "",
        count.active > 0 ? (count.active > 1 ? t("replay.stepTimes", { step: name, n: count.active }) : name) : "",
        count.waiting > 0 ? t("replay.stepWaits", { step: name }) : "",
      ];
      return here.filter(Boolean);
    }),
  );
}

/** A stored value in words: photos counted, options by their names, objects member by member. */
export function valueWords(value: Json, name: string, labels: Labels, t: Translate): string {
  if (isErased(value)) return t("replay.erased");
  if (isPhotos(value)) return t("replay.photos", { n: value.length });
  if (Array.isArray(value) && value.length === 0) return t("replay.emptyList");
  const label = labels[name];
  if (label) return displayValue(value, optionsOf(label.options), { yes: t("word.yes"), no: t("word.no") });
  return plain(value, t);
}

function optionsOf(options: Record<string, string>): FormComponent {
  return { type: "any", values: Object.entries(options).map(([value, label]) => ({ value, label })) };
}

function isErased(value: Json): boolean {
  return isPlainObject(value) && value.erased === true;
}

function isPhotos(value: Json): value is Json[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => one !== null && typeof one === "object" && "sha256" in one)
  );
}

function plain(value: Json, t: Translate): string {
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return t(value ? "word.yes" : "word.no");
  if (Array.isArray(value)) return value.map((one) => plain(one, t)).join(" · ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([member, inner]) => `${member}: ${plain(inner, t)}`)
      .join("; ");
  return String(value);
}

/**
 * A value as decisions record it: numbers, durations and dates are objects of one member that names their type
 * (`{"n": "70"}`, `{"dd": "PT4H"}`), contexts lists of pairs under `c`.
 */
export function decisionWords(value: Json, t: Translate): string {
  if (value === null || typeof value !== "object") return plain(value, t);
  if (Array.isArray(value)) return value.map((one) => decisionWords(one, t)).join(" · ");
  const members = Object.entries(value);
  const [only] = members;
  if (members.length === 1 && only?.[0] === "c" && Array.isArray(only[1]))
    return only[1]
      .flatMap((pair) =>
        Array.isArray(pair) ? [`${decisionWords(pair[0] ?? null, t)}: ${decisionWords(pair[1] ?? null, t)}`] : [],
      )
      .join("; ");
  if (members.length === 1 && typeof only?.[1] === "string") return only[1];
  return members.map(([member, inner]) => `${member}: ${decisionWords(inner, t)}`).join("; ");
}

/** The tables of a decision in which rules fired, with what they were asked and which rule answered what. */
export function firedIn(decision: MomentAt["decisions"][number], labels: Labels, t: Translate): Fired[] {
  return decision.steps.flatMap((step) =>
    (step.tables ?? []).map((table) => ({
      table: step.name,
      inputs: table.inputs.map(([name, value]): [string, string] => [
        labels[name]?.label ?? name,
        typeof value === "string" ? valueWords(value, name, labels, t) : decisionWords(value, t),
      ]),
      rules: table.rules.map(({ index, outputs }) => ({
        number: index,
        outputs: outputs.map((one) => decisionWords(one, t)).join(" · "),
      })),
    })),
  );
}

type Variable = MomentAt["scopes"][number]["variables"][number];

export function changeOf(variable: Variable, labels: Labels, t: Translate): Change {
  const words = (value: Json) => valueWords(value, variable.name, labels, t);
  const had = variable.changed && variable.existed;
  const [old, value] = had ? differing(variable.old, variable.value) : [null, variable.value];
  return {
    name: variable.name,
    label: labels[variable.name]?.label ?? variable.name,
    value: words(value),
    old: had ? words(old) : null,
  };
}

/** Of two objects only the members that differ: what changed must not drown in what did not. */
function differing(old: Json, value: Json): [Json, Json] {
  if (!isPlainObject(old) || !isPlainObject(value) || isErased(value)) return [old, value];
  const names = [...new Set([...Object.keys(old), ...Object.keys(value)])];
  const changed = names.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(value[name]));
  const only = (one: Record<string, Json>) =>
    Object.fromEntries(changed.map((name) => [name, one[name] ?? null] as [string, Json]));
  return [only(old), only(value)];
}

function isPlainObject(value: Json): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
