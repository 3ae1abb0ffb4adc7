// Files and folders that a person gives. In one script with start.js, and here instead of in Rust because it waits for
// the browser at every step, which takes a tenth of the code in this language. Nothing here rejects: Rust calls
//   bezorgdDropped(data)          the items of a drop: for each its name, a file or an entry, and whether that is a folder
//   bezorgdPrepare(items, small)  a promise of what each item is: a file with its size, and its bytes if there are few;
//                                 a folder as the items in it; or the browser's words for what went wrong
//   bezorgdRead(file, from, to)   a promise of these bytes, or of such words

const given = (item) => [item.fullPath?.slice(1) ?? item.name, item, !!item.isDirectory];

const answer = (ask) => new Promise(ask);

const said = (error) => `${error.message}`;

globalThis.bezorgdDropped = (data) => Array.from(data.items, (item) => {
  const entry = item.webkitGetAsEntry();
  // Straight from the item: on a `file:` page, an entry does not give its file.
  return entry?.isDirectory ? entry : item.getAsFile();
}).filter(Boolean).map(given);

// All items are asked for at once: each answer takes the browser longer than the work for it.
globalThis.bezorgdPrepare = (items, small) =>
  Promise.all(items.map((item) => (item.isDirectory ? contents(item) : found(item, small)).catch(said)));

globalThis.bezorgdRead = (file, from, to) => bytesOf(file.slice(from, to), to - from).catch(said);

async function found(item, small) {
  const file = item.file ? await answer((resolve, reject) => item.file(resolve, reject)) : item;
  const { size } = file;
  // Also if it is empty: a file that is gone seems so.
  const bytes = size <= small ? await bytesOf(file, size) : null;
  return { file, size, bytes: size ? bytes : null };
}

async function bytesOf(blob, size) {
  const bytes = await blob.arrayBuffer();
  // Not every browser reports that a file has become shorter since it was chosen.
  if (bytes.byteLength < size) throw new Error("the file has changed");
  return bytes;
}

// Everything in a folder but hidden files; the browser lists it in portions, the last of which is empty.
async function contents(folder) {
  const reader = folder.createReader();
  const entries = [];
  for (let portion; portion?.length !== 0; entries.push(...portion))
    portion = await answer((resolve, reject) => reader.readEntries(resolve, reject));
  const shown = entries.filter((entry) => entry.isDirectory || !entry.name.startsWith("."));
  return shown.sort((one, other) => (one.fullPath < other.fullPath ? -1 : 1)).map(given);
}
