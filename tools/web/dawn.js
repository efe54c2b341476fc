// Runs an export in Dawn, Chrome's WebGPU with the Tint compiler, as the npm package `webgpu` brings it to node.

import { createRequire } from "node:module";
import { create, globals } from "webgpu";
import { openAdapter, runAll } from "./check.js";
import { describeAdapter } from "./describe.js";

const { version } = createRequire(import.meta.url)("webgpu/package.json");

/**
 * Opens Dawn on the adapter that it takes; the environment can choose Vulkan's driver.
 * @returns {Promise<{described: object, rows: AsyncGenerator}>} the adapter, and the rows of all samples
 */
export async function openDawn(exported) {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const described = describeAdapter(await openAdapter(gpu), "Dawn", `of npm's webgpu ${version}`);
  return { described, rows: runAll(gpu, exported, described) };
}
