import init, { Reader } from "./bezorgd.js";

const ready = init();
const [input, output] = document.querySelectorAll("input, pre");
const show = (diagnoses) => diagnoses.forEach(({ file, recipients }) =>
  recipients.forEach(({ address, cause }) => output.append(`${file}: ${address}: ${cause}\n`)));
input.onchange = async () => {
  await ready;
  for (const file of input.files) {
    const reader = new Reader({ name: file.name });
    for (let at = 0; at < file.size; at += 8e6)
      show(reader.feed(new Uint8Array(await file.slice(at, at + 8e6).arrayBuffer())));
    show(reader.finish());
  }
};
