// An adapter and its results in the words of `trimaran check --json`, so that both can be collected side by side.

/** Limits by the names of WebGPU and of trimaran. */
const LIMITS = {
  storage_binding_bytes: "maxStorageBufferBindingSize",
  uniform_binding_bytes: "maxUniformBufferBindingSize",
  buffer_bytes: "maxBufferSize",
  storage_buffers: "maxStorageBuffersPerShaderStage",
  workgroups_per_dimension: "maxComputeWorkgroupsPerDimension",
  invocations_per_workgroup: "maxComputeInvocationsPerWorkgroup",
  workgroup_memory_bytes: "maxComputeWorkgroupStorageSize",
};

/** Features that trimaran makes use of, by the names of WebGPU and of trimaran. */
const FEATURES = { "timestamp-query": "timestamp-query", subgroups: "subgroup", "shader-f16": "shader-f16" };

/**
 * Name, limits and features of an adapter. Browsers hide some of the names, and tell no more than whether it is software.
 * @param {GPUAdapter} adapter
 * @param {string} driver the implementation of WebGPU
 * @param {string} version its version and where it runs
 */
export function describeAdapter(adapter, driver, version) {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const name = device.replace(/-+$/, "") || [vendor, architecture].filter(Boolean).join(" ") || "unnamed adapter";
  return {
    number: 0,
    name: `${name}, webgpu`,
    kind: isFallbackAdapter ? "software" : "other",
    backend: "webgpu",
    driver,
    driver_info: [version, description].filter(Boolean).join(", "),
    features: Object.keys(FEATURES).filter((name) => adapter.features.has(name)).map((name) => FEATURES[name]),
    limits: Object.fromEntries(Object.entries(LIMITS).map(([name, own]) => [name, adapter.limits[own]])),
  };
}

/** The document of `--json`, a row a line. Numbers that JSON has no word for are null. */
export function documentText({ version, os, adapters, results }) {
  const lines = (items) => items.map((item) => JSON.stringify(item)).join(",\n");
  const head = `{\n"version": ${JSON.stringify(version)},\n"os": ${JSON.stringify(os)},\n`;
  return `${head}"adapters": [\n${lines(adapters)}\n],\n"results": [\n${lines(results)}\n]\n}\n`;
}
