// Layout of the genetic algorithm's state, which stays on the device between generations.
//
// A batch holds `ligands` slots of `runs` x `population` individuals. Individual g has its poses and its local-search
// memory side by side in `state`, a row of numbers each: who works on an individual touches few cache lines.

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

/// Where in a row begin the pose being improved, the best pose met, and two numbers per direction of memory.
const CURRENT: u32 = 0u;
const BEST: u32 = POSE;
const MEMORY: u32 = 2u * POSE;

/// Place of a number of an individual in `state`.
fn cell(number: u32, individual: u32) -> u32 {
    return (2u * POSE + 2u * MOVES) * individual + number;
}
