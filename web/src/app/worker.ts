/** The service worker's side of the page: registered once, and asked to take over only when the person says so. */
import { useSyncExternalStore } from "react";

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function found(worker: ServiceWorker | null): void {
  // Without a controller it is the first one: there is nothing to update.
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  listeners.forEach((listener) => listener());
}

/** Keep the pages on this device, so that they open without a connection. Needs https, or this very machine. */
export async function keepPages(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register("/sw.js");
  found(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && found(coming));
  });
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Takes the new version over; `null` while there is none. What was typed is on the device and comes back with the page. */
export function useUpdate(): (() => void) | null {
  const worker = useSyncExternalStore(subscribe, () => waiting);
  if (!worker) return null;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("takeOver");
  };
}
