/*
 * Keeps the application's own pages on the device, so that they open without a connection. It keeps the files that the build
 * lists and nothing else: never an answer of the API, which the pages keep themselves, per person.
 */
const FILES = __FILES__;
const CACHE = "duban-__VERSION__";
const MINE = new Set(FILES);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "takeOver") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) event.respondWith(page(request));
  else if (MINE.has(url.pathname)) event.respondWith(file(request));
});

/** Their names hold the hash of their content: what is kept is what would come. */
async function file(request) {
  const kept = await caches.match(request);
  return kept ?? fetch(request);
}

/** Every address of the application is the same page; the kept one belongs to the kept files. */
async function page(request) {
  try {
    const answer = await fetch(request);
    // A gateway's error page is no answer.
    if (answer.status < 500) return answer;
  } catch {
    // no connection: below
  }
  return (await caches.match("/")) ?? Response.error();
}
