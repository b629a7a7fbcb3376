/** Folder → its paths, both in order; what stands in no folder comes first. */
export function foldersOf(paths: string[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    found.set(folder, [...(found.get(folder) ?? []), path]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}
