import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { formTexts } from "./scripts/form-texts.ts";
import { formEditorTexts } from "./scripts/form-editor-texts.ts";
import { onePreact } from "./scripts/one-preact.ts";
import { serviceWorker } from "./scripts/service-worker.ts";

/** Where `npm run dev` finds the API; the built pages are served by the API itself. */
const server = process.env.DUBAN_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), formTexts(), formEditorTexts(), onePreact(), serviceWorker()],
  build: {
    target: "es2022",
    manifest: true,
    // Two entries: the application, and the API's documentation, which the application never loads.
    rolldownOptions: { input: { index: "index.html", "api-docs": "api-docs.html" } },
    // The largest parts (form viewer, diagram viewer, antd) are loaded by their own routes only.
    chunkSizeWarningLimit: 1600,
    // The policy of the server refuses data: fonts, so nothing but small pictures is inlined.
    assetsInlineLimit: (file) => (/\.(woff2?|ttf|eot|otf)$/.test(file) ? false : undefined),
  },
  server: { proxy: { "/api": server } },
  test: { include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"], environment: "node" },
});
