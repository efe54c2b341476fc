// Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701) on the genotype: some steps of every waiting individual.

/// Decay of the running means, and the constant under their roots.
override DECAY: f32 = 0.8;
override EPSILON: f32 = 1e-2;
/// Long units leap over the ridges between wells; of seven sets these had the lowest E50 (benches/redock.py measures it).
override SHIFT_UNIT: f32 = 1.5;
override TURN_UNIT: f32 = 0.6;
override ANGLE_UNIT: f32 = 1.0;
/// Steps without a gain of GAIN kcal/mol after which the search goes back to its best pose with units SHRINK as long.
override PATIENCE: i32 = 15;
override GAIN: f32 = 0.01;
override SHRINK: f32 = 0.1;
/// How often units shrink before the search ends.
override LEVELS: i32 = 1;
/// `streak` holds the level in its upper bits.
const LEVEL: i32 = 1 << 16u;

/// One coordinate's step, in its unit, from the slope by that unit; updates both running means.
fn stride(k: u32, slope: f32) -> f32 {
    let square = DECAY * memory[k].x + (1.0 - DECAY) * slope * slope;
    let step = -slope * sqrt((memory[k].y + EPSILON) / (square + EPSILON));
    memory[k] = vec2(square, DECAY * memory[k].y + (1.0 - DECAY) * step * step);
    return step;
}

fn move_pose(ligand: Ligand, level: i32) {
    for (var k = lane_of_pose(); k < ligand.fragments + 5u; k += LANES) {
        let unit = unit_of(k) * pow(SHRINK, f32(level));
        steps[k] = unit * stride(k, unit * gradient[k]);
    }
    displace(ligand);
}

/// Books one score; the mark to beat moves only by real gains, so that a creeping descent ends too.
fn book(mine: Status, score: f32) -> Status {
    let gained = mine.steps == 0u || score < mine.mark - GAIN;
    var next = mine;
    next.streak = select(mine.streak + 1, mine.streak / LEVEL * LEVEL, gained);
    next.mark = select(mine.mark, score, gained);
    next.best = select(mine.best, score, mine.steps == 0u || score < mine.best);
    next.steps += 1u;
    return next;
}

fn is_over(mine: Status) -> bool {
    return mine.steps >= search.local_search_steps || mine.streak / LEVEL > LEVELS;
}

@compute @workgroup_size(WORKGROUP)
fn adadelta(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) invocation: u32) {
    let individual = claim(group, invocation);
    if individual == NOBODY { return; }
    let ligand = ligands[group.x];
    var mine = load_status(individual);
    load_pose(ligand, CURRENT, individual);
    load_memory(ligand, individual, mine.steps == 0u);
    var done = 0u;
    while done < ligand.steps && !is_over(mine) {
        let energy = pose_energy(ligand);
        let score = energy.x + energy.y;
        if mine.steps == 0u || score < mine.best { store_pose(ligand, BEST, individual); }
        mine = book(mine, score);
        done += 1u;
        if mine.streak % LEVEL >= PATIENCE {
            mine.streak = (mine.streak / LEVEL + 1) * LEVEL;
            load_pose(ligand, BEST, individual);
            load_memory(ligand, individual, true);
        } else {
            move_pose(ligand, mine.streak / LEVEL);
        }
    }
    if !is_over(mine) {
        sync_lanes();
        store_pose(ligand, CURRENT, individual);
        store_memory(ligand, individual);
    }
    close(group, ligand, individual, mine, done, is_over(mine));
}
