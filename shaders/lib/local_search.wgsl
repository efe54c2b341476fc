// What local searches share: who comes next, what an individual remembers, how a pose moves, how its books are closed.

/// Units that steps are measured in: A of translation, radian of rotation, radian of torsion.
fn unit_of(k: u32) -> f32 {
    return select(select(ANGLE_UNIT, TURN_UNIT, k < 6u), SHIFT_UNIT, k < 3u);
}

/// Workgroups along y of a dispatch over queues, as the host cut it; the rest goes along z.
override QUEUE_ROW: u32 = 1;
/// Individual of a lane that has none.
const NOBODY: u32 = 0xffffffff;

/// Which part of the queue a workgroup takes. Software devices deal neighbouring workgroups to one thread, and a queue is
/// full at its front only: neighbours must not take neighbouring parts, or one thread has it all. Golden steps through a
/// power of two spread any run of neighbours evenly (Knuth, The Art of Computer Programming 3, 6.4).
fn part_of_queue(group: vec3<u32>) -> u32 {
    let parts = (search.runs * search.population + poses_of_group() - 1u) / poses_of_group();
    let dealt = 1u << (firstLeadingBit(parts - 1u) + 1u);
    let golden = u32(0.618034 * f32(dealt)) | 1u;
    return ((group.y + QUEUE_ROW * group.z) * golden) & (dealt - 1u);
}

/// The individual of this lane's pose, or NOBODY.
fn claim(group: vec3<u32>, invocation: u32) -> u32 {
    let slot = group.x;
    let parity = progress[slot].round & 1u;
    let at = part_of_queue(group) * poses_of_group() + join_pose(invocation);
    // A ligand whose runs agreed has stopped with individuals in its queue; nobody takes stock of them any more.
    var individual = NOBODY;
    if progress[slot].running != 0u && at < atomicLoad(&progress[slot].waiting[parity]) {
        individual = queue[(2u * slot + parity) * search.runs * search.population + at];
    }
    return broadcast(individual);
}

fn load_status(individual: u32) -> Status {
    let mine = status[individual];
    return Status(
        bitcast<f32>(broadcast(bitcast<u32>(mine.best))), broadcast(mine.steps),
        bitcast<f32>(broadcast(bitcast<u32>(mine.mark))), bitcast<i32>(broadcast(bitcast<u32>(mine.streak))));
}

fn load_memory(ligand: Ligand, individual: u32, fresh: bool) {
    for (var k = lane_of_pose(); k < ligand.fragments + 5u; k += LANES) {
        memory[k] = vec2(0.0);
        if !fresh {
            memory[k] = vec2(state[cell(MEMORY + 2u * k, individual)], state[cell(MEMORY + 2u * k + 1u, individual)]);
        }
    }
}

fn store_memory(ligand: Ligand, individual: u32) {
    for (var k = lane_of_pose(); k < ligand.fragments + 5u; k += LANES) {
        state[cell(MEMORY + 2u * k, individual)] = memory[k].x;
        state[cell(MEMORY + 2u * k + 1u, individual)] = memory[k].y;
    }
}

/// Moves the pose by `steps`.
fn displace(ligand: Ligand) {
    sync_lanes();
    if lane_of_pose() == 0u {
        set_place(place() + vec3(steps[0], steps[1], steps[2]));
        let turn = from_rotation_vector(vec3(steps[3], steps[4], steps[5]));
        set_orientation(normalize(compose(turn, orientation())));
    }
    for (var n = 1u + lane_of_pose(); n < ligand.fragments; n += LANES) {
        genes[6u + n] += steps[5u + n];
    }
    sync_lanes();
}

/// Books the evaluations of this dispatch; where the search goes on, the individual waits for the next round.
fn close(group: vec3<u32>, ligand: Ligand, individual: u32, mine: Status, done: u32, over: bool) {
    if lane_of_pose() != 0u { return; }
    let run_at = individual / search.population;
    var left = mine;
    atomicAdd(&runs[run_at].evaluations, done);
    if mine.best <= ligand.target_score { atomicStore(&runs[run_at].reached, 1u); }
    if over {
        atomicSub(&runs[run_at].unfinished, 1u);
        left.steps = 0u;
        left.streak = 0;
    } else {
        enqueue(group.x, 1u - (progress[group.x].round & 1u), individual);
    }
    status[individual] = left;
}
