// Starts the page and knows how to start its worker. Followed, in one script, by where the parts of the
// page come from: site.js or file.js, which define load(part) and isOwnScript(url) and call start().
//
// The glue of the page defines `wasm_bindgen` before this script runs. Rust knows no address; its ways
// in are these:
//   bezorgdSpawn()       a promise of a new worker, started from memory
//   bezorgdContainers()  a promise of the module with which the worker opens archives and workbooks and writes workbooks
//   bezorgdStopped()     shows the one sentence that remains when the page itself cannot go on
// and those that only a site has (site.js).

// The only addresses of scripts that this page ever makes: that of its own worker, and what the site adds.
const ownScripts = {
  createScriptURL(url) {
    if (url.startsWith("blob:") || isOwnScript(url)) return url;
    throw new TypeError(`refused ${url}`);
  },
};
const policy = globalThis.trustedTypes?.createPolicy("bezorgd", ownScripts) ?? ownScripts;

// Runs in the worker, around the glue of that module: gives a fresh instance each time it is called.
const instantiate = [`
self.bezorgdInstantiate = (module) => {
`, `
  wasm_bindgen.initSync({ module });
  return wasm_bindgen;
};`];

// Runs in the worker, after its glue: takes the WASM bytes as the first message. A rejected promise
// raises no `error` event on the worker, an exception in a timer does.
const startWorker = `
self.onmessage = ({ data }) => {
  self.onmessage = null;
  wasm_bindgen({ module_or_path: data }).catch((error) => setTimeout(() => { throw error; }));
};`;

// Fetched once and kept: a restart must not depend on the network, nor on files that a newer version of the site
// has replaced. From a blob: the worker inherits this page's content security policy; from an address it would not.
let parts;
function workerParts() {
  parts ??= Promise.all([
    load("workerGlue").then((response) => response.text()),
    load("containersGlue").then((response) => response.text()),
    load("worker").then((response) => response.arrayBuffer()),
  ]).then(([glue, containersGlue, wasm]) => {
    const code = [glue, instantiate[0], containersGlue, instantiate[1], startWorker];
    const script = new Blob(code, { type: "text/javascript" });
    return { url: URL.createObjectURL(script), wasm };
  }).catch((error) => {
    parts = undefined;
    throw error;
  });
  return parts;
}

globalThis.bezorgdSpawn = async () => {
  const { url, wasm } = await workerParts();
  const worker = new Worker(policy.createScriptURL(url));
  worker.postMessage(wasm);
  return worker;
};

// Fetched once and kept, for the workers to come. Never fetched again, even if it failed: by then there
// may be evidence on the page, and from then on the page asks for nothing.
let containers;
globalThis.bezorgdContainers = () =>
  containers ??= load("containers")
    .then((response) => response.arrayBuffer())
    .then((wasm) => WebAssembly.compile(wasm));

globalThis.bezorgdStopped = () => {
  document.getElementById("page").hidden = true;
  document.getElementById("stopped").hidden = false;
};

async function start() {
  try {
    workerParts().catch(() => {}); // Whoever asks for a worker hears of it.
    await wasm_bindgen({ module_or_path: load("page") });
  } catch (error) {
    globalThis.bezorgdStopped();
    throw error;
  }
}
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
