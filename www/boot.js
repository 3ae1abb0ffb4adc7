// Starts the page and knows how to start its worker. The only script that is written by hand.
//
// Trunk writes the addresses of the six artefacts on this script's tag (Trunk.toml), so that the page
// needs no inline script and Rust knows no address. The page defines no other way in than:
//   bezorgdSpawn()       a promise of a new worker, started from memory
//   bezorgdContainers()  a promise of the module with which the worker opens archives and workbooks and writes workbooks
//   bezorgdStopped()     shows the one sentence that remains when the page itself cannot go on

const { pageGlue, pageWasm, workerGlue, workerWasm, containersGlue, containersWasm } =
  document.querySelector("script[data-page-glue]").dataset;

const address = (path) => new URL(path, document.baseURI).href;

async function load(path) {
  const response = await fetch(address(path));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

// The one kind of script address this page ever makes: that of its own worker.
const ownWorker = {
  createScriptURL(url) {
    if (url.startsWith("blob:")) return url;
    throw new TypeError(`refused ${url}`);
  },
};
const policy = globalThis.trustedTypes?.createPolicy("bezorgd", ownWorker) ?? ownWorker;

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
    load(workerGlue).then((response) => response.text()),
    load(containersGlue).then((response) => response.text()),
    load(workerWasm).then((response) => response.arrayBuffer()),
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
  containers ??= load(containersWasm)
    .then((response) => response.arrayBuffer())
    .then((wasm) => WebAssembly.compile(wasm));

globalThis.bezorgdStopped = () => {
  document.getElementById("page").hidden = true;
  document.getElementById("stopped").hidden = false;
};

try {
  workerParts().catch(() => {}); // Whoever asks for a worker hears of it.
  const page = await import(address(pageGlue));
  await page.default({ module_or_path: address(pageWasm) });
} catch (error) {
  globalThis.bezorgdStopped();
  throw error;
}
