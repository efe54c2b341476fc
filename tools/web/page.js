// The page's course: opens the GPU, runs all samples, shows how it goes, and saves the result.

import { openAdapter, runAll } from "./check.js";
import { describeAdapter, documentText } from "./describe.js";
import { unpack } from "./pack.js";
import { blockName, element, ResultTable } from "./table.js";

const at = (id) => document.getElementById(id);

/** How the limits of an adapter are called on the page, and their unit. */
const LIMIT_NAMES = {
  storage_binding_bytes: ["One binding", "bytes"],
  buffer_bytes: ["One buffer", "bytes"],
  invocations_per_workgroup: ["Workgroup", "invocations"],
  workgroup_memory_bytes: ["Workgroup memory", "bytes"],
  workgroups_per_dimension: ["Workgroups in a row", ""],
  storage_buffers: ["Storage buffers", ""],
};

/** Why there is no WebGPU here, or nothing where there is. */
function whyNoWebGPU() {
  if (navigator.gpu) return null;
  if (!window.isSecureContext) {
    return "This page was opened over plain http. Browsers offer WebGPU only over https, on localhost, or from a file.";
  }
  return (
    "This browser has no WebGPU, so there is nothing to run the kernels on. " +
    "Chrome and Edge have it since version 113 (on Android 121), Safari since 26, Firefox since 141 on Windows; on Linux it may have to be switched on."
  );
}

const system = navigator.userAgentData?.platform || navigator.platform;

/** The browser's own name, and its version. */
function browser() {
  const found = /(Edg|OPR|Firefox|HeadlessChrome|Chrome|Version)\/([\d.]+)/g;
  const names = [...navigator.userAgent.matchAll(found)].map(([, name, version]) => [name, version.split(".")[0]]);
  const [name, version] = names.find(([name]) => name === "Edg" || name === "OPR") ?? names[0] ?? ["a browser", ""];
  return [{ Edg: "Edge", OPR: "Opera", Version: "Safari" }[name] ?? name, `${version} on ${system}`];
}

function amount(number, unit) {
  if (unit !== "bytes") return `${number.toLocaleString("en")} ${unit}`.trim();
  const scale = [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"]].find(([size]) => number >= size) ?? [1, "bytes"];
  return `${Number((number / scale[0]).toFixed(1))} ${scale[1]}`;
}

function showAdapter({ name, kind, driver, driver_info, limits }) {
  at("adapter").textContent = name.replace(/, webgpu$/, "");
  at("driver").textContent = `${driver} ${driver_info}${kind === "software" ? "; a software device" : ""}`;
  const items = Object.entries(LIMIT_NAMES).map(([limit, [called, unit]]) =>
    element("div", "", element("dt", "", called), element("dd", "", amount(limits[limit], unit))));
  at("limits").replaceChildren(...items);
  at("device").hidden = false;
}

/** The state of the whole page in one sentence; `state` colours it and tells a driver of the page. */
function say(state, sentence, ...detail) {
  document.documentElement.dataset.state = state;
  at("sentence").textContent = sentence;
  at("detail").replaceChildren(...detail);
  document.title = `${sentence} · trimaran`;
}

function samplesIn(count) {
  return count === 1 ? "1 sample" : `${count} samples`;
}

function linkTo(block) {
  const link = element("a", "", block);
  link.href = `#${encodeURIComponent(block)}`;
  return link;
}

function sayTheEnd(results, count) {
  const bad = results.filter((row) => !row.ok);
  const links = [...new Set(bad.map(blockName))].flatMap((name) => [linkTo(name), " "]);
  if (bad.length) say("bad", `✗ ${bad.length} of ${samplesIn(count)} wrong`, ...links);
  else say("good", `✓ All ${samplesIn(count)} agree`, "This GPU gives the same answers as the references.");
}

/** Offers the document as a file, under a name with the day. */
function save(report) {
  const url = URL.createObjectURL(new Blob([documentText(report)], { type: "application/json" }));
  const link = element("a");
  link.href = url;
  link.download = `trimaran-check-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Runs everything once; `report` gains the results as they come. */
async function run(exported, table, report) {
  const { samples } = exported.manifest;
  table.showRunning(0);
  for await (const row of runAll(navigator.gpu, exported, report.adapters[0])) {
    report.results.push(row);
    const done = report.results.length;
    table.showResult(done - 1, row);
    table.showRunning(done);
    at("progress").value = done;
    const bad = report.results.filter((result) => !result.ok).length;
    say("running", `${done} of ${samplesIn(samples.length)} done`, bad ? `${bad} wrong so far` : "all agree so far");
  }
  sayTheEnd(report.results, samples.length);
}

async function main() {
  const reason = whyNoWebGPU();
  if (reason) throw new Error(reason);
  const packed = Uint8Array.from(atob(at("samples").textContent.trim()), (letter) => letter.charCodeAt(0));
  const exported = await unpack(packed);
  const described = describeAdapter(await openAdapter(navigator.gpu), ...browser());
  const { trimaran, samples } = exported.manifest;
  const table = new ResultTable(at("results"), samples);
  at("progress").max = samples.length;
  at("results").hidden = false;
  showAdapter(described);
  const report = { version: trimaran, os: system, adapters: [described], results: [] };
  at("save").addEventListener("click", () => save(report));
  at("save").disabled = false;
  try {
    await run(exported, table, report);
  } catch (error) {
    table.showSkipped(report.results.length);
    throw error;
  }
}

main().catch((error) => say("stopped", "The check could not run", error.message));
