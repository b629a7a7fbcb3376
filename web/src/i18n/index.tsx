import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from "react";

import { connection } from "../api/client";
import type { Language } from "../api/types";
import { fill, type Values } from "./fill";
import { zh, type Dictionary, type MessageKey } from "./zh";

export type { MessageKey } from "./zh";
export type Translate = (key: MessageKey, values?: Values) => string;

interface I18n {
  language: Language;
  t: Translate;
  setLanguage: (language: Language) => void;
}

const KEY = "duban.language";
const Context = createContext<I18n | null>(null);

/** Chinese is in the first download; English is fetched by those who want it. */
const DICTIONARIES: Record<Language, () => Promise<Dictionary>> = {
  "zh-CN": () => Promise.resolve(zh),
  en: async () => (await import("./en")).en,
};

export function preferredLanguage(): Language {
  const stored = localStorage.getItem(KEY);
  if (stored === "zh-CN" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

export function translator(dictionary: Dictionary): Translate {
  return (key, values) => fill(dictionary[key], values);
}

export function I18nProvider({ children }: { children: ReactNode }): ReactElement | null {
  const [chosen, setChosen] = useState<Language>(preferredLanguage);
  const [loaded, setLoaded] = useState<{ language: Language; dictionary: Dictionary } | null>(
    chosen === "zh-CN" ? { language: chosen, dictionary: zh } : null,
  );
  useEffect(() => {
    let current = true;
    void DICTIONARIES[chosen]().then((dictionary) => {
      if (!current) return;
      connection.language = chosen;
      document.documentElement.lang = chosen;
      // The same words are no change: a new `t` would draw every open form anew.
      setLoaded((before) => (before?.dictionary === dictionary ? before : { language: chosen, dictionary }));
    });
    return () => {
      current = false;
    };
  }, [chosen]);
  const setLanguage = useCallback((language: Language) => {
    localStorage.setItem(KEY, language);
    setChosen(language);
  }, []);
  const value = useMemo(
    () => loaded && { language: loaded.language, t: translator(loaded.dictionary), setLanguage },
    [loaded, setLanguage],
  );
  return value && <Context value={value}>{children}</Context>;
}

export function useI18n(): I18n {
  const value = use(Context);
  if (!value) throw new Error("useI18n needs an I18nProvider above it");
  return value;
}
