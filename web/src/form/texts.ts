/** The words that form-js has built in, looked up while it draws (see scripts/form-texts.ts), and the calendar's. */
import flatpickr from "flatpickr";
import { Mandarin } from "flatpickr/dist/esm/l10n/zh.js";
import { english } from "flatpickr/dist/esm/l10n/default.js";

import type { Language } from "../api/types";
import type { MessageKey, Translate } from "../i18n";

declare global {
  var dubanFormText: ((text: string) => string) | undefined;
}

export function speakForms(language: Language, t: Translate): void {
  globalThis.dubanFormText = (text) => t(`form.${text}` as MessageKey);
  flatpickr.localize(language === "en" ? english : Mandarin);
}
