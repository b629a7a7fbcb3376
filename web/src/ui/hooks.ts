import { useEffect, useState, useSyncExternalStore } from "react";

const PHONE = "(max-width: 767px)";

function watch(query: string): (listener: () => void) => () => void {
  return (listener) => {
    const media = matchMedia(query);
    media.addEventListener("change", listener);
    return () => media.removeEventListener("change", listener);
  };
}

const watchPhone = watch(PHONE);

export function usePhone(): boolean {
  return useSyncExternalStore(watchPhone, () => matchMedia(PHONE).matches);
}

/** The time, renewed every half minute, so that "2 h left" does not stand still on an open screen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function watchNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(watchNetwork, () => navigator.onLine);
}

/** `value`, once it has been still for `wait` milliseconds: for a search that types along. */
export function useSettled<T>(value: T, wait = 300): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}

export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · 督办`;
  }, [title]);
}
