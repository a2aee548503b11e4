// The copy of the checker that works without a network. The build writes which files belong to it
// and under which version; files of one version are used together, and those of others dropped.

export {};

/** Written by the last step of the build. */
declare const VERSION: string;
declare const FILES: readonly string[];

declare const self: ServiceWorkerGlobalScope;

const PREFIX = "proofread-";
const NAME = PREFIX + VERSION;
const KEPT = new Set(FILES.map((file) => new URL(file, self.location.href).href));

async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

async function dropOthers(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: NAME, ignoreSearch: true });
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers());
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});

/** What is not kept is none of the worker's business: it is not held busy by it. */
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === "GET" && KEPT.has(origin + pathname)) event.respondWith(answer(event.request));
});
