import type { FileComparison, PartChange } from "../api/types";

export type Side = "left" | "right";
export type ChangeKind = PartChange["kind"];

/** What a change looks like without colour. */
export const SIGNS: Record<ChangeKind, string> = { added: "+", removed: "−", changed: "~", moved: "→" };

/** What one side shows: what is gone only before, what is new only after, the rest on both. */
export function marksOf(changes: PartChange[], side: Side): PartChange[] {
  const absent: ChangeKind = side === "left" ? "added" : "removed";
  return changes.filter((change) => change.kind !== absent);
}

/** The file whose changes are those of these diagrams, if it changed at all. */
export function diagramFile(files: FileComparison[], diagrams: string[]): FileComparison | undefined {
  const known = new Set(
    diagrams.flatMap((xml) => [...xml.matchAll(/\bid\s*=\s*["']([^"']+)["']/g)].map(([, id]) => id)),
  );
  return files.find(
    ({ path, changes }) => path.endsWith(".bpmn") && changes.length > 0 && changes.every(({ id }) => known.has(id)),
  );
}

/** That file first: it is what the page is about. */
export function inOrder(files: FileComparison[], first: FileComparison | undefined): FileComparison[] {
  return first ? [first, ...files.filter((file) => file !== first)] : files;
}

export function countsOf(files: FileComparison[]): [ChangeKind, number][] {
  const kinds = files.flatMap((file) =>
    file.kind === "changed" ? file.changes.map(({ kind }) => kind) : [file.kind as ChangeKind],
  );
  return (Object.keys(SIGNS) as ChangeKind[])
    .map((kind): [ChangeKind, number] => [kind, kinds.filter((one) => one === kind).length])
    .filter(([, count]) => count > 0);
}
