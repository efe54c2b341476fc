// Collects the best poses of chosen individuals, so that the host reads no more than it reports.

@group(0) @binding(0) var<uniform> search: Search;
@group(0) @binding(1) var<storage, read> state: array<f32>;
@group(0) @binding(2) var<storage, read> champions: array<u32>;
/// POSE numbers for each of the champions.
@group(0) @binding(3) var<storage, read_write> poses: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn champion_poses(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= arrayLength(&poses) { return; }
    poses[id.x] = state[cell(BEST + id.x % POSE, champions[id.x / POSE])];
}
