//! Interpolation of affinity maps: trilinear inside the box, a quadratic penalty outside.

use super::vector::Vector;
use crate::kernels::dock::affinity_grid::Grid;
use crate::kernels::dock::pose_energy::OUTSIDE_PENALTY;
use crate::lanes::{Reads, Real};

/// The value at each of four (y, z) corners of a cell, in the order 00, 10, 01, 11.
type Corners<R> = [R; 4];

/// Value and gradient (per grid step) between eight corners: `low` and `high` hold the four (y, z) corners at the lower
/// and upper x.
#[inline(always)]
pub fn trilinear<R: Real>(low: Corners<R>, high: Corners<R>, t: Vector<R>) -> (R, Vector<R>) {
    let between = |from: R, to: R, t: R| (to - from).mul_add(t, from);
    let rise: Corners<R> = std::array::from_fn(|k| high[k] - low[k]);
    let edge: Corners<R> = std::array::from_fn(|k| rise[k].mul_add(t.x, low[k]));
    let rise_y = [0, 2].map(|k| between(rise[k], rise[k + 1], t.y));
    let step_y = [0, 2].map(|k| edge[k + 1] - edge[k]);
    let at_y = [0, 1].map(|k| step_y[k].mul_add(t.y, edge[2 * k]));
    let slope = Vector {
        x: between(rise_y[0], rise_y[1], t.z),
        y: between(step_y[0], step_y[1], t.z),
        z: at_y[1] - at_y[0],
    };
    (slope.z.mul_add(t.z, at_y[0]), slope)
}

/// The words of map `number`; none where the buffer ends before it.
#[inline(always)]
fn map<'a>(grid: &Grid, maps: &'a [u32], number: u32) -> &'a [u32] {
    let points = grid.points.iter().map(|&n| n as usize).product();
    let maps = maps.get(number as usize * points..).unwrap_or(&[]);
    maps.get(..points).unwrap_or(maps)
}

/// Adds a map's corners, weighed, to what the others have added: (low, high).
#[inline(always)]
fn add_corners<R: Reads>(
    sum: &mut [Corners<R>; 2],
    map: &[u32],
    places: [R::Indices; 4],
    weight: R,
) {
    for (k, place) in places.into_iter().enumerate() {
        let (low, high) = weight.halves(map, place);
        sum[0][k] = low.mul_add(weight, sum[0][k]);
        sum[1][k] = high.mul_add(weight, sum[1][k]);
    }
}

/// Energy (kcal/mol) and gradient (kcal/mol/A) of an atom: affinity of its type + q x potential + |q| x desolvation.
#[inline(always)]
pub fn atom_affinity<R: Reads>(
    grid: &Grid,
    maps: &[u32],
    position: Vector<R>,
    charge: f32,
    number: u32,
) -> (R, Vector<R>) {
    let constant = |v: [f32; 3]| Vector::like(position.x, v);
    let spacing = position.x.like(grid.inverse_spacing);
    let wanted = (position - constant(grid.origin)) * spacing;
    let last = constant(grid.last);
    let zero = position.x.like(0.0);
    let inside = Vector {
        x: wanted.x.clamp(zero, last.x),
        y: wanted.y.clamp(zero, last.y),
        z: wanted.z.clamp(zero, last.z),
    };
    let beyond = wanted - inside;
    let base = inside.to_array().map(R::to_indices);
    let [row, plane] = [grid.points[0], grid.points[0] * grid.points[1]];
    let cell = base[0] + base[1] * row + base[2] * plane;
    let places = [cell, cell + row, cell + plane, cell + (plane + row)];
    let mut corners = [[zero; 4]; 2];
    let [one, charge] = [1.0, charge].map(|weight| zero.like(weight));
    add_corners(&mut corners, map(grid, maps, number), places, one);
    add_corners(&mut corners, map(grid, maps, grid.maps), places, charge);
    let desolvation = map(grid, maps, grid.maps + 1);
    add_corners(&mut corners, desolvation, places, charge.abs());
    let t = inside - Vector::new(base.map(|k| zero.whole(k)));
    let (value, slope) = trilinear(corners[0], corners[1], t);
    let penalty = zero.like(OUTSIDE_PENALTY as f32);
    (
        beyond.dot(beyond).mul_add(penalty, value),
        beyond.mul_add(penalty + penalty, slope) * spacing,
    )
}
