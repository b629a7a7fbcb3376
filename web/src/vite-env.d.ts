/// <reference types="vite/client" />

declare module "flatpickr/dist/esm/l10n/zh.js" {
  export { Mandarin } from "flatpickr/dist/l10n/zh";
}

declare module "flatpickr/dist/esm/l10n/default.js" {
  export { english } from "flatpickr/dist/l10n/default";
}

declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  const SwaggerUI: (options: object) => unknown;
  export default SwaggerUI;
}
