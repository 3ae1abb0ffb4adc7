// Tests the module in dist/api in Node: its JSON is that of the command line. `cargo xtask test` builds it and runs this.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { basename } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = new URL("../../../", import.meta.url);
const API = new URL("dist/api/", ROOT);
const FIXTURES = new URL("tests/fixtures/", ROOT);
const EXPECTED = ".expected.json";
const NOW = "2026-03-12T13:00:00+01:00"; // As in tests/support.
const DAMAGED = "unreadable/damaged.xls"; // On which the reader of workbooks panics.

let instances = 0;
async function load() {
  const module = await import(new URL(`bezorgd.js?${instances++}`, API));
  await module.default({ module_or_path: await readFile(new URL("bezorgd_bg.wasm", API)) });
  return module;
}

const { diagnose, Reader } = await load();
const bytes = (fixture) => readFile(new URL(fixture, FIXTURES));
const expected = (fixture) => readFile(new URL(fixture + EXPECTED, FIXTURES), "utf8");
const pretty = (diagnoses) => `${JSON.stringify(diagnoses, null, 2)}\n`;

const fixtures = (await readdir(FIXTURES, { recursive: true }))
  .filter((file) => file.endsWith(EXPECTED))
  .map((file) => file.slice(0, -EXPECTED.length))
  .filter((fixture) => fixture !== DAMAGED);
assert.ok(fixtures.length > 100, "fixtures are missing");

test("every fixture gives the JSON of the command line, byte for byte", async () => {
  for (const fixture of fixtures) {
    const options = { name: basename(fixture), now: NOW };
    assert.equal(pretty(diagnose(await bytes(fixture), options)), await expected(fixture), fixture);
  }
});

test("slices give the same as the entire file", async () => {
  for (const fixture of fixtures) {
    const [all, reader] = [await bytes(fixture), new Reader({ name: basename(fixture), now: NOW })];
    const found = [];
    for (let at = 0; at < all.length; at += 5000) found.push(...reader.feed(all.subarray(at, at + 5000)));
    found.push(...reader.finish());
    assert.equal(pretty(found), await expected(fixture), fixture);
  }
});

test("a mailbox gives its diagnoses while it is fed", async () => {
  const mail = await bytes("bounces/courier.eml");
  const reader = new Reader({ name: "bounces.mbox", now: NOW });
  const message = Buffer.concat([Buffer.from("From MAILER-DAEMON Thu Mar 12 13:00:00 2026\n"), mail, Buffer.from("\n")]);
  const found = Array.from({ length: 20 }, () => reader.feed(message).length);
  assert.ok(found.reduce((sum, count) => sum + count) >= 18, `${found}`);
});

test("a wrong call throws an error that says what is wrong", async () => {
  const wrong = (call, message) => assert.throws(call, (error) => error instanceof Error && message.test(error.message));
  const nothing = new Uint8Array();
  wrong(() => diagnose("550 5.1.1 User unknown"), /expected a `Uint8Array`.*TextEncoder/);
  wrong(() => diagnose(nothing, "report.csv"), /`options` must be an object, e\.g\. /);
  wrong(() => diagnose(nothing, { sender: "pomm" }), /`sender`.*`pomm`.*`pom`, `wise`, `other`/);
  wrong(() => diagnose(nothing, { now: "2026-03-12T13:00:00" }), /`now`.*offset, such as/);
  wrong(() => new Reader({ now: new Date() }), /`now`.*expected a string/);
  wrong(() => new Reader({ nwo: NOW }), /unknown option `nwo`, expected `name`/);
  const reader = new Reader();
  wrong(() => reader.feed(new ArrayBuffer(8)), /expected a `Uint8Array`/);
  assert.equal(reader.finish()[0].problems[0].code, "empty");
  wrong(() => reader.feed(nothing), /has finished; create a new one/);
});

test("the options override the sender and the present", async () => {
  const report = await bytes("reports/pom.csv");
  const states = (options) => diagnose(report, options)[0].recipients.map(({ state }) => state);
  assert.ok(states({ now: NOW }).includes("retrying"));
  assert.ok(!states({ now: "2027-01-01T00:00:00Z" }).includes("retrying"));
  assert.equal(diagnose(report, { sender: "other", now: NOW })[0].sender, "other");
});

test("a module that stopped says so, and can be imported again", async () => {
  const stopped = await load();
  const [damaged, sound] = [await bytes(DAMAGED), await bytes("reports/pom.csv")];
  assert.throws(() => stopped.diagnose(damaged), /this file stopped the module/);
  assert.throws(() => stopped.diagnose(sound), /an earlier file stopped the module; import it again/);
  const again = await load();
  assert.equal(again.diagnose(sound)[0].kind, "report");
});

test("the example for Node runs, and the README shows it and the page", async () => {
  const node = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL("example-node.js", API)),
    fileURLToPath(new URL("reports/pom.csv", FIXTURES)),
  ]);
  assert.equal(JSON.parse(node.stdout).kind, "report");
  const readme = await readFile(new URL("README.md", API), "utf8");
  for (const example of ["example-node.js", "example.html", "example.js"])
    assert.ok(readme.includes(await readFile(new URL(example, API), "utf8")), `README.md does not show ${example}`);
});

test("the package has the version of the project", async () => {
  const { version } = JSON.parse(await readFile(new URL("package.json", API), "utf8"));
  assert.ok((await readFile(new URL("Cargo.toml", ROOT), "utf8")).includes(`\nversion = "${version}"\n`));
});
