// The service worker: keeps a copy of this version of the site, so that the page opens without internet, and hands over
// what another program shares with it. The build fills in VERSION and FILES (site/src/service_worker.rs).
//
// A newer version is kept beside this one and waits until no page uses this one, or until a reader asks for it.
// Evidence is never kept: the cache holds FILES and nothing else.

const VERSION = "04f373885d13ea42";
// Every file by its path, with its SHA-256: the copy is exactly this version, or there is none.
const FILES = {"./":"sha256-IKdy5wqciOzbEmc7l6GgT8TSP7aZZLBVgsfH5JFlNlE=","assets/app-25774474bd4dc37b.js":"sha256-JXdEdL1Nw3seE85ZUelLKB/s3n4XRS9oVcOYi0gadYc=","assets/app_bg-74b894e1db2bb6d7.wasm":"sha256-dLiU4dsrttepfFrbG4xvbWEpP+JKEhZcoFE9hOi7jy4=","assets/boot-575449f81ccbb7db.js":"sha256-V1RJ+BzLt9tWAYa+MN5APvyaes0hL9C9oXFgRqFOJf4=","assets/containers-61f24b08a05a13a2.js":"sha256-YfJLCKBaE6K8RRJ/4JsIxSEs1c3yCEl2fsmzVLo6pms=","assets/containers_bg-2035c5eecefd2694.wasm":"sha256-IDXF7s79JpSO5p4K/n3tYq7sdmf1aSgxXNuy18oudoM=","assets/style-a9aa071c08ca50a0.css":"sha256-qaoHHAjKUKBKmtrBi7yzs4Ro0NZBZbyOt92OTuu2Xts=","assets/worker-5f1164e51ff01bcd.js":"sha256-XxFk5R/wG82UU7Jg2J+9EE7Y44mbuDLuJ2dsIFtei0g=","assets/worker_bg-76c0d7837c198cc0.wasm":"sha256-dsDXg3wZjMAvs82NEfNU9xxN3hTDETlCTmjf1R/Vfc8=","icon.svg":"sha256-RXmBtFhxnPoOwMA7Ccd0iMXocgF/kVPbbnouAcvSsfQ=","manifest.webmanifest":"sha256-g6aykNO8Li+TFa969K0hj6zQ/L3smdE0COiFJGPk4Gw="};

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
  // A file with its hash in its name may come from what the page just loaded.
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

// Held in memory alone, until the page that opens next asks for it.
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
