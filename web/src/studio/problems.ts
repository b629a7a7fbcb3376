/** What is wrong with a draft, from the server and from the page, in one list. Pure. */
import type { Checked } from "./api";
import type { MessageKey } from "../i18n";

/** What bpmnlint found in the page; its rules have words of ours. */
export interface Found {
  rule: string;
  element: string;
}

export const ruleKey = (rule: string): MessageKey => `studio.lint.${rule}` as MessageKey;

export type Severity = "error" | "warning";

export interface Finding {
  file: string;
  element: string;
  line: number;
  severity: Severity;
  rule: string;
  message: string;
  /** A property to set or, with null, to take away: where that is all it takes. */
  fix?: Checked["problems"][number]["fix"];
}

/** What is drawn at an element: its gravest problem, and what all of them say. */
export interface Mark {
  element: string;
  severity: Severity;
  texts: string[];
}

export function findings(
  server: Checked["problems"],
  page: Found[],
  file: string | null,
  words: (rule: string) => string,
): Finding[] {
  const told = server.map((one) => ({ ...one, severity: one.severity }));
  const seen = page.map(({ rule, element }): Finding => {
    return { file: file ?? "", element, line: 0, severity: "warning", rule, message: words(rule) };
  });
  return [...told, ...seen].sort((one, other) => Number(one.severity !== "error") - Number(other.severity !== "error"));
}

export function marksOf(all: Finding[], file: string): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { element, severity, message } of all.filter((one) => one.file === file && one.element !== "")) {
    const mark = marks.get(element) ?? { element, severity, texts: [] };
    if (severity === "error") mark.severity = "error";
    mark.texts.push(message);
    marks.set(element, mark);
  }
  return [...marks.values()];
}
