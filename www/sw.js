// The service worker: keeps a copy of this version of the site, so that the page opens without internet, and hands over
// what another program shares with it. The build fills in VERSION and FILES (crates/pack/src/service_worker.rs).
//
// A newer version is cached beside this one. It waits until no page uses this one, or until a reader asks for it.
// Evidence is never cached: the cache contains FILES and nothing else.

const VERSION = "{version}";
// Every file by its path, with its SHA-256: either the copy is exactly of this version, or there is none.
const FILES = {files};

const { scope } = self.registration;
const OURS = `bezorgd ${scope} `; // Another folder of the same host may hold another Bezorgd.
const CACHE = OURS + VERSION;
const SHARE = new URL("share", scope).href; // As in manifest.webmanifest.
const kept = new Set(Object.keys(FILES).map((path) => new URL(path, scope).href));

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { method } = event.request;
  const path = event.request.url.split(/[?#]/)[0];
  const file = path === scope + "index.html" ? scope : path;
  if (method === "GET" && kept.has(file)) event.respondWith(fromCopy(file, event.request));
  if (method === "POST" && path === SHARE) event.respondWith(receive(event.request));
});

async function keep() {
  const cache = await caches.open(CACHE);
  // A file with its hash in its name may come from the browser's cache: the page has just loaded it.
  await cache.addAll(Object.entries(FILES).map(([path, integrity]) =>
    new Request(path, { integrity, cache: path.startsWith("assets/") ? "default" : "no-cache" })));
}

async function forgetOlder() {
  const older = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function fromCopy(file, request) {
  const cache = await caches.open(CACHE);
  return await cache.match(file, { ignoreVary: true }) ?? fetch(request);
}

// Held in memory only, until the next page that opens asks for it.
let shared;
async function receive(request) {
  const form = await request.formData();
  const text = [form.get("title"), form.get("text")].filter(Boolean).join("\n\n");
  shared = { files: form.getAll("files").filter((file) => file.size > 0), text };
  return Response.redirect(scope, 303);
}

self.addEventListener("message", ({ data, source }) => {
  if (data === "activate") self.skipWaiting();
  if (data === "shared" && shared) {
    source.postMessage(shared);
    shared = undefined;
  }
});
