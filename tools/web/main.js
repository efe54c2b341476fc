// The command line behind tools/check-web: builds the page, runs an export in Dawn and Chromium, or photographs the page.

import { mkdirSync, writeFileSync } from "node:fs";
import { buildPage } from "./build.js";
import { documentText } from "./describe.js";
import { readExport } from "./folder.js";
import { printTable } from "./summary.js";

/** A software device needs minutes where a GPU needs seconds. */
const PATIENCE = 15 * 60_000;

/** SwiftShader's compiler is at these for more than a minute; GPUs run them from the page. */
const TOO_LONG = ["bigint/polynomial"];

/** Samples with at most this many values, of kernels that are compiled in seconds, are for software devices. */
function small(exported, most) {
  const values = (sample) => sample.values.reduce((sum, { count }) => sum + count, 0);
  const samples = exported.manifest.samples.filter((sample) => !TOO_LONG.includes(sample.kernel) && values(sample) <= most);
  console.error(`left out: ${TOO_LONG.join(", ")}, which this software device compiles for too long`);
  return { ...exported, manifest: { ...exported.manifest, samples } };
}

/** The document of both implementations; a line on stderr for each sample that Dawn has done. */
async function runBoth(exported) {
  const { openDawn } = await import("./dawn.js");
  const { runInChromium } = await import("./chromium.js");
  const dawn = await openDawn(exported);
  const results = [];
  for await (const row of dawn.rows) {
    results.push(row);
    console.error(`dawn: ${row.kernel} ${row.sample}: ${row.ok ? `agrees, ${row.seconds} s` : row.reason}`);
  }
  const { state, report } = await runInChromium(await buildPage(exported), PATIENCE);
  if ((state === "good") !== report.results.every((row) => row.ok)) throw new Error(`the page is "${state}", its rows say otherwise`);
  const adapters = [dawn.described, { ...report.adapters[0], number: 1 }];
  const os = `${process.platform} ${process.arch}`;
  return { version: exported.manifest.trimaran, os, adapters, results: [...results, ...report.results] };
}

/** Runs everything; 0 where all agree, 1 where not. */
async function test(exported, asJson) {
  const { samples } = exported.manifest;
  if (!samples.length) throw new Error("no sample is left to run; give --most a larger number");
  const report = await runBoth(exported);
  const rows = report.results;
  if (rows.length !== 2 * samples.length) throw new Error(`${samples.length} samples gave ${rows.length} rows in two implementations`);
  // What a pipe has not taken by the exit would be lost.
  if (asJson) await new Promise((taken) => process.stdout.write(documentText(report), taken));
  else printTable(rows);
  return rows.every((row) => row.ok) ? 0 : 1;
}

const USAGE = "use: main.js build EXPORT PAGE.html | test EXPORT [--json] [--most VALUES] | look EXPORT FOLDER";

async function main([command, folder, ...rest]) {
  if (!folder) throw new Error(USAGE);
  const exported = readExport(folder);
  if (command === "build" && rest.length === 1) {
    const page = await buildPage(exported);
    writeFileSync(rest[0], page);
    console.log(`${rest[0]}: ${exported.manifest.samples.length} samples, ${(page.length / 1e6).toFixed(1)} MB`);
    return 0;
  }
  if (command === "look" && rest.length === 1) {
    const { look } = await import("./look.js");
    mkdirSync(rest[0], { recursive: true });
    await look(await buildPage(exported), rest[0], PATIENCE);
    return 0;
  }
  const most = rest.includes("--most") ? Number(rest[rest.indexOf("--most") + 1]) : Infinity;
  if (command === "test") return test(small(exported, most), rest.includes("--json"));
  throw new Error(USAGE);
}

// Dawn's threads would keep node alive, so the end is said aloud.
main(process.argv.slice(2)).then(process.exit, (error) => {
  console.error(`check-web: ${error.message}`);
  process.exit(error.message === USAGE ? 2 : 3);
});
