/**
 * The properties panel brings a copy of Preact of its own, form-js wants another: hooks of one break in components of the
 * other. Whoever asks for a Preact gets the one of package.json.
 */
import type { Plugin } from "vite";

const COPY = /^(?:@bpmn-io\/properties-panel|\.\.)\/preact(\/.*)?$/;
const OWN = /[\\/]@bpmn-io[\\/]properties-panel[\\/]dist[\\/]/;

export function onePreact(): Plugin {
  return {
    name: "one-preact",
    enforce: "pre",
    resolveId(source, importer) {
      const copy = COPY.exec(source);
      if (!copy || (source.startsWith("..") && !OWN.test(importer ?? ""))) return null;
      return this.resolve(`preact${copy[1] ?? ""}`, undefined, { skipSelf: true });
    },
  };
}
