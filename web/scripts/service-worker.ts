import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Plugin } from "vite";

/** The screens of the phone: what is kept on the device is what these need, and nothing else (no studio, no charts). */
const KEPT = [
  "index.html",
  "src/phone/",
  "src/task/",
  "src/form/",
  "src/checklist/",
  "src/photos/",
  "src/outbox/",
  "src/finding/",
  "src/signing/",
  "src/day/",
  "src/me/",
  "src/i18n/",
];
const NOT_KEPT = ["src/phone/Cases.tsx"];

interface Chunk {
  type: string;
  fileName: string;
  facadeModuleId?: string | null;
  isEntry?: boolean;
  imports?: string[];
  viteMetadata?: { importedCss: Set<string> };
}

/** Writes `sw.js`: the worker of `src/app/service-worker.js` with the list of files that it may keep, and their version. */
export function serviceWorker(): Plugin {
  const root = fileURLToPath(new URL("..", import.meta.url));
  return {
    name: "duban-service-worker",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const chunks = bundle as unknown as Record<string, Chunk>;
      const files = new Set<string>();
      const keep = (name: string): void => {
        const chunk = chunks[name];
        if (!chunk || files.has(name)) return;
        files.add(name);
        chunk.viteMetadata?.importedCss.forEach((css) => files.add(css));
        chunk.imports?.forEach(keep);
      };
      for (const chunk of Object.values(chunks)) {
        const source = chunk.facadeModuleId?.replace(root, "");
        if (chunk.type !== "chunk" || source === undefined || NOT_KEPT.includes(source)) continue;
        if (KEPT.some((place) => source.startsWith(place))) keep(chunk.fileName);
      }
      const list = ["/", "/logo.svg", ...[...files].sort().map((name) => `/${name}`)];
      const template = readFileSync(new URL("../src/app/service-worker.js", import.meta.url), "utf8");
      const version = createHash("sha256").update(template).update(list.join()).digest("hex").slice(0, 16);
      const source = template.replace("__FILES__", JSON.stringify(list)).replace("__VERSION__", version);
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
