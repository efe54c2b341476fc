// What the kernels of the genetic algorithm share: its settings, and the state that stays on the device.
//
// A batch holds `ligands` slots of `runs` x `population` individuals. Individual g has its poses and its local-search
// memory in planes of `state`, one plane a number, so that neighbouring invocations touch neighbouring words.

override WORKGROUP: u32 = 64;

struct Search {
    ligands: u32,
    runs: u32,
    population: u32,
    local_search_steps: u32,
    seed: vec2<u32>,
    auto_stop: f32,
    crossover_rate: f32,
    mutation_rate: f32,
    tournament_rate: f32,
    mutation_shift: f32,
    mutation_turn: f32,
}

/// Of one individual: the best score its local search has met, steps done, the score that the next gain is measured
/// from (ADADELTA) or the spread of the steps (Solis-Wets), and the steps since the last gain.
struct Status {
    best: f32,
    steps: u32,
    mark: f32,
    streak: i32,
}

const SEARCHING: u32 = 0u;
const BREEDING: u32 = 1u;
const FINISHED: u32 = 2u;

/// Of one run.
struct Run {
    phase: u32,
    generation: u32,
    champion: u32,
    best: f32,
    evaluations: atomic<u32>,
    unfinished: atomic<u32>,
    reached: atomic<u32>,
    evaluations_to_target: u32,
}

/// Of one ligand: how many individuals wait in its two queues, the round, and how many runs still go on.
struct Progress {
    waiting: array<atomic<u32>, 2>,
    round: u32,
    running: u32,
}

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

/// Numbers of a pose: translation 3, quaternion 4, torsions.
const POSE: u32 = 6u + FRAGMENTS;
/// Directions that a pose can move in: translation 3, rotation 3, torsions.
const MOVES: u32 = 5u + FRAGMENTS;
/// First planes: the pose being improved, the best pose met, and two numbers per direction of memory.
const CURRENT: u32 = 0u;
const BEST: u32 = POSE;
const MEMORY: u32 = 2u * POSE;

fn individuals() -> u32 {
    return search.ligands * search.runs * search.population;
}

fn cell(plane: u32, individual: u32) -> u32 {
    return plane * individuals() + individual;
}

/// Reads a pose from the planes that begin at `plane`.
fn load_pose(ligand: Ligand, plane: u32, individual: u32) {
    place = vec3(state[cell(plane, individual)], state[cell(plane + 1u, individual)], state[cell(plane + 2u, individual)]);
    orientation = vec4(state[cell(plane + 3u, individual)], state[cell(plane + 4u, individual)],
        state[cell(plane + 5u, individual)], state[cell(plane + 6u, individual)]);
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        angles[n] = state[cell(plane + 6u + n, individual)];
    }
}

fn store_pose(ligand: Ligand, plane: u32, individual: u32) {
    for (var k = 0u; k < 3u; k += 1u) {
        state[cell(plane + k, individual)] = place[k];
    }
    for (var k = 0u; k < 4u; k += 1u) {
        state[cell(plane + 3u + k, individual)] = orientation[k];
    }
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        state[cell(plane + 6u + n, individual)] = angles[n];
    }
}

/// Puts an individual into the ligand's queue of this parity. The order of a queue depends on the order of threads;
/// nothing that an individual computes depends on its place in it.
fn enqueue(ligand: u32, parity: u32, individual: u32) {
    let capacity = search.runs * search.population;
    let at = atomicAdd(&progress[ligand].waiting[parity], 1u);
    queue[(2u * ligand + parity) * capacity + at] = individual;
}
