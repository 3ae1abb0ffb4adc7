// Starts the page on a host, from the addresses on this script's tag (index.html). Adds what a host makes possible: a
// copy that works offline, newer versions, and evidence from other programs.
//
// What Rust calls, besides the functions of start.js:
//   bezorgdOnUpdate(callback)    calls callback() once a newer version of the site is ready
//   bezorgdUpdate()              reloads the page with that version
//   bezorgdOnHandover(callback)  calls callback(files, text) with what another program hands over

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

// What arrives before the page has started waits for it.
let onHandover;
const handovers = [];
function handOver(...arrived) {
  handovers.push(...arrived);
  while (onHandover && handovers.length) onHandover(...handovers.shift());
}
globalThis.bezorgdOnHandover = (callback) => {
  onHandover = callback;
  handOver();
};

// Files opened with the installed page (manifest.webmanifest).
globalThis.launchQueue?.setConsumer(async ({ files }) => {
  if (files?.length) handOver([await Promise.all(files.map((file) => file.getFile())), ""]);
});

// Files and text shared with it: the service worker holds them until a page asks.
const { serviceWorker } = navigator;
if (serviceWorker) serviceWorker.onmessage = ({ data }) => handOver([data.files, data.text]);
serviceWorker?.controller?.postMessage("shared");

// Only a page that the service worker opened can be installed: what other programs share with it would otherwise go to
// the server. So the manifest comes from the copy, before there is any evidence.
if (serviceWorker?.controller) {
  const manifest = { rel: "manifest", href: address(addresses.manifest) };
  document.head.append(Object.assign(document.createElement("link"), manifest));
}

// A page stays on the version it was opened with until its reader asks for the newer one.
let onUpdate;
let registration;
function reportUpdate() {
  if (registration?.active && registration.waiting) onUpdate?.();
}
globalThis.bezorgdOnUpdate = (callback) => {
  onUpdate = callback;
  reportUpdate();
};
globalThis.bezorgdUpdate = () => {
  const next = registration.waiting;
  if (!next) return location.reload(); // Another page has already switched to it.
  next.onstatechange = () => {
    if (next.state === "activated") location.reload();
  };
  next.postMessage("activate");
};
function follow(worker) {
  worker?.addEventListener("statechange", reportUpdate);
}

await start();
try {
  // After the start: the copy is for the next visit.
  const script = policy.createScriptURL(address(addresses.serviceWorker));
  registration = await serviceWorker?.register(script);
  follow(registration?.installing);
  registration?.addEventListener("updatefound", () => follow(registration.installing));
  reportUpdate();
} catch {
  // In a browser that keeps no copy, the next visit needs the network. Nothing else is lost.
}
