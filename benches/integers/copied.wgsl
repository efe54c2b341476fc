// A copy from memory to memory, a word an invocation.

@group(0) @binding(0) var<storage, read> words: array<u32>;
@group(0) @binding(1) var<storage, read_write> copies: array<u32>;

@compute @workgroup_size(64)
fn copied(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let at = id.x + id.y * groups.x * 64u;
    if at < arrayLength(&words) { copies[at] = words[at]; }
}
