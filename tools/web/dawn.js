// Runs an export in Dawn, Chrome's WebGPU with the Tint compiler, as the npm package `webgpu` brings it to node.

import { createRequire } from "node:module";
import { create, globals } from "webgpu";
import { describeAdapter, openAdapter, runAll } from "./check.js";

const { version } = createRequire(import.meta.url)("webgpu/package.json");

/** Yields the rows of all samples on the adapter that Dawn takes; the environment can choose Vulkan's driver. */
export async function* runInDawn(exported) {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const adapter = describeAdapter(await openAdapter(gpu)).name;
  yield* runAll(gpu, exported, { adapter, driver: `Dawn of webgpu ${version} (node)` });
}
