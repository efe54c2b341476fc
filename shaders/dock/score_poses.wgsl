// Energy terms and gradient of given poses: what `check` compares with the twin, and what the search minimises.

@group(0) @binding(0) var<uniform> grid: Grid;
@group(0) @binding(1) var<storage, read> ligands: array<Ligand>;
@group(0) @binding(2) var<storage, read> topology: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> maps: array<u32>;
/// Translation 3, quaternion 4, torsions; one row of GENES values a pose.
@group(0) @binding(4) var<storage, read> genotypes: array<f32>;
/// inter, intra, then the gradient: translation 3, rotation 3, torsions; one row a pose.
@group(0) @binding(5) var<storage, read_write> energies: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn score_poses(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) invocation: u32) {
    let ligand = ligands[group.y];
    let pose = group.x * poses_of_group() + join_pose(invocation);
    let numbers = 6u + ligand.fragments;
    if pose >= arrayLength(&genotypes) / numbers { return; }
    for (var k = lane_of_pose(); k < numbers; k += LANES) {
        genes[k] = genotypes[pose * numbers + k];
    }
    let energy = pose_energy(ligand);
    let to = pose * (numbers + 1u);
    if lane_of_pose() == 0u {
        energies[to] = energy.x;
        energies[to + 1u] = energy.y;
    }
    for (var k = lane_of_pose(); k < numbers - 1u; k += LANES) {
        energies[to + 2u + k] = gradient[k];
    }
}
