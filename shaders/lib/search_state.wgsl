// Access to the genetic algorithm's state: bindings, poses in and out, the queues of waiting individuals.

@group(0) @binding(0) var<uniform> grid: Grid;
@group(0) @binding(1) var<uniform> search: Search;
@group(0) @binding(2) var<storage, read> ligands: array<Ligand>;
@group(0) @binding(3) var<storage, read> topology: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read> maps: array<u32>;
@group(0) @binding(5) var<storage, read_write> state: array<f32>;
@group(0) @binding(6) var<storage, read_write> status: array<Status>;
@group(0) @binding(7) var<storage, read_write> runs: array<Run>;
@group(0) @binding(8) var<storage, read_write> progress: array<Progress>;
@group(0) @binding(9) var<storage, read_write> queue: array<u32>;

/// Workgroups along y of a dispatch over queues at most; the rest goes along z.
const QUEUE_ROW: u32 = 32768;

/// Reads the pose that begins at number `at` of the individual's row.
fn load_pose(ligand: Ligand, at: u32, individual: u32) {
    place = vec3(state[cell(at, individual)], state[cell(at + 1u, individual)], state[cell(at + 2u, individual)]);
    orientation = vec4(state[cell(at + 3u, individual)], state[cell(at + 4u, individual)],
        state[cell(at + 5u, individual)], state[cell(at + 6u, individual)]);
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        angles[n] = state[cell(at + 6u + n, individual)];
    }
}

fn store_pose(ligand: Ligand, at: u32, individual: u32) {
    for (var k = 0u; k < 3u; k += 1u) {
        state[cell(at + k, individual)] = place[k];
    }
    for (var k = 0u; k < 4u; k += 1u) {
        state[cell(at + 3u + k, individual)] = orientation[k];
    }
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        state[cell(at + 6u + n, individual)] = angles[n];
    }
}

/// Puts an individual into the ligand's queue of this parity. The order of a queue depends on the order of threads;
/// nothing that an individual computes depends on its place in it.
fn enqueue(ligand: u32, parity: u32, individual: u32) {
    let capacity = search.runs * search.population;
    let last = atomicAdd(&progress[ligand].waiting[parity], 1u);
    queue[(2u * ligand + parity) * capacity + last] = individual;
}

/// Which part of the queue a workgroup takes. Software devices deal neighbouring workgroups to one thread, and a queue is
/// full at its front only: neighbours must not take neighbouring parts, or one thread has it all. Golden steps through a
/// power of two spread any run of neighbours evenly (Knuth, The Art of Computer Programming 3, 6.4).
fn part_of_queue(group: vec3<u32>) -> u32 {
    let parts = (search.runs * search.population + WORKGROUP - 1u) / WORKGROUP;
    let dealt = 1u << (firstLeadingBit(parts - 1u) + 1u);
    let golden = u32(0.618034 * f32(dealt)) | 1u;
    return ((group.y + QUEUE_ROW * group.z) * golden) & (dealt - 1u);
}
