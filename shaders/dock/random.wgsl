// Random words and numbers in (0, 1), one counter per invocation: proves shaders/lib/philox.wgsl on a device.

override WORKGROUP: u32 = 64;

struct Params { first: u32, stream: u32, key_low: u32, key_high: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> words: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> numbers: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn random(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= arrayLength(&words) { return; }
    let drawn = philox(
        vec4<u32>(params.first + id.x, 0u, params.stream, 0u),
        vec2<u32>(params.key_low, params.key_high),
    );
    words[id.x] = drawn;
    numbers[id.x] = vec4<f32>(uniform01(drawn.x), uniform01(drawn.y), uniform01(drawn.z), uniform01(drawn.w));
}
