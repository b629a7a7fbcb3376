import type { Language } from "../../api/types";
import { inLanguage } from "../../case/inLanguage";

/** What the elements of a diagram are called on it, by id; those without a name are not there. */
export function elementNames(xml: string, language: Language): Map<string, string> {
  const file = new DOMParser().parseFromString(inLanguage(xml, language), "application/xml");
  const named = [...file.querySelectorAll("[id][name]")];
  return new Map(named.map((one) => [one.getAttribute("id") ?? "", tidy(one.getAttribute("name") ?? "")]));
}

const tidy = (name: string): string => name.replace(/\s+/g, " ").trim();

/** The name, or the id of what has none. */
export const nameIn = (names: Map<string, string>, element: string): string => names.get(element) || element;
