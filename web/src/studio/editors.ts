import type { Finding } from "./problems";

/** What the workspace asks of whichever editor is open. */
export interface EditorHandle {
  /** Write out what has been edited, now. */
  flush: () => Promise<void>;
  /** Show an element, a rule or a field by its id. */
  select: (id: string) => void;
  /** Mend a problem as one step that can be undone; false where its place is gone. */
  mend?: (finding: Finding) => boolean;
}

export type FileKind = "bpmn" | "dmn" | "form" | "scenario";

export function kindOf(path: string): FileKind {
  if (path.endsWith(".bpmn")) return "bpmn";
  if (path.endsWith(".dmn")) return "dmn";
  return path.endsWith(".form") ? "form" : "scenario";
}
