// Keeps the page of records on the spot in the phone: its address and the files it is made of.
// Nothing of a case lies here; those are in the page's own store.
"use strict";

const PREFIX = "phaseout-field-";
const SHELL = new URL("shell.json", self.location.href).href;

async function filled() {
  const answer = await fetch(SHELL, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error("not signed in");
  const { version, files } = await answer.json();
  const name = PREFIX + version;
  const cache = await caches.open(name);
  await Promise.all(files.map(async (file) => {
    const got = await fetch(file, { credentials: "same-origin", cache: "no-cache" });
    if (got.ok && !got.redirected) await cache.put(file, got);
  }));
  for (const old of await caches.keys()) {
    if (old.startsWith(PREFIX) && old !== name) await caches.delete(old);
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(filled().then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(filled().catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () =>
      (await caches.match(request, { ignoreSearch: true })) ?? Response.error()));
    return;
  }
  if (request.url.endsWith(".json")) return;
  event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
