import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { readFile, type StudioDraft } from "./api";

export interface ProcessIn {
  id: string;
  name: string;
  file: string;
  xml: string;
  /** The path of the start form, where it has one. */
  form: string | null;
}

/** The executable processes of a draft, with their diagrams. */
export function useProcesses(draft: StudioDraft): UseQueryResult<ProcessIn[]> {
  return useQuery({
    queryKey: ["draft-processes", draft.id, draft.version],
    queryFn: async () => {
      const paths = draft.files.map(({ path }) => path).filter((path) => path.endsWith(".bpmn"));
      const texts = await Promise.all(paths.map((path) => readFile(draft.id, path)));
      return texts.flatMap((xml, at) => processesIn(xml, paths[at] ?? "", draft));
    },
    staleTime: Infinity,
  });
}

const children = (parent: Element, name: string): Element[] =>
  [...parent.children].filter(({ localName }) => localName === name);

function processesIn(xml: string, file: string, draft: StudioDraft): ProcessIn[] {
  const { documentElement: root } = new DOMParser().parseFromString(xml, "application/xml");
  return children(root, "process")
    .filter((one) => one.getAttribute("isExecutable") === "true")
    .map((one) => {
      const id = one.getAttribute("id") ?? "";
      return { id, name: one.getAttribute("name") ?? "", file, xml, form: startForm(one, draft) };
    });
}

/** The file is named after the id of its form by habit; where it is not, the data is given as JSON. */
function startForm(process: Element, draft: StudioDraft): string | null {
  const forms = children(process, "startEvent").flatMap((start) =>
    [...start.getElementsByTagName("*")].filter(({ localName }) => localName === "formDefinition"),
  );
  const id = forms[0]?.getAttribute("formId");
  return draft.files.find(({ path }) => path.replace(/^.*\//, "") === `${id}.form`)?.path ?? null;
}
