// Takes stock of every ligand after a round: which runs have finished a generation, which are done, whether they agree.

/// Generations and runs from which on an agreement means something: two runs may agree by chance.
override AUTO_STOP_GENERATIONS: u32 = 3u;
override AUTO_STOP_RUNS: u32 = 8u;

var<workgroup> stocks: array<vec4<f32>, WORKGROUP>;

/// A run whose population has finished its local searches: finds its champion, then breeds again or ends.
fn finish_generation(ligand: Ligand, run_at: u32) {
    let first = run_at * search.population;
    var champion = first;
    for (var k = 1u; k < search.population; k += 1u) {
        if status[first + k].best < status[champion].best { champion = first + k; }
    }
    runs[run_at].champion = champion;
    runs[run_at].best = status[champion].best;
    runs[run_at].generation += 1u;
    let spent = atomicLoad(&runs[run_at].evaluations) >= ligand.evaluations;
    runs[run_at].phase = select(BREEDING, FINISHED, spent);
    atomicStore(&runs[run_at].unfinished, search.population);
}

/// Moves one run on; says whether it still goes on.
fn follow(ligand: Ligand, run_at: u32) -> bool {
    if runs[run_at].phase == BREEDING { runs[run_at].phase = SEARCHING; }
    if runs[run_at].evaluations_to_target == 0u && atomicLoad(&runs[run_at].reached) == 1u {
        runs[run_at].evaluations_to_target = atomicLoad(&runs[run_at].evaluations);
    }
    if runs[run_at].phase == SEARCHING && atomicLoad(&runs[run_at].unfinished) == 0u {
        finish_generation(ligand, run_at);
    }
    return runs[run_at].phase != FINISHED;
}

/// Whether the best scores of all runs lie within a standard deviation of `auto_stop` kcal/mol of each other.
fn agree(total: vec4<f32>) -> bool {
    let count = f32(search.runs);
    let mean = total.y / count;
    let variance = max(total.z / count - mean * mean, 0.0);
    return search.runs >= AUTO_STOP_RUNS && total.w == count && sqrt(variance) < search.auto_stop;
}

/// Follows the runs of this lane; (going on, sum of best, sum of squares, runs old enough to agree).
fn take_stock(slot: u32, lane: u32) -> vec4<f32> {
    let ligand = ligands[slot];
    var stock = vec4<f32>();
    for (var run = lane; run < search.runs; run += WORKGROUP) {
        let run_at = slot * search.runs + run;
        let going_on = follow(ligand, run_at);
        let best = select(runs[run_at].best, 0.0, runs[run_at].generation == 0u);
        stock += vec4(f32(going_on), best, best * best, f32(runs[run_at].generation >= AUTO_STOP_GENERATIONS));
    }
    return stock;
}

@compute @workgroup_size(WORKGROUP)
fn census(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
    let slot = group.x;
    let going_on = progress[slot].running != 0u;
    stocks[lane] = vec4<f32>();
    if going_on { stocks[lane] = take_stock(slot, lane); }
    workgroupBarrier();
    if lane != 0u || !going_on { return; }
    var total = vec4<f32>();
    for (var k = 0u; k < WORKGROUP; k += 1u) { total += stocks[k]; }
    let parity = progress[slot].round & 1u;
    atomicStore(&progress[slot].waiting[parity], 0u);
    progress[slot].round += 1u;
    progress[slot].running = select(u32(total.x), 0u, agree(total));
}
