import { readFile } from "node:fs/promises";
import init, { diagnose } from "./bezorgd.js";

await init({ module_or_path: await readFile(new URL("bezorgd_bg.wasm", import.meta.url)) });
for (const name of process.argv.slice(2))
  for (const diagnosis of diagnose(await readFile(name), { name }))
    console.log(JSON.stringify(diagnosis));
