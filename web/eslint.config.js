import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

/** Libraries that only one part of the source may know, and why. */
const PLACES = [
  [/^antd(\/|$)/, "src/desktop/", "antd is for the desk: a phone must not load it."],
  [/^antd-mobile(\/|$)/, "src/phone/", "antd-mobile is for the phone: a desk must not load it."],
  [
    /^(@bpmn-io\/form-js-viewer|preact|flatpickr)(\/(?!.*\.css$)|$)/,
    "src/form/",
    "Only src/form knows the form viewer: use FormView.",
  ],
  [/^bpmn-js\/lib\/NavigatedViewer$/, "src/case/DiagramView.tsx", "Only DiagramView knows the diagram viewer."],
  [
    /^(bpmn-js\/lib\/Modeler|bpmn-js-\w+|bpmnlint|dmn-js|diagram-js-\w+|@bpmn-io\/(properties-panel|form-js-editor|feel-editor))(\/|$)/,
    "src/studio/",
    "Only the studio knows the editors: a phone must not load them.",
  ],
];

const places = {
  create(context) {
    const file = context.filename.replaceAll("\\", "/");
    const check = (node) => {
      for (const [library, place, message] of PLACES) {
        if (library.test(node.source.value) && !file.includes(`/${place}`)) context.report({ node, message });
      }
    };
    return { ImportDeclaration: check, ImportExpression: check };
  },
};

export default ts.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js", "scripts/*.mjs", "src/app/service-worker.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { "react-hooks": reactHooks, house: { rules: { places } } },
    rules: {
      "house/places": "error",
      ...reactHooks.configs.recommended.rules,
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-lines": ["error", 1000],
      "max-lines-per-function": ["error", { max: 110, skipBlankLines: true, skipComments: true }],
      // House rules of the browser: markup is never made from text, and the platform's dialogs are used, not the browser's.
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Markup is never made from text." },
      ],
      "no-alert": "error",
      "no-eval": "error",
    },
  },
  { files: ["scripts/**", "*.js"], ...ts.configs.disableTypeChecked },
  { files: ["scripts/**", "*.js"], languageOptions: { globals: globals.node } },
  // Filled in by the build; not a module of the page.
  { files: ["src/app/service-worker.js"], ...ts.configs.disableTypeChecked },
  {
    files: ["src/app/service-worker.js"],
    languageOptions: { globals: { ...globals.serviceworker, __FILES__: "readonly" } },
  },
);
