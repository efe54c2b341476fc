// Products in registers, as many a second as the device does: each invocation takes sixteen chains through many turns.

override TURNS: u32 = 1000;

@group(0) @binding(0) var<storage, read_write> sums: array<u32>;
// Of each group how many products a turn has, and how many bits the limbs that kernels multiply.
@group(0) @binding(1) var<storage, read_write> counts: array<u32>;

@compute @workgroup_size(64)
fn products(@builtin(global_invocation_id) id: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
    let a = vec4<u32>(id.x, id.x + 1u, id.x + 2u, id.x + 3u) | vec4<u32>(1u);
    var first = a;
    var second = a + 4u;
    var third = a + 8u;
    var fourth = a + 12u;
    for (var turn = 0u; turn < TURNS; turn += 1u) {
        first = first * a + a;
        second = second * a + a;
        third = third * a + a;
        fourth = fourth * a + a;
    }
    let sum = first + second + third + fourth;
    sums[id.x] = sum.x + sum.y + sum.z + sum.w;
    counts[2u * group.x] = 16u * 64u;
    counts[2u * group.x + 1u] = 12u;
}
