// Starts the page and its worker. In one script with files.js, and with hosted.js or single_file.js, which follow: those
// define load(part) and isOwnScript(url), and call start().
//
// The glue of the page defines `wasm_bindgen` before this script runs. No address is compiled into the WASM; Rust calls:
//   bezorgdWords()       a promise of the texts of the reader's language
//   bezorgdSpawn()       a promise of a new worker, started from memory
//   bezorgdContainers()  a promise of the module that opens archives, workbooks and Outlook messages, and writes workbooks
//   bezorgdStopped()     shows that the page itself has crashed
// and the functions of hosted.js.

// The only addresses of scripts that this page creates: the one of its worker, and those that the host adds.
const ownScripts = {
  createScriptURL(url) {
    if (url.startsWith("blob:") || isOwnScript(url)) return url;
    throw new TypeError(`refused ${url}`);
  },
};
const policy = globalThis.trustedTypes?.createPolicy("bezorgd", ownScripts) ?? ownScripts;

// Runs in the worker, around the glue of that module: returns a fresh instance each time it is called.
const instantiate = [`
self.bezorgdInstantiate = (module) => {
`, `
  wasm_bindgen.initSync({ module });
  return wasm_bindgen;
};`];

// Runs in the worker, after its glue: the first message holds the texts and the WASM bytes. A rejected promise fires no `error` event
// on the worker, but an exception in a timer does.
const startWorker = `
self.onmessage = ({ data }) => {
  self.onmessage = null;
  self.bezorgdWords = data.words;
  wasm_bindgen({ module_or_path: data.wasm }).catch((error) => setTimeout(() => { throw error; }));
};`;

// Fetched once and kept, for the page and its workers.
let words;
globalThis.bezorgdWords = () => words ??= load("words").then((response) => response.text());

// Fetched once and kept: a restart must not depend on the network, nor on files that a newer version of the site has
// replaced. From a `blob:`, the worker inherits the content security policy of the page; from an address it would not.
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
  const [{ url, wasm }, texts] = await Promise.all([workerParts(), globalThis.bezorgdWords()]);
  const worker = new Worker(policy.createScriptURL(url));
  worker.postMessage({ words: texts, wasm });
  return worker;
};

// Fetched once and kept for later workers. Never fetched again, even if it failed: by then there may be evidence on the
// page, and from then on the page requests nothing.
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
    globalThis.bezorgdWords().catch(() => {}); // Reported to whoever asks for the texts,
    workerParts().catch(() => {}); // and to whoever asks for a worker.
    await wasm_bindgen({ module_or_path: load("page") });
  } catch (error) {
    globalThis.bezorgdStopped();
    throw error;
  }
}
