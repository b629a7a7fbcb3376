import { useQueries, type UseQueryResult } from "@tanstack/react-query";

import { readFile, type StudioDraft } from "./api";
import { keysOf } from "./bpmn/variables";
import type { Choice, Choices } from "./bpmn/properties";

interface Names extends Choices {
  /** Form id → the variables it writes. */
  keys: Map<string, string[]>;
}

/** What the forms and decisions of a draft are called; files are read once for each content. */
export function useNames(draft: StudioDraft): Names {
  const files = draft.files.filter(({ path }) => /\.(form|dmn)$/.test(path));
  return useQueries({
    queries: files.map(({ path, sha256 }) => ({
      queryKey: ["draft-names", draft.id, path, sha256],
      queryFn: async () => namesIn(path, await readFile(draft.id, path)),
      staleTime: Infinity,
    })),
    combine,
  });
}

type InFile = { forms: [Choice, string[]][]; decisions: Choice[] };

function combine(results: UseQueryResult<InFile>[]): Names {
  const all = results.flatMap(({ data }) => (data ? [data] : []));
  const forms = all.flatMap((one) => one.forms);
  return {
    forms: forms.map(([choice]) => choice),
    decisions: all.flatMap((one) => one.decisions),
    keys: new Map(forms.map(([{ value }, keys]) => [value, keys])),
  };
}

export function namesIn(path: string, text: string): InFile {
  if (path.endsWith(".form")) return { forms: formIn(path, text), decisions: [] };
  const document = new DOMParser().parseFromString(text, "application/xml");
  const decisions = [...document.getElementsByTagName("*")].filter(({ localName }) => localName === "decision");
  return { forms: [], decisions: decisions.map((one) => choice(one.getAttribute("id"), one.getAttribute("name"))) };
}

function formIn(path: string, text: string): [Choice, string[]][] {
  try {
    const form = JSON.parse(text) as { id?: string; components?: unknown[] };
    const file = path.replace(/^.*\//, "").replace(/\.form$/, "");
    return form.id ? [[choice(form.id, file === form.id ? null : file), keysOf(form)]] : [];
  } catch {
    return [];
  }
}

function choice(id: string | null, name: string | null): Choice {
  const value = id ?? "";
  return { value, label: name && name !== value ? `${name} (${value})` : value };
}
