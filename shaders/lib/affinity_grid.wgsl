// Interpolation of affinity maps: trilinear inside the box, a quadratic penalty outside.

/// The grid that all maps share; `points` along x, y, z; `last` a little below the last point's index.
struct Grid {
    origin: vec3<f32>,
    inverse_spacing: f32,
    last: vec3<f32>,
    maps: u32,
    points: vec3<u32>,
    padding: u32,
}

/// kcal/mol per squared grid step that an atom lies outside the box.
const OUTSIDE_PENALTY: f32 = 50.0;

/// Value and gradient (per grid step) between eight corners: `low` and `high` hold the four (y, z) corners
/// at the lower and upper x, in the order 00, 10, 01, 11.
fn trilinear(low: vec4<f32>, high: vec4<f32>, t: vec3<f32>) -> vec4<f32> {
    let rise = high - low;
    let edge = low + t.x * rise;
    let step_y = edge.yw - edge.xz;
    let at_y = edge.xz + t.y * step_y;
    let rise_y = rise.xz + t.y * (rise.yw - rise.xz);
    return vec4(
        rise_y.x + t.z * (rise_y.y - rise_y.x),
        step_y.x + t.z * (step_y.y - step_y.x),
        at_y.y - at_y.x,
        at_y.x + t.z * (at_y.y - at_y.x));
}

/// The four x-pairs of halves around a cell of map `map`: (low, high) corners.
fn corners(map: u32, cell: u32, row: u32, plane: u32) -> array<vec4<f32>, 2> {
    let at = map * plane * grid.points.z + cell;
    let a = unpack2x16float(maps[at]);
    let b = unpack2x16float(maps[at + row]);
    let c = unpack2x16float(maps[at + plane]);
    let d = unpack2x16float(maps[at + plane + row]);
    return array(vec4(a.x, b.x, c.x, d.x), vec4(a.y, b.y, c.y, d.y));
}

/// Gradient (kcal/mol/A) and energy (kcal/mol) of an atom: affinity of its type + q x potential + |q| x desolvation.
fn atom_affinity(position: vec3<f32>, charge: f32, map: u32) -> vec4<f32> {
    let wanted = (position - grid.origin) * grid.inverse_spacing;
    let inside = clamp(wanted, vec3(0.0), grid.last);
    let beyond = wanted - inside;
    let base = vec3<u32>(inside);
    let row = grid.points.x;
    let plane = row * grid.points.y;
    let cell = base.x + row * base.y + plane * base.z;
    let affinity = corners(map, cell, row, plane);
    let potential = corners(grid.maps, cell, row, plane);
    let desolvation = corners(grid.maps + 1u, cell, row, plane);
    let low = affinity[0] + charge * potential[0] + abs(charge) * desolvation[0];
    let high = affinity[1] + charge * potential[1] + abs(charge) * desolvation[1];
    let value = trilinear(low, high, inside - vec3<f32>(base));
    return vec4((value.xyz + 2.0 * OUTSIDE_PENALTY * beyond) * grid.inverse_spacing,
        value.w + OUTSIDE_PENALTY * dot(beyond, beyond));
}
