/** What a first visit downloads, gzipped: the entry and everything it and the named screens import at once. */
import { readFile, readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const folder = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", folder), "utf8"));

/** Screens of the first visit, as they are named in src/app/App.tsx. */
const VISITS = {
  "sign-in": ["index.html"],
  "phone, worklist": ["index.html", "src/phone/Shell.tsx", "src/phone/Worklist.tsx"],
  "phone, task with form": ["index.html", "src/phone/Shell.tsx", "src/task/TaskPage.tsx", "src/form/FormView.tsx"],
  "phone, case with diagram": [
    "index.html",
    "src/phone/Shell.tsx",
    "src/case/CasePage.tsx",
    "src/case/DiagramView.tsx",
  ],
  "desk, worklist": ["index.html", "src/desktop/Shell.tsx", "src/desktop/Worklist.tsx"],
  "desk, case with diagram": [
    "index.html",
    "src/desktop/Shell.tsx",
    "src/case/CasePage.tsx",
    "src/case/DiagramView.tsx",
  ],
};

function files(entries, found = new Set()) {
  for (const entry of entries) {
    const chunk = manifest[entry];
    if (!chunk) throw new Error(`No ${entry} in the manifest: has it been renamed?`);
    if (found.has(chunk.file)) continue;
    found.add(chunk.file);
    (chunk.css ?? []).forEach((file) => found.add(file));
    files(chunk.imports ?? [], found);
  }
  return found;
}

async function weight(names) {
  const total = { js: 0, css: 0 };
  for (const name of names)
    total[name.endsWith(".css") ? "css" : "js"] += gzipSync(await readFile(new URL(name, folder))).length;
  return total;
}

for (const [visit, entries] of Object.entries(VISITS)) {
  const { js, css } = await weight(files(entries));
  console.log(
    `${visit.padEnd(26)} js ${(js / 1024).toFixed(0).padStart(4)} kB   css ${(css / 1024).toFixed(0).padStart(3)} kB`,
  );
}
console.log(`${(await readdir(new URL("assets/", folder))).length} files in all`);
