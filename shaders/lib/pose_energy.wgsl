// Energy and gradient of a pose by one invocation: builds coordinates from the genes, scores them, and pulls the gradient
// back onto the genes. Software devices do eight such poses at once in their vectors.

/// Invocations that work on one pose.
const LANES: u32 = 1u;

/// Poses that a workgroup works on.
fn poses_of_group() -> u32 {
    return WORKGROUP;
}

/// Makes the invocation one of a pose's lanes; which of the workgroup's poses that is.
fn join_pose(invocation: u32) -> u32 {
    return invocation;
}

fn lane_of_pose() -> u32 {
    return 0u;
}

/// Waits for the other lanes of the pose.
fn sync_lanes() {}

/// The first lane's value in all lanes of the pose.
fn broadcast(value: u32) -> u32 {
    return value;
}

var<private> genes: array<f32, POSE>;
/// Gradient by translation (kcal/mol/A), rotation vector and torsions (kcal/mol/radian).
var<private> gradient: array<f32, MOVES>;
/// Of a local search: two remembered numbers of each direction, and the step along it (A, radian).
var<private> memory: array<vec2<f32>, MOVES>;
var<private> steps: array<f32, MOVES>;

var<private> positions: array<vec3<f32>, ATOMS>;
var<private> slopes: array<vec3<f32>, ATOMS>;
var<private> turns: array<vec4<f32>, FRAGMENTS>;
var<private> origins: array<vec3<f32>, FRAGMENTS>;
var<private> axes: array<vec3<f32>, FRAGMENTS>;

/// Orientation and origin of a fragment.
struct Frame {
    turn: vec4<f32>,
    origin: vec3<f32>,
}

/// The frame of fragment n, from its parent's; leaves its axis too.
fn frame(ligand: Ligand, n: u32) -> Frame {
    if n == 0u { return Frame(normalize(orientation()), place()); }
    let at = ligand.fragments_at + 3u * n;
    let parent = topology[at].x;
    let parent_turn = turns[parent];
    let axis = rotate(parent_turn, real(at + 2u).xyz);
    axes[n] = axis;
    // A length that is not quite 1 would grow from fragment to fragment, and lengthen the bonds.
    return Frame(
        normalize(compose(about_axis(axis, genes[6u + n]), parent_turn)),
        origins[parent] + rotate(parent_turn, real(at + 1u).xyz));
}

/// Positions, map energies and their slopes, fragment by fragment (parents come first).
fn intermolecular(ligand: Ligand) -> f32 {
    var energy = 0.0;
    for (var n = 0u; n < ligand.fragments; n += 1u) {
        let mine = frame(ligand, n);
        turns[n] = mine.turn;
        origins[n] = mine.origin;
        let span = topology[ligand.fragments_at + 3u * n];
        for (var a = span.y; a < span.z; a += 1u) {
            let atom = real(ligand.atoms_at + 2u * a);
            let position = mine.origin + rotate(mine.turn, atom.xyz);
            let affinity = atom_affinity(position, atom.w, topology[ligand.atoms_at + 2u * a + 1u].x);
            positions[a] = position;
            slopes[a] = affinity.xyz;
            energy += affinity.w;
        }
    }
    return energy;
}

/// Pairs of four consecutive atoms with one other atom: the four stay in registers while the other one changes.
fn dense_pairs(ligand: Ligand) -> f32 {
    var energy = vec4(0.0);
    for (var b = 0u; b < ligand.blocks; b += 1u) {
        let block = topology[ligand.blocks_at + b];
        let i = block.x;
        let p0 = positions[i]; let p1 = positions[i + 1u]; let p2 = positions[i + 2u]; let p3 = positions[i + 3u];
        let x = vec4(p0.x, p1.x, p2.x, p3.x);
        let y = vec4(p0.y, p1.y, p2.y, p3.y);
        let z = vec4(p0.z, p1.z, p2.z, p3.z);
        var slope_x = vec4(0.0);
        var slope_y = vec4(0.0);
        var slope_z = vec4(0.0);
        for (var at = block.y; at < block.z; at += 6u) {
            let j = topology[at].x;
            let other = positions[j];
            let dx = x - other.x;
            let dy = y - other.y;
            let dz = z - other.z;
            let pairs = four_pairs(dx * dx + dy * dy + dz * dz, coefficients(at + 1u));
            energy += pairs.energy;
            if GRADIENT {
                let gx = pairs.slope * dx;
                let gy = pairs.slope * dy;
                let gz = pairs.slope * dz;
                slope_x += gx;
                slope_y += gy;
                slope_z += gz;
                slopes[j] -= vec3(sum4(gx), sum4(gy), sum4(gz));
            }
        }
        if GRADIENT {
            slopes[i] += vec3(slope_x.x, slope_y.x, slope_z.x);
            slopes[i + 1u] += vec3(slope_x.y, slope_y.y, slope_z.y);
            slopes[i + 2u] += vec3(slope_x.z, slope_y.z, slope_z.z);
            slopes[i + 3u] += vec3(slope_x.w, slope_y.w, slope_z.w);
        }
    }
    return sum4(energy);
}

/// Pairs that share no atom with enough others, in groups of four.
fn sparse_pairs(ligand: Ligand) -> f32 {
    var energy = vec4(0.0);
    for (var g = 0u; g < ligand.groups; g += 1u) {
        let at = ligand.groups_at + 7u * g;
        let i = topology[at];
        let j = topology[at + 1u];
        let d0 = positions[i.x] - positions[j.x];
        let d1 = positions[i.y] - positions[j.y];
        let d2 = positions[i.z] - positions[j.z];
        let d3 = positions[i.w] - positions[j.w];
        let pairs = four_pairs(vec4(dot(d0, d0), dot(d1, d1), dot(d2, d2), dot(d3, d3)), coefficients(at + 2u));
        energy += pairs.energy;
        if GRADIENT {
            slopes[i.x] += pairs.slope.x * d0;
            slopes[j.x] -= pairs.slope.x * d0;
            slopes[i.y] += pairs.slope.y * d1;
            slopes[j.y] -= pairs.slope.y * d1;
            slopes[i.z] += pairs.slope.z * d2;
            slopes[j.z] -= pairs.slope.z * d2;
            slopes[i.w] += pairs.slope.w * d3;
            slopes[j.w] -= pairs.slope.w * d3;
        }
    }
    return sum4(energy);
}

/// Slopes on atoms -> gradient of the genotype, children before parents: force and torque move up the tree.
fn pull_back(ligand: Ligand) {
    // Zero at first, as WGSL makes all variables: what the descendants add up to.
    var forces: array<vec3<f32>, FRAGMENTS>;
    var torques: array<vec3<f32>, FRAGMENTS>;
    for (var m = ligand.fragments; m > 0u; m -= 1u) {
        let n = m - 1u;
        let span = topology[ligand.fragments_at + 3u * n];
        let origin = origins[n];
        var force = forces[n];
        var torque = torques[n];
        for (var a = span.y; a < span.z; a += 1u) {
            let slope = slopes[a];
            force += slope;
            torque += cross(positions[a] - origin, slope);
        }
        if n == 0u {
            gradient[0] = force.x;
            gradient[1] = force.y;
            gradient[2] = force.z;
            gradient[3] = torque.x;
            gradient[4] = torque.y;
            gradient[5] = torque.z;
        } else {
            gradient[5u + n] = dot(torque, axes[n]);
            forces[span.x] += force;
            torques[span.x] += torque + cross(origin - origins[span.x], force);
        }
    }
}

/// (inter, intra) of the pose in `genes`, kcal/mol; leaves its gradient where asked for.
fn pose_energy(ligand: Ligand) -> vec2<f32> {
    let inter = intermolecular(ligand);
    let intra = dense_pairs(ligand) + sparse_pairs(ligand);
    if GRADIENT {
        pull_back(ligand);
    }
    return vec2(inter, intra);
}
