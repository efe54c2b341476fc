// The smooth part of the electrostatic potential on a coarse lattice: all atoms, no cut-off.

override WORKGROUP: u32 = 64;

struct Params {
    // A multiple of eight along x.
    nodes: vec3<u32>,
    // Angstrom between nodes.
    spacing: f32,
    // Angstrom from the grid's first point to the first node, along every axis.
    first: f32,
    coulomb: f32,
    // Atoms of this dispatch.
    begin: u32,
    end: u32,
    // The smooth potential of a unit charge within 8 Angstrom: a polynomial in (r / 8)^2 - 1.
    smooth_potential: vec4<f32>,
}

@group(0) @binding(0) var<uniform> params: Params;
// Position in Angstrom from the grid's first point, and charge.
@group(0) @binding(1) var<storage, read> charges: array<vec4<f32>>;
// Four nodes along x.
@group(0) @binding(2) var<storage, read_write> lattice: array<vec4<f32>>;

// A unit charge: beyond 8 Angstrom Coulomb's law with the dielectric of Mehler and Solmajer (Protein Eng. 4 (1991) 903).
// AutoGrid cuts the distance in the dielectric down to 0.01 Angstrom; half of that is the mean.
fn unit_potential(squared: vec4<f32>) -> vec4<f32> {
    let w = squared * 0.015625 - 1.0;
    let s = params.smooth_potential;
    let inside = s.x + w * (s.y + w * (s.z + w * s.w));
    let r = sqrt(squared);
    let u = 1.0 + 7.7839 * exp(-0.315376725 * (r - 0.005));
    let outside = params.coulomb * u / ((86.9525 - 8.5525 * u) * max(r, vec4<f32>(1.0)));
    return select(outside, inside, w <= vec4<f32>(0.0));
}

// Eight nodes along x: reading an atom costs a software device more than what is computed with it.
@compute @workgroup_size(WORKGROUP)
fn long_range_potential(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>) {
    let n = vec3<u32>(params.nodes.x / 8, params.nodes.yz);
    let index = id.x + id.y * count.x * WORKGROUP;
    if index >= n.x * n.y * n.z { return; }
    let node = vec3<u32>(8 * (index % n.x), index / n.x % n.y, index / (n.x * n.y));
    let at = params.first + params.spacing * vec3<f32>(node);
    let x = at.x + params.spacing * vec4<f32>(0.0, 1.0, 2.0, 3.0);
    let ahead = x + 4.0 * params.spacing;
    var a = lattice[2 * index];
    var b = lattice[2 * index + 1];
    for (var i = params.begin; i < params.end; i += 1) {
        let charge = charges[i];
        let dy = charge.y - at.y;
        let dz = charge.z - at.z;
        let yz = dy * dy + dz * dz;
        a += charge.w * unit_potential((charge.x - x) * (charge.x - x) + yz);
        b += charge.w * unit_potential((charge.x - ahead) * (charge.x - ahead) + yz);
    }
    lattice[2 * index] = a;
    lattice[2 * index + 1] = b;
}
