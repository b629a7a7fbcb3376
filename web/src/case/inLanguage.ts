import type { Language } from "../api/types";

const DUBAN = "urn:duban:bpmn:1";

/** The diagram with the names that `duban:label` gives its elements in that language; Chinese is what it is drawn in. */
export function inLanguage(xml: string, language: Language): string {
  if (language !== "en") return xml;
  const file = new DOMParser().parseFromString(xml, "text/xml");
  if (file.querySelector("parsererror")) return xml;
  for (const label of file.getElementsByTagNameNS(DUBAN, "label")) rename(label.parentElement?.parentElement, label);
  return new XMLSerializer().serializeToString(file);
}

function rename(element: Element | null | undefined, label: Element): void {
  const english = label.getAttribute("en");
  if (!element || !english) return;
  if (element.localName !== "textAnnotation") {
    element.setAttribute("name", english);
    return;
  }
  const text = [...element.children].find((child) => child.localName === "text");
  if (text) text.textContent = english;
}
