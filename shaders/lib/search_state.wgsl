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

/// Reads the pose that begins at number `at` of the individual's row.
fn load_pose(ligand: Ligand, at: u32, individual: u32) {
    for (var k = lane_of_pose(); k < 6u + ligand.fragments; k += LANES) {
        genes[k] = state[cell(at + k, individual)];
    }
}

fn store_pose(ligand: Ligand, at: u32, individual: u32) {
    for (var k = lane_of_pose(); k < 6u + ligand.fragments; k += LANES) {
        state[cell(at + k, individual)] = genes[k];
    }
}

/// Puts an individual into the ligand's queue of this parity. The order of a queue depends on the order of threads;
/// nothing that an individual computes depends on its place in it.
fn enqueue(ligand: u32, parity: u32, individual: u32) {
    let capacity = search.runs * search.population;
    let last = atomicAdd(&progress[ligand].waiting[parity], 1u);
    queue[(2u * ligand + parity) * capacity + last] = individual;
}
