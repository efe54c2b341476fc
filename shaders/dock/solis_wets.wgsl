// Local search by adaptive random steps (Solis and Wets 1981, Math Oper Res 6:19): some tries of every waiting individual.
//
// A try steps from the best pose by a random deviation plus a bias that remembers what helped; where it fails the
// opposite step is tried next. Four gains in a row double the spread, four failures halve it; below the least, it ends.

override SHIFT_UNIT: f32 = 2.0;
override TURN_UNIT: f32 = 1.3;
override ANGLE_UNIT: f32 = 1.3;
override LEAST_SPREAD: f32 = 0.01;
const STREAK: i32 = 4;

/// What the random numbers are for: after the purposes of breeding in Philox's last counter word.
const FOR_STEP: u32 = 3u;
/// Marks in `streak` that the opposite of the last step comes next; below it, gains are positive, failures negative.
const OPPOSITE: i32 = 1 << 16u;

/// A new deviation (`memory.y`): uniform within the spread, plus the bias (`memory.x`).
fn deviate(ligand: Ligand, run: u32, generation: u32, member: u32, step: u32, spread: f32) {
    sync_lanes();
    for (var block = lane_of_pose(); 4u * block < ligand.fragments + 5u; block += LANES) {
        let words = philox(vec4(run, generation, member, FOR_STEP | (step << 8u) | (block << 20u)), search.seed ^ ligand.name_key);
        for (var k = 4u * block; k < min(4u * block + 4u, ligand.fragments + 5u); k += 1u) {
            memory[k].y = spread * (2.0 * uniform01(words[k % 4u]) - 1.0) + memory[k].x;
        }
    }
    sync_lanes();
}

/// Moves the pose by the deviation times `sign`.
fn deviate_pose(ligand: Ligand, sign: f32) {
    for (var k = lane_of_pose(); k < ligand.fragments + 5u; k += LANES) {
        steps[k] = sign * unit_of(k) * memory[k].y;
    }
    displace(ligand);
}

/// The bias after a try: drawn towards what helped, halved after two failures (weights of Solis and Wets).
fn learn(ligand: Ligand, keep: f32, add: f32) {
    for (var k = lane_of_pose(); k < ligand.fragments + 5u; k += LANES) {
        memory[k].x = keep * memory[k].x + add * memory[k].y;
    }
}

/// Books a try that gained (or not) and was the opposite one (or not).
fn book(ligand: Ligand, mine: Status, gained: bool, opposite: bool) -> Status {
    var next = mine;
    let streak = select(mine.streak, mine.streak - OPPOSITE, opposite);
    if gained {
        learn(ligand, select(0.2, 1.0, opposite), select(0.4, -0.4, opposite));
        next.streak = max(streak, 0) + 1;
    } else if opposite {
        learn(ligand, 0.5, 0.0);
        next.streak = min(streak, 0) - 1;
    } else {
        next.streak = streak + OPPOSITE;
        return next;
    }
    if abs(next.streak) >= STREAK {
        next.mark = mine.mark * select(0.5, 2.0, next.streak > 0);
        next.streak = 0;
    }
    return next;
}

/// One evaluation: the pose itself at first, then tries.
fn try_step(ligand: Ligand, individual: u32, mine: Status) -> Status {
    var next = mine;
    next.steps += 1u;
    if mine.steps == 0u {
        load_pose(ligand, CURRENT, individual);
        next.mark = 1.0;
        let energy = pose_energy(ligand);
        next.best = energy.x + energy.y;
        store_pose(ligand, BEST, individual);
        return next;
    }
    // `streak` lies within +-4, so that the mark of an opposite step cannot be mistaken for gains.
    let opposite = mine.streak > OPPOSITE / 2;
    if !opposite {
        let run_at = individual / search.population;
        deviate(ligand, run_at % search.runs, runs[run_at].generation, individual % search.population, mine.steps, mine.mark);
    }
    load_pose(ligand, BEST, individual);
    deviate_pose(ligand, select(1.0, -1.0, opposite));
    let energy = pose_energy(ligand);
    let gained = energy.x + energy.y < mine.best;
    if gained {
        next.best = energy.x + energy.y;
        store_pose(ligand, BEST, individual);
    }
    let booked = book(ligand, mine, gained, opposite);
    next.mark = booked.mark;
    next.streak = booked.streak;
    return next;
}

fn is_over(mine: Status) -> bool {
    return mine.steps >= search.local_search_steps || (mine.steps > 0u && mine.mark < LEAST_SPREAD);
}

@compute @workgroup_size(WORKGROUP)
fn solis_wets(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) invocation: u32) {
    let individual = claim(group, invocation);
    if individual == NOBODY { return; }
    let ligand = ligands[group.x];
    var mine = load_status(individual);
    load_memory(ligand, individual, mine.steps == 0u);
    var done = 0u;
    while done < ligand.steps && !is_over(mine) {
        mine = try_step(ligand, individual, mine);
        done += 1u;
    }
    if !is_over(mine) { store_memory(ligand, individual); }
    close(group, ligand, individual, mine, done, is_over(mine));
}
