// Starts the page from a single file: its parts are inside it, compressed, and nothing is requested.

async function load(part) {
  const element = document.querySelector(`script[data-part=${part}]`);
  const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
  element.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": "application/wasm" } });
}

function isOwnScript() {
  return false;
}

// Only a host has newer versions and evidence from other programs.
globalThis.bezorgdOnUpdate = globalThis.bezorgdOnHandover = () => {};

await start();
