// How the page starts on a site: its parts come from the addresses on this script's tag (index.html). What the
// browser does for a site is added here: a copy that works offline, and evidence from other programs.
//
// Rust's ways in, besides those of start.js:
//   bezorgdOnUpdate(told)  calls told() once a newer version of the site is ready
//   bezorgdUpdate()        goes on with that version
//   bezorgdOnHanded(take)  calls take(files, text) with what another program hands over

const addresses = document.querySelector("script[data-service-worker]").dataset;
const address = (path) => new URL(path, document.baseURI).href;

async function load(part) {
  const response = await fetch(address(addresses[part]));
  if (!response.ok) throw new Error(`${addresses[part]}: ${response.status}`);
  return response;
}

function isOwnScript(url) {
  return url === address(addresses.serviceWorker);
}

// What was handed over before the page could take it waits for the page.
let take;
const handed = [];
function hand(...evidence) {
  handed.push(...evidence);
  while (take && handed.length) take(...handed.shift());
}
globalThis.bezorgdOnHanded = (callback) => {
  take = callback;
  hand();
};

// Files that are opened with the installed page (manifest.webmanifest).
globalThis.launchQueue?.setConsumer(async ({ files }) => {
  if (files?.length) hand([await Promise.all(files.map((file) => file.getFile())), ""]);
});

// What is shared with it: the service worker holds that until a page asks for it.
const { serviceWorker } = navigator;
if (serviceWorker) serviceWorker.onmessage = ({ data }) => hand([data.files, data.text]);
serviceWorker?.controller?.postMessage("shared");

// A page goes on with the version it was opened with until its reader wants the newer one.
let told;
let registration;
function tellOfUpdate() {
  if (registration?.active && registration.waiting) told?.();
}
globalThis.bezorgdOnUpdate = (callback) => {
  told = callback;
  tellOfUpdate();
};
globalThis.bezorgdUpdate = () => {
  const next = registration.waiting;
  if (!next) return location.reload(); // Another page went on with it already.
  next.onstatechange = () => {
    if (next.state === "activated") location.reload();
  };
  next.postMessage("activate");
};
function follow(worker) {
  worker?.addEventListener("statechange", tellOfUpdate);
}

await start();
try {
  // After the start: the copy is for the next visit.
  const script = policy.createScriptURL(address(addresses.serviceWorker));
  registration = await serviceWorker?.register(script);
  follow(registration?.installing);
  registration?.addEventListener("updatefound", () => follow(registration.installing));
  tellOfUpdate();
} catch {
  // A browser that keeps no copy needs the network at the next visit, and no more than that.
}
