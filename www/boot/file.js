// How the page starts when it is one file: its parts stand in it, compressed, and it asks for nothing at all.

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

// What a site adds never comes.
globalThis.bezorgdOnUpdate = globalThis.bezorgdOnHanded = () => {};

await start();
