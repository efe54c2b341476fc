//! The grid of a box: sizes in Angstrom become numbers of points.

use crate::formats::maps::Grid;
use crate::kernels::dock::map_points::CUTOFF;
use crate::molecule::Receptor;
use crate::{Error, Result};
use glam::DVec3;

/// Largest grid: a map of 512 MiB.
const MOST_POINTS: f64 = 134_217_728.0;
/// Largest distance between points, Angstrom: distances within a block must fit the kernels' whole numbers.
pub(super) const WIDEST_SPACING: f64 = 2.0;

/// The grid of a box: as many intervals of `spacing` along each axis as come nearest to `size`, an even number, at least
/// two. Centre and spacing are rounded to 0.001 Angstrom, for map files say no more. All in Angstrom.
///
/// # Errors
/// [`Error::Usage`] for sizes or spacings that are not positive numbers, too many points, or a box that no receptor atom
/// comes within 8 Angstrom of.
pub fn grid_from_box(
    center: DVec3,
    size: DVec3,
    spacing: f64,
    receptor: &Receptor,
) -> Result<Grid> {
    let wrong = |what: String| Err(Error::Usage(what));
    if !center.is_finite() {
        return wrong(format!(
            "the centre of the box is {center}: three numbers in Angstrom are needed"
        ));
    }
    if !size.is_finite() || size.min_element() <= 0.0 {
        return wrong(format!(
            "the size of the box is {size}: three lengths above 0 Angstrom are needed"
        ));
    }
    if !(0.001..=WIDEST_SPACING).contains(&spacing) {
        return wrong(format!(
            "the spacing is {spacing}: it must lie between 0.001 and {WIDEST_SPACING} Angstrom"
        ));
    }
    let spacing = thousandths(spacing);
    let points = (size / spacing / 2.0).round().max(DVec3::ONE) * 2.0 + 1.0;
    let count = points.element_product();
    if count > MOST_POINTS {
        return wrong(format!(
            "the box has {count:.0} grid points, {MOST_POINTS:.0} at most: \
             make it smaller or the spacing wider"
        ));
    }
    let grid = Grid {
        center: DVec3::from_array(center.to_array().map(thousandths)),
        spacing,
        points: points.to_array().map(|count| count as usize),
    };
    check_reach(&grid, receptor)?;
    Ok(grid)
}

fn thousandths(length: f64) -> f64 {
    (length * 1000.0).round() / 1000.0
}

fn check_reach(grid: &Grid, receptor: &Receptor) -> Result<()> {
    let low = grid.origin();
    let high = 2.0 * grid.center - low;
    let distance = |position: DVec3| position.clamp(low, high).distance(position);
    let atoms = receptor.atoms.iter();
    let nearest = atoms
        .map(|atom| distance(atom.position))
        .fold(f64::INFINITY, f64::min);
    let cutoff = f64::from(CUTOFF) / 1000.0;
    if nearest > cutoff {
        return Err(Error::Usage(format!(
            "the box around {} is {nearest:.1} Angstrom away from the nearest atom of {}: \
             move its centre into the receptor",
            grid.center, receptor.name
        )));
    }
    Ok(())
}
