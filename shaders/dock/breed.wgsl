// A new generation: random poses at first, then children of tournament winners by crossover and mutation.

/// What the random numbers of an individual are for: the last word of Philox's counter.
const FOR_START: u32 = 0u;
const FOR_PARENTS: u32 = 1u;
const FOR_MUTATION: u32 = 2u;

/// Words of random numbers for one individual in one generation; `block` counts calls with the same purpose.
fn draw(ligand: Ligand, run: u32, generation: u32, member: u32, purpose: u32, block: u32) -> vec4<u32> {
    let counter = vec4(run, generation, member, purpose | (block << 8u));
    return philox(counter, search.seed ^ ligand.name_key);
}

fn uniform4(words: vec4<u32>) -> vec4<f32> {
    return vec4(uniform01(words.x), uniform01(words.y), uniform01(words.z), uniform01(words.w));
}

/// A uniformly random rotation (Shoemake 1992).
fn random_rotation(u: vec3<f32>) -> vec4<f32> {
    return vec4(sqrt(1.0 - u.x) * sine_cosine(TAU * u.y), sqrt(u.x) * sine_cosine(TAU * u.z));
}

const TAU: f32 = 6.2831853;

/// A pose anywhere in the box, in any orientation, with any torsions.
fn random_pose(ligand: Ligand, run: u32, member: u32) {
    let a = uniform4(draw(ligand, run, 0u, member, FOR_START, 0u));
    let b = uniform4(draw(ligand, run, 0u, member, FOR_START, 1u));
    set_place(grid.origin + a.xyz * (vec3<f32>(grid.points) - 1.0) / grid.inverse_spacing);
    set_orientation(random_rotation(b.xyz));
    var u = vec4<f32>();
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        if n % 4u == 1u { u = uniform4(draw(ligand, run, 0u, member, FOR_START, 2u + n / 4u)); }
        genes[6u + n] = TAU * (u[(n - 1u) % 4u] - 0.5);
    }
}

/// The winner of a binary tournament; the better one wins with the probability `tournament_rate`.
fn tournament(first: u32, a: u32, b: u32, luck: f32) -> u32 {
    let better_first = status[first + a].best <= status[first + b].best;
    return first + select(b, a, better_first == (luck < search.tournament_rate));
}

/// Index below `count` from a uniform number.
fn pick(u: f32, count: u32) -> u32 {
    return min(u32(u * f32(count)), count - 1u);
}

/// Two-point crossover over translation, orientation and torsions: genes between the cuts come from the second parent.
fn cross_over(ligand: Ligand, second: u32, u: vec2<f32>) {
    let count = 3u + ligand.fragments;
    let a = pick(u.x, count + 1u);
    let b = pick(u.y, count + 1u);
    let low = min(a, b);
    let high = max(a, b);
    for (var k = 0u; k < 6u + ligand.fragments; k += 1u) {
        // The four numbers of the orientation are one gene.
        let gene = select(max(k, 6u) - 3u, k, k < 3u);
        if low <= gene && gene < high { genes[k] = state[cell(BEST + k, second)]; }
    }
}

/// Each gene moves with the probability `mutation_rate`, uniformly within the greatest shift or turn.
fn mutate(ligand: Ligand, run: u32, generation: u32, member: u32) {
    let luck = uniform4(draw(ligand, run, generation, member, FOR_MUTATION, 0u));
    let move_by = 2.0 * uniform4(draw(ligand, run, generation, member, FOR_MUTATION, 1u)) - 1.0;
    let turn_by = 2.0 * uniform4(draw(ligand, run, generation, member, FOR_MUTATION, 2u)) - 1.0;
    set_place(place() + select(vec3(0.0), search.mutation_shift * move_by.xyz, luck.xyz < vec3(search.mutation_rate)));
    if luck.w < search.mutation_rate {
        set_orientation(compose(from_rotation_vector(search.mutation_turn * turn_by.xyz), orientation()));
    }
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        let u = uniform4(draw(ligand, run, generation, member, FOR_MUTATION, 2u + n));
        if u.x < search.mutation_rate { genes[6u + n] += search.mutation_turn * (2.0 * u.y - 1.0); }
    }
}

/// A child of two tournament winners of the run whose individuals begin at `first`.
fn child(ligand: Ligand, run: u32, generation: u32, member: u32, first: u32) {
    let a = uniform4(draw(ligand, run, generation, member, FOR_PARENTS, 0u));
    let b = uniform4(draw(ligand, run, generation, member, FOR_PARENTS, 1u));
    let c = uniform4(draw(ligand, run, generation, member, FOR_PARENTS, 2u));
    let parent = tournament(first, pick(a.x, search.population), pick(a.y, search.population), a.z);
    load_pose(ligand, BEST, parent);
    if b.w < search.crossover_rate {
        let other = tournament(first, pick(b.x, search.population), pick(b.y, search.population), b.z);
        cross_over(ligand, other, c.xy);
    }
    mutate(ligand, run, generation, member);
}

@compute @workgroup_size(WORKGROUP)
fn breed(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
    let slot = group.y;
    let mine = group.x * WORKGROUP + lane;
    if mine >= search.runs * search.population || progress[slot].running == 0u { return; }
    let run = mine / search.population;
    let member = mine % search.population;
    let run_at = slot * search.runs + run;
    if runs[run_at].phase != BREEDING { return; }

    let ligand = ligands[slot];
    let first = run_at * search.population;
    let individual = first + member;
    let generation = runs[run_at].generation;
    if generation == 0u {
        random_pose(ligand, run, member);
    } else if member == 0u {
        load_pose(ligand, BEST, runs[run_at].champion);
    } else {
        child(ligand, run, generation, member, first);
    }
    set_orientation(normalize(orientation()));
    store_pose(ligand, CURRENT, individual);
    enqueue(slot, progress[slot].round & 1u, individual);
}
