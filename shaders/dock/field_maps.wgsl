// Electrostatic potential and desolvation sums at the grid points: near atoms one by one, the smooth rest from a lattice.

struct Params {
    grid: Grid,
    // Lattice nodes per 0.001 Angstrom.
    node_scale: f32,
    // Factor of charge / (dielectric x distance), kcal Angstrom / mol / e^2.
    coulomb: f32,
    // Weight of the desolvation gaussian, and of |charge| in it.
    gaussian: f32,
    charge_solvation: f32,
    nodes: vec3<u32>,
    pad: u32,
    // The smooth potential of a unit charge within 8 Angstrom: a polynomial in (r / 8)^2 - 1.
    smooth_potential: vec4<f32>,
}

@group(0) @binding(0) var<uniform> params: Params;
// As in the affinity kernel; all runs of a block are read.
@group(0) @binding(1) var<storage, read> blocks: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> runs: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> atoms: array<vec4<i32>>;
// Charge of each site.
@group(0) @binding(4) var<storage, read> charges: array<f32>;
// Volume and solvation parameter of each kind.
@group(0) @binding(5) var<storage, read> solvents: array<vec2<f32>>;
// Smooth potential of all atoms on the lattice, four nodes along x.
@group(0) @binding(6) var<storage, read> lattice: array<vec4<f32>>;
// Potential; 0.01097 x volume x gaussian; (solvation + 0.01097 |q|) x gaussian; 1 where an atom's distance is exactly
// a whole number of bins: rounding decides there, and the host looks again.
@group(0) @binding(7) var<storage, read_write> fields: array<vec4<f32>>;

struct Sums {
    potential: vec4<f32>,
    volume: vec4<f32>,
    solvation: vec4<f32>,
    on_edge: vec4<bool>,
}

// A unit charge at these distances (0.001 Angstrom): the dielectric of Mehler and Solmajer (Protein Eng. 4 (1991) 903), 1 in
// the first bin. AutoGrid counts no distance below 0.5 Angstrom. One division for both, for it is the dearest step.
fn unit_potential(bin: vec4<f32>, distance: vec4<f32>) -> vec4<f32> {
    let u = 1.0 + 7.7839 * exp(-0.00315376725 * bin);
    let reach = max(0.001 * distance, vec4<f32>(0.5));
    let within = bin == vec4<f32>(0.0);
    return params.coulomb * select(u, vec4<f32>(1.0), within) / (reach * select(86.9525 - 8.5525 * u, vec4<f32>(1.0), within));
}

fn near_sums(sums: Sums, x: vec4<i32>, atom_x: i32, yz_squared: i32, charge: f32, solvent: vec2<f32>) -> Sums {
    let dx = atom_x - x;
    let squared = dx * dx + yz_squared;
    let near = squared <= vec4<i32>(CUTOFF_SQUARED);
    let square = vec4<f32>(squared);
    let distance = sqrt(square);
    let whole = distance_bin(squared, distance);
    let bin = vec4<f32>(whole);
    let s = params.smooth_potential;
    let w = square * 1.5625e-8 - 1.0;
    let smooth_part = s.x + w * (s.y + w * (s.z + w * s.w));
    let pair = charge * (unit_potential(bin, distance) - smooth_part);
    // exp(-r^2 / (2 x 3.6^2)) with r = bin / 100.
    let gaussian = exp(-3.8580247e-6 * bin * bin);
    let none = vec4<f32>(0.0);
    return Sums(
        sums.potential + select(none, pair, near),
        sums.volume + select(none, solvent.x * gaussian, near),
        sums.solvation + select(none, (solvent.y + params.charge_solvation * abs(charge)) * gaussian, near),
        sums.on_edge | (near & (100 * whole * whole == squared)),
    );
}

// Lagrange interpolation between six nodes: the weight of a node `t` nodes away.
fn node_weight(t: f32) -> f32 {
    let a = abs(t);
    let inner = (1.0 - a * a) * (4.0 - a * a) * (3.0 - a) * 0.083333333;
    let outer = (1.0 - a) * (2.0 - a) * (3.0 - a) * (4.0 - a);
    let middle = outer * (a + 1.0) * 0.041666667;
    let rim = outer * (5.0 - a) * 0.0083333333;
    return select(select(select(0.0, rim, a < 3.0), middle, a < 2.0), inner, a < 1.0);
}

fn node_weights(t: vec4<f32>) -> vec4<f32> {
    return vec4<f32>(node_weight(t.x), node_weight(t.y), node_weight(t.z), node_weight(t.w));
}

// The lattice interpolated along y and z, at node `x` of the third axis.
fn column(x: u32, y: f32, z: f32) -> f32 {
    let y0 = u32(y) - 2;
    let z0 = u32(z) - 2;
    var sum = 0.0;
    for (var k = 0u; k < 6; k += 1) {
        for (var j = 0u; j < 6; j += 1) {
            let at = x + params.nodes.x * (y0 + j + params.nodes.y * (z0 + k));
            sum += node_weight(y - f32(y0 + j)) * node_weight(z - f32(z0 + k)) * lattice[at / 4][at % 4];
        }
    }
    return sum;
}

// Node coordinate of a point; the lattice begins two nodes before the grid.
fn on_lattice(at: i32) -> f32 {
    return f32(at) * params.node_scale + 2.0;
}

fn write(sums: Sums, row: Row, first: u32) {
    let left = max(i32(params.grid.points.x) - i32(row.x + first), 0);
    let out = row.out + first;
    let volume = sums.volume * params.charge_solvation * params.gaussian;
    let solvation = sums.solvation * params.gaussian;
    let edge = vec4<f32>(sums.on_edge);
    if left > 0 { fields[out] = vec4<f32>(sums.potential.x, volume.x, solvation.x, edge.x); }
    if left > 1 { fields[out + 1] = vec4<f32>(sums.potential.y, volume.y, solvation.y, edge.y); }
    if left > 2 { fields[out + 2] = vec4<f32>(sums.potential.z, volume.z, solvation.z, edge.z); }
    if left > 3 { fields[out + 3] = vec4<f32>(sums.potential.w, volume.w, solvation.w, edge.w); }
}

@compute @workgroup_size(BLOCK_Y * BLOCK_Z)
fn field_maps(@builtin(workgroup_id) block: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
              @builtin(local_invocation_index) local: u32) {
    let row = row_of(params.grid, block, count, local);
    if row.y >= params.grid.points.y || row.z >= params.grid.points.z { return; }
    let xa = four_x(params.grid, row, 0);
    let xb = four_x(params.grid, row, 4);
    var a: Sums;
    var b: Sums;
    let all = blocks[row.block];
    for (var r = all.x; r < all.w; r += 1) {
        let run = runs[r];
        let solvent = solvents[run.x];
        for (var i = run.y; i < run.z; i += 1) {
            let atom = atoms[i];
            let dy = atom.y - i32(row.y) * params.grid.spacing;
            let dz = atom.z - i32(row.z) * params.grid.spacing;
            let charge = charges[atom.w];
            a = near_sums(a, xa, atom.x, dy * dy + dz * dz, charge, solvent);
            b = near_sums(b, xb, atom.x, dy * dy + dz * dz, charge, solvent);
        }
    }
    let y = on_lattice(i32(row.y) * params.grid.spacing);
    let z = on_lattice(i32(row.z) * params.grid.spacing);
    let ta = vec4<f32>(xa) * params.node_scale + 2.0;
    let tb = vec4<f32>(xb) * params.node_scale + 2.0;
    // The points past the grid's end in the last block have no nodes.
    let last = min(u32(tb.w) + 4, params.nodes.x);
    for (var node = u32(ta.x) - 2; node < last; node += 1) {
        let value = column(node, y, z);
        a.potential += value * node_weights(ta - f32(node));
        b.potential += value * node_weights(tb - f32(node));
    }
    write(a, row, 0);
    write(b, row, 4);
}
