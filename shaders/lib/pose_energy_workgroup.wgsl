// Energy and gradient of a pose by a whole workgroup: lanes take fragments, atoms and pairs in turn, and share what they
// find in workgroup memory. The host says how many LANES there are, since it packs ligands for them. No invocation holds an array, so that a GPU needs no scratch memory and few registers.

/// Poses that a workgroup works on.
fn poses_of_group() -> u32 {
    return 1u;
}

var<private> own_lane: u32;
var<workgroup> broadcast_word: u32;

/// Makes the invocation one of a pose's lanes; which of the workgroup's poses that is.
fn join_pose(invocation: u32) -> u32 {
    own_lane = invocation;
    return 0u;
}

fn lane_of_pose() -> u32 {
    return own_lane;
}

/// Waits for the other lanes of the pose.
fn sync_lanes() {
    workgroupBarrier();
}

/// The first lane's value in all lanes of the pose.
fn broadcast(value: u32) -> u32 {
    if own_lane == 0u { broadcast_word = value; }
    return workgroupUniformLoad(&broadcast_word);
}

var<workgroup> genes: array<f32, POSE>;
/// Gradient by translation (kcal/mol/A), rotation vector and torsions (kcal/mol/radian).
var<workgroup> gradient: array<f32, MOVES>;
/// Of a local search: two remembered numbers of each direction, and the step along it (A, radian).
var<workgroup> memory: array<vec2<f32>, MOVES>;
var<workgroup> steps: array<f32, MOVES>;

/// The turn of a fragment about its own bond, in its parent's frame; then frames in space.
var<workgroup> bends: array<vec4<f32>, FRAGMENTS>;
var<workgroup> turns: array<vec4<f32>, FRAGMENTS>;
var<workgroup> origins: array<vec3<f32>, FRAGMENTS>;
var<workgroup> forces: array<vec3<f32>, FRAGMENTS>;
var<workgroup> torques: array<vec3<f32>, FRAGMENTS>;
var<workgroup> positions: array<vec3<f32>, ATOMS>;
var<workgroup> slopes: array<vec3<f32>, ATOMS>;
/// What one lane adds to the slope of one atom: at most one entry for each atom and one for each lane.
var<workgroup> shares: array<vec3<f32>, ATOMS + LANES>;
/// (inter, intra) of each lane, of eight lanes each, and of all.
var<workgroup> energies_of_lanes: array<vec2<f32>, LANES>;
var<workgroup> energies_of_eight: array<vec2<f32>, 8>;
var<workgroup> energy_of_all: vec2<f32>;

fn set_bends(ligand: Ligand) {
    for (var n = 1u + own_lane; n < ligand.fragments; n += LANES) {
        bends[n] = about_axis(real(ligand.fragments_at + 3u * n + 2u).xyz, genes[6u + n]);
    }
}

/// Orientation and origin of the lane's fragments, each from its ancestors up to the root: nobody waits for a parent.
fn set_frames(ligand: Ligand) {
    let root_turn = normalize(orientation());
    for (var n = own_lane; n < ligand.fragments; n += LANES) {
        var turn = vec4(0.0, 0.0, 0.0, 1.0);
        var origin = vec3(0.0);
        var m = n;
        while m != 0u {
            let at = ligand.fragments_at + 3u * m;
            turn = compose(bends[m], turn);
            origin = real(at + 1u).xyz + rotate(bends[m], origin);
            m = topology[at].x;
        }
        turns[n] = normalize(compose(root_turn, turn));
        origins[n] = place() + rotate(root_turn, origin);
    }
}

fn set_positions(ligand: Ligand) {
    for (var a = own_lane; a < ligand.atoms; a += LANES) {
        let at = ligand.atoms_at + 2u * a;
        let n = topology[at + 1u].y;
        positions[a] = origins[n] + rotate(turns[n], real(at).xyz);
    }
}

/// The lane's share of the pairs: groups of four pairs of one atom. Each pair is met twice, once from either atom, so that
/// no two lanes write to one place. Where the lane's last group of an atom is done, its slope goes to `shares`.
fn share_of_pairs(ligand: Ligand) -> f32 {
    var energy = vec4(0.0);
    var slope = vec3(0.0);
    for (var g = 0u; g < ligand.lane_groups; g += 1u) {
        // Neighbouring lanes read neighbouring groups.
        let at = ligand.lane_groups_at + 7u * (g * LANES + own_lane);
        let head = topology[at];
        let others = topology[at + 1u];
        let d0 = positions[head.x] - positions[others.x];
        let d1 = positions[head.x] - positions[others.y];
        let d2 = positions[head.x] - positions[others.z];
        let d3 = positions[head.x] - positions[others.w];
        let pairs = four_pairs(vec4(dot(d0, d0), dot(d1, d1), dot(d2, d2), dot(d3, d3)), coefficients(at + 2u));
        energy += pairs.energy;
        slope += pairs.slope.x * d0 + pairs.slope.y * d1 + pairs.slope.z * d2 + pairs.slope.w * d3;
        if head.y != 0u {
            shares[head.z] = slope;
            slope = vec3(0.0);
        }
    }
    return 0.5 * sum4(energy);
}

/// Map energies of the lane's atoms; their slopes, shares of pairs included.
fn share_of_atoms(ligand: Ligand) -> f32 {
    var energy = 0.0;
    for (var a = own_lane; a < ligand.atoms; a += LANES) {
        let at = ligand.atoms_at + 2u * a;
        let words = topology[at + 1u];
        let affinity = atom_affinity(positions[a], real(at).w, words.x);
        energy += affinity.w;
        var slope = affinity.xyz;
        for (var k = words.z; k < words.w; k += 1u) {
            slope += shares[k];
        }
        slopes[a] = slope;
    }
    return energy;
}

/// Force and torque of each fragment's own atoms, about its origin.
fn add_up_atoms(ligand: Ligand) {
    for (var n = own_lane; n < ligand.fragments; n += LANES) {
        let span = topology[ligand.fragments_at + 3u * n];
        var force = vec3(0.0);
        var torque = vec3(0.0);
        for (var a = span.y; a < span.z; a += 1u) {
            force += slopes[a];
            torque += cross(positions[a] - origins[n], slopes[a]);
        }
        forces[n] = force;
        torques[n] = torque;
    }
}

/// Gradient of the genes: a fragment moves all its descendants, which stand behind it.
fn pull_back(ligand: Ligand) {
    for (var n = own_lane; n < ligand.fragments; n += LANES) {
        var force = forces[n];
        var torque = torques[n];
        let at = ligand.fragments_at + 3u * n;
        for (var m = n + 1u; m < topology[at].w; m += 1u) {
            force += forces[m];
            torque += torques[m] + cross(origins[m] - origins[n], forces[m]);
        }
        if n == 0u {
            for (var k = 0u; k < 3u; k += 1u) {
                gradient[k] = force[k];
                gradient[3u + k] = torque[k];
            }
        } else {
            gradient[5u + n] = dot(torque, rotate(turns[n], real(at + 2u).xyz));
        }
    }
}

/// (inter, intra) of the pose in `genes`, kcal/mol, in every lane; leaves its gradient where asked for.
fn pose_energy(ligand: Ligand) -> vec2<f32> {
    workgroupBarrier();
    set_bends(ligand);
    workgroupBarrier();
    set_frames(ligand);
    workgroupBarrier();
    set_positions(ligand);
    workgroupBarrier();
    let intra = share_of_pairs(ligand);
    workgroupBarrier();
    energies_of_lanes[own_lane] = vec2(share_of_atoms(ligand), intra);
    workgroupBarrier();
    if own_lane < 8u {
        var sum = vec2(0.0);
        for (var k = 0u; k < 8u; k += 1u) { sum += energies_of_lanes[8u * own_lane + k]; }
        energies_of_eight[own_lane] = sum;
    }
    if GRADIENT { add_up_atoms(ligand); }
    workgroupBarrier();
    if GRADIENT { pull_back(ligand); }
    if own_lane == 0u {
        var sum = vec2(0.0);
        for (var k = 0u; k < 8u; k += 1u) { sum += energies_of_eight[k]; }
        energy_of_all = sum;
    }
    return workgroupUniformLoad(&energy_of_all);
}
