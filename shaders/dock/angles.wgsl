// Sine and cosine of given angles, one invocation for each: proves shaders/lib/sine_cosine.wgsl on a device.

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> radians: array<f32>;
@group(0) @binding(1) var<storage, read_write> results: array<vec2<f32>>;

@compute @workgroup_size(WORKGROUP)
fn angles(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= arrayLength(&results) { return; }
    results[id.x] = sine_cosine(radians[id.x]);
}
