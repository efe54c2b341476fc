// Runs exported samples of kernels on a WebGPU implementation: the core that node and the page share.

import { readDoubles, readValues, worstDifference } from "./values.js";

/** The version of the export's format that this runner reads. */
const FORMAT = 1;

/**
 * An export, as both ways of storing one give it.
 * @typedef {{manifest: object, bytes: (file: string) => Uint8Array}} Export
 */

/** Throws where the manifest is not of the format that this runner reads. */
export function demandFormat(manifest) {
  if (manifest.format !== FORMAT) {
    throw new Error(`the export has format ${manifest.format}, this runner reads ${FORMAT}; make both with one version`);
  }
}

/** The files that a sample needs, its shader first. */
export function filesOf(sample) {
  return [sample.wgsl, sample.expected, ...sample.bindings.map((binding) => binding.file)];
}

/** The implementation's adapter. Throws a sentence where it gives none. */
export async function openAdapter(gpu) {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("WebGPU is here but offers no adapter: the GPU or its driver is not supported, or is switched off.");
  return adapter;
}

/** The first error that `work` causes on the device, as its result or as a thrown sentence. */
async function guarded(device, work) {
  const filters = ["validation", "out-of-memory", "internal"];
  for (const filter of filters) device.pushErrorScope(filter);
  const outcome = await work().then((value) => ({ value }), (error) => ({ error }));
  const scopes = await Promise.all(filters.map(() => device.popErrorScope()));
  const fault = scopes.find(Boolean) ?? outcome.error;
  if (fault) throw new Error(fault.message || String(fault));
  return outcome.value;
}

async function makeShader(device, sample, code) {
  const shader = device.createShaderModule({ label: sample.kernel, code });
  const { messages } = await shader.getCompilationInfo();
  const error = messages.find((message) => message.type === "error");
  if (error) throw new Error(`${sample.wgsl}:${error.lineNum}:${error.linePos}: ${error.message}`);
  return shader;
}

/** One layout per group up to the highest one used; written out, since "auto" leaves unused bindings out. */
function makeLayouts(device, sample) {
  const groups = Math.max(0, ...sample.bindings.map((binding) => binding.group + 1));
  return Array.from({ length: groups }, (_, group) => {
    const bindings = sample.bindings.filter((binding) => binding.group === group);
    const entries = bindings.map(({ binding, kind: type }) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } }));
    return device.createBindGroupLayout({ entries });
  });
}

function makeBuffer(device, binding, bytes) {
  const use = binding.kind === "uniform" ? GPUBufferUsage.UNIFORM : GPUBufferUsage.STORAGE;
  const size = Math.ceil(bytes.byteLength / 4) * 4;
  const usage = use | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = device.createBuffer({ label: binding.name, size, usage, mappedAtCreation: true });
  new Uint8Array(buffer.getMappedRange()).set(bytes);
  buffer.unmap();
  return buffer;
}

/** Dispatches once and copies the buffers that hold results; ends when these can be read. */
async function dispatch(device, sample, pipeline, groups, buffers) {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  groups.forEach((group, at) => pass.setBindGroup(at, group));
  pass.dispatchWorkgroups(...sample.groups);
  pass.end();
  const copies = new Map();
  for (const { binding } of sample.values) {
    if (copies.has(binding)) continue;
    const { size } = buffers.get(binding);
    const copy = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    encoder.copyBufferToBuffer(buffers.get(binding), 0, copy, 0, size);
    copies.set(binding, copy);
  }
  device.queue.submit([encoder.finish()]);
  await Promise.all([...copies.values()].map((copy) => copy.mapAsync(GPUMapMode.READ)));
  return copies;
}

/** The kernel's numbers for one sample. */
async function compute(device, sample, bytes) {
  const shader = await makeShader(device, sample, new TextDecoder().decode(bytes(sample.wgsl)));
  const layouts = makeLayouts(device, sample);
  const pipeline = await device.createComputePipelineAsync({
    layout: device.createPipelineLayout({ bindGroupLayouts: layouts }),
    compute: { module: shader, entryPoint: sample.entry, constants: sample.constants },
  });
  const buffers = new Map(sample.bindings.map((binding) => [binding.name, makeBuffer(device, binding, bytes(binding.file))]));
  const groups = layouts.map((layout, group) => {
    const bindings = sample.bindings.filter((binding) => binding.group === group);
    const entries = bindings.map(({ binding, name }) => ({ binding, resource: { buffer: buffers.get(name) } }));
    return device.createBindGroup({ layout, entries });
  });
  const copies = await dispatch(device, sample, pipeline, groups, buffers);
  const results = new Map([...copies].map(([binding, copy]) => [binding, new Uint8Array(copy.getMappedRange())]));
  const numbers = readValues(sample, (binding) => results.get(binding));
  for (const buffer of [...buffers.values(), ...copies.values()]) buffer.destroy();
  return numbers;
}

/**
 * Runs one sample and compares.
 * @param {Function} bytes the bytes of a file of the export
 * @returns {Promise<{roundings: ?number, ok: boolean, reason?: string}>} never rejects; no roundings where the kernel
 *   could not run
 */
export async function runSample(device, sample, bytes) {
  const lost = device.lost.then(({ message }) => Promise.reject(new Error(`the device was lost: ${message}`)));
  try {
    const numbers = await Promise.race([guarded(device, () => compute(device, sample, bytes)), lost]);
    const { roundings, at, got, want } = worstDifference(readDoubles(bytes(sample.expected)), numbers);
    if (roundings <= sample.roundings) return { roundings, ok: true };
    return { roundings, ok: false, reason: `value ${at} is ${got}, expected ${want}` };
  } catch (error) {
    return { roundings: null, ok: false, reason: error.message || String(error) };
  }
}

/**
 * Runs samples one after the other and yields their rows, as `trimaran check --json` has them.
 * A lost device fails the sample that lost it; the next one gets a new device.
 * @param {GPU} gpu where adapters come from
 * @param {Export} exported what to run
 * @param {{name: string, driver: string, driver_info: string}} described what it runs on
 */
export async function* runAll(gpu, exported, described) {
  demandFormat(exported.manifest);
  const names = { adapter: described.name, driver: `${described.driver} ${described.driver_info}` };
  let device = null;
  for (const sample of exported.manifest.samples) {
    if (!device) {
      device = await (await openAdapter(gpu)).requestDevice();
      const opened = device;
      opened.lost.then(() => { if (device === opened) device = null; });
    }
    const start = performance.now();
    const { roundings, ok, reason } = await runSample(device, sample, exported.bytes);
    const seconds = Math.round(performance.now() - start) / 1000;
    const { kernel, variant, sample: size, roundings: allowed } = sample;
    yield { kernel, variant, ...names, mode: "checked", sample: size, roundings, allowed, seconds, ok, ...(reason && { reason }) };
  }
  device?.destroy();
}
