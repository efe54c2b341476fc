// A ligand's packed topology, and the numbers of a pose: what every way to score a pose has in common.

/// Whether the gradient is computed beside the energy.
override GRADIENT: bool = true;

/// Where a ligand's parts begin in `topology` (vec4 units) and how many there are. Of its pairs it has blocks and groups
/// (for one invocation a pose) or groups dealt to the lanes of a workgroup (for one workgroup a pose).
struct Ligand {
    atoms_at: u32,
    fragments_at: u32,
    blocks_at: u32,
    groups_at: u32,
    atoms: u32,
    fragments: u32,
    blocks: u32,
    groups: u32,
    name_key: vec2<u32>,
    evaluations: u32,
    steps: u32,
    target_score: f32,
    lane_groups_at: u32,
    lane_groups: u32,
    padding: u32,
}

fn place() -> vec3<f32> {
    return vec3(genes[0], genes[1], genes[2]);
}

fn set_place(v: vec3<f32>) {
    genes[0] = v.x;
    genes[1] = v.y;
    genes[2] = v.z;
}

fn orientation() -> vec4<f32> {
    return vec4(genes[3], genes[4], genes[5], genes[6]);
}

fn set_orientation(q: vec4<f32>) {
    genes[3] = q.x;
    genes[4] = q.y;
    genes[5] = q.z;
    genes[6] = q.w;
}

fn real(at: u32) -> vec4<f32> {
    return bitcast<vec4<f32>>(topology[at]);
}

/// Coefficients of four pairs, weights included, in five vectors.
fn coefficients(at: u32) -> FourPairs {
    return FourPairs(real(at), real(at + 1u), real(at + 2u), real(at + 3u), real(at + 4u));
}

fn sum4(v: vec4<f32>) -> f32 {
    return dot(v, vec4(1.0));
}
