// Energy terms and gradient of given poses: what `check` compares with the twin, and what the search minimises.

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<uniform> grid: Grid;
@group(0) @binding(1) var<storage, read> ligands: array<Ligand>;
@group(0) @binding(2) var<storage, read> topology: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> maps: array<u32>;
/// Translation 3, quaternion 4, torsions; one row of GENES values a pose.
@group(0) @binding(4) var<storage, read> genotypes: array<f32>;
/// inter, intra, then the gradient: translation 3, rotation 3, torsions; one row a pose.
@group(0) @binding(5) var<storage, read_write> energies: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn score_poses(@builtin(global_invocation_id) id: vec3<u32>) {
    let ligand = ligands[id.y];
    let genes = 6u + ligand.fragments;
    let row = 7u + ligand.fragments;
    let pose = id.x;
    if pose >= arrayLength(&genotypes) / genes { return; }
    let from_gene = pose * genes;
    place = vec3(genotypes[from_gene], genotypes[from_gene + 1u], genotypes[from_gene + 2u]);
    orientation = vec4(genotypes[from_gene + 3u], genotypes[from_gene + 4u], genotypes[from_gene + 5u], genotypes[from_gene + 6u]);
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        angles[n] = genotypes[from_gene + 6u + n];
    }
    let energy = pose_energy(ligand);
    let to = pose * row;
    energies[to] = energy.x;
    energies[to + 1u] = energy.y;
    for (var k = 0u; k < 3u; k += 1u) {
        energies[to + 2u + k] = place_gradient[k];
        energies[to + 5u + k] = turn_gradient[k];
    }
    for (var n = 1u; n < ligand.fragments; n += 1u) {
        energies[to + 7u + n] = angle_gradient[n];
    }
}
