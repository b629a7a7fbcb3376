import { useCallback, useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark" | "sun";
export type Hands = "bare" | "gloves";

const KEY = "duban.theme";
const HANDS = "duban.hands";
const DARK = "(prefers-color-scheme: dark)";
const listeners = new Set<() => void>();

function choice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" || stored === "sun" ? stored : "system";
}

function isDark(): boolean {
  const chosen = choice();
  return chosen === "dark" || (chosen === "system" && matchMedia(DARK).matches);
}

/** Put the theme on the document; called before the first paint and at every change. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = choice() === "sun" ? "sun" : isDark() ? "dark" : "light";
  document.documentElement.dataset.hands = hands();
  listeners.forEach((listener) => listener());
}

function hands(): Hands {
  return localStorage.getItem(HANDS) === "gloves" ? "gloves" : "bare";
}

export function useHands(): { hands: Hands; wear: (hands: Hands) => void } {
  const worn = useSyncExternalStore(watch, hands);
  const wear = useCallback((chosen: Hands) => {
    localStorage.setItem(HANDS, chosen);
    applyTheme();
  }, []);
  return { hands: worn, wear };
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  const media = matchMedia(DARK);
  media.addEventListener("change", applyTheme);
  return () => {
    listeners.delete(listener);
    media.removeEventListener("change", applyTheme);
  };
}

export function useTheme(): { choice: ThemeChoice; dark: boolean; choose: (theme: ThemeChoice) => void } {
  const chosen = useSyncExternalStore(watch, choice);
  const dark = useSyncExternalStore(watch, isDark);
  const choose = useCallback((theme: ThemeChoice) => {
    localStorage.setItem(KEY, theme);
    applyTheme();
  }, []);
  return { choice: chosen, dark, choose };
}
