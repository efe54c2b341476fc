// Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701) on the genotype: some steps of every waiting individual.

/// Decay of the running means, and the constant under their roots.
override DECAY: f32 = 0.8;
override EPSILON: f32 = 1e-2;
/// Units that a step is measured in: A of translation, radian of rotation, radian of torsion. Long ones leap over the
/// ridges between wells; of seven sets these had the lowest E50 (benches/redock.py measures it).
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

var<private> unit: f32;

var<private> squares: array<f32, MOVES>;
var<private> strides: array<f32, MOVES>;

/// One coordinate's step, in its unit, from the gradient by that unit; updates both running means.
fn stride(k: u32, slope: f32) -> f32 {
    let square = DECAY * squares[k] + (1.0 - DECAY) * slope * slope;
    let step = -slope * sqrt((strides[k] + EPSILON) / (square + EPSILON));
    squares[k] = square;
    strides[k] = DECAY * strides[k] + (1.0 - DECAY) * step * step;
    return step;
}

fn move_pose(ligand: Ligand) {
    let slope = place_gradient * SHIFT_UNIT * unit;
    place += SHIFT_UNIT * unit * vec3(stride(0u, slope.x), stride(1u, slope.y), stride(2u, slope.z));
    let torque = turn_gradient * TURN_UNIT * unit;
    let turn = TURN_UNIT * unit * vec3(stride(3u, torque.x), stride(4u, torque.y), stride(5u, torque.z));
    orientation = normalize(compose(from_rotation_vector(turn), orientation));
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        angles[n] += ANGLE_UNIT * unit * stride(5u + n, ANGLE_UNIT * unit * angle_gradient[n]);
    }
}

fn load_memory(ligand: Ligand, individual: u32, fresh: bool) {
    for (var k = 0u; k < ligand.fragments + 5u; k += 1u) {
        squares[k] = 0.0;
        strides[k] = 0.0;
        if !fresh {
            squares[k] = state[cell(MEMORY + 2u * k, individual)];
            strides[k] = state[cell(MEMORY + 2u * k + 1u, individual)];
        }
    }
}

fn store_memory(ligand: Ligand, individual: u32) {
    for (var k = 0u; k < ligand.fragments + 5u; k += 1u) {
        state[cell(MEMORY + 2u * k, individual)] = squares[k];
        state[cell(MEMORY + 2u * k + 1u, individual)] = strides[k];
    }
}

@compute @workgroup_size(WORKGROUP)
fn adadelta(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
    let slot = group.x;
    let parity = progress[slot].round & 1u;
    let place_in_queue = part_of_queue(group) * WORKGROUP + lane;
    // A ligand whose runs agreed has stopped with individuals in its queue; nobody takes stock of them any more.
    if progress[slot].running == 0u || place_in_queue >= atomicLoad(&progress[slot].waiting[parity]) { return; }
    let ligand = ligands[slot];
    let individual = queue[(2u * slot + parity) * search.runs * search.population + place_in_queue];
    let run_at = individual / search.population;

    var mine = status[individual];
    let fresh = mine.steps == 0u;
    load_pose(ligand, CURRENT, individual);
    load_memory(ligand, individual, fresh);
    var done = 0u;
    unit = pow(SHRINK, f32(mine.streak / LEVEL));
    while done < ligand.steps && mine.steps < search.local_search_steps && mine.streak / LEVEL <= LEVELS {
        let energy = pose_energy(ligand);
        let score = energy.x + energy.y;
        let level = mine.streak / LEVEL;
        // The mark to beat moves only by real gains, so that a creeping descent ends too.
        let gained = mine.steps == 0u || score < mine.mark - GAIN;
        mine.streak = select(mine.streak + 1, level * LEVEL, gained);
        mine.mark = select(mine.mark, score, gained);
        if mine.steps == 0u || score < mine.best {
            mine.best = score;
            store_pose(ligand, BEST, individual);
        }
        mine.steps += 1u;
        done += 1u;
        if mine.streak % LEVEL >= PATIENCE {
            mine.streak = (level + 1) * LEVEL;
            unit = pow(SHRINK, f32(level + 1));
            load_pose(ligand, BEST, individual);
            load_memory(ligand, individual, true);
        } else {
            move_pose(ligand);
        }
    }
    atomicAdd(&runs[run_at].evaluations, done);
    if mine.best <= ligand.target_score { atomicStore(&runs[run_at].reached, 1u); }
    if mine.steps >= search.local_search_steps || mine.streak / LEVEL > LEVELS {
        atomicSub(&runs[run_at].unfinished, 1u);
        mine.steps = 0u;
        mine.streak = 0;
        status[individual] = mine;
        return;
    }
    status[individual] = mine;
    store_pose(ligand, CURRENT, individual);
    store_memory(ligand, individual);
    enqueue(slot, 1u - parity, individual);
}
