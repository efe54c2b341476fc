//! A map's value and slope between its points, in f64, with the magnitudes that a sum in single precision rounds.

use super::pose_energy::{Maps, Slope};
use crate::twin::Value;
use glam::DVec3;

/// The way from one number to the next, with magnitudes.
fn rise(low: Value, high: Value) -> Value {
    [high[0] - low[0], low[1] + high[1]]
}

/// The number at `t` of that way. What is added to the lower one counts: beside a wall it is far more than what is left.
fn between(low: Value, high: Value, t: f64) -> Value {
    let added = t * (high[0] - low[0]);
    let weighted = (1.0 - t) * low[1] + t * high[1];
    [low[0] + added, weighted + added.abs()]
}

/// Eight corners, x fastest, to one number: neighbours along x, y, z in turn become what `merge` makes of them.
fn merge_corners(corners: &[Value; 8], merge: impl Fn(usize, Value, Value) -> Value) -> Value {
    let x: [Value; 4] = std::array::from_fn(|k| merge(0, corners[2 * k], corners[2 * k + 1]));
    let y: [Value; 2] = std::array::from_fn(|k| merge(1, x[2 * k], x[2 * k + 1]));
    merge(2, y[0], y[1])
}

/// Value of one map at a point inside the box with the sum of its magnitudes, and its slope per Angstrom.
pub(super) fn interpolate(maps: &Maps, map: &[f32], at: DVec3) -> (Value, Slope) {
    let base: [usize; 3] = std::array::from_fn(|k| at[k] as usize);
    let t: [f64; 3] = std::array::from_fn(|k| at[k] - base[k] as f64);
    let corners = std::array::from_fn(|corner| {
        let up = [corner & 1, corner >> 1 & 1, corner >> 2];
        let [x, y, z]: [usize; 3] = std::array::from_fn(|k| base[k] + up[k]);
        let v = f64::from(map[x + maps.points[0] * (y + maps.points[1] * z)]);
        [v, v.abs()]
    });
    let value = merge_corners(&corners, |k, low, high| between(low, high, t[k]));
    let slopes = [0, 1, 2].map(|axis| {
        merge_corners(&corners, |k, low, high| match k == axis {
            true => rise(low, high),
            false => between(low, high, t[k]),
        })
    });
    let of = |part: usize| DVec3::from_array(slopes.map(|slope| slope[part])) / maps.spacing;
    let slope = Slope {
        sum: of(0),
        magnitude: of(1),
    };
    (value, slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x + 2 y + 4 z over one cell, but for a wall at one corner.
    fn cell(wall: f32) -> [f32; 8] {
        std::array::from_fn(|corner| if corner == 0 { wall } else { corner as f32 })
    }

    fn at(map: &[f32], at: [f64; 3]) -> (Value, Slope) {
        let maps = Maps {
            origin: DVec3::ZERO,
            spacing: 0.5,
            points: [2; 3],
            affinity: Vec::new(),
            electrostatic: &[],
            desolvation: &[],
        };
        interpolate(&maps, map, DVec3::from_array(at))
    }

    #[test]
    fn what_is_linear_is_met_everywhere() {
        let (value, slope) = at(&cell(0.0), [0.25, 0.5, 0.75]);
        assert!((value[0] - 4.25).abs() < 1e-12);
        assert!(slope.sum.distance(DVec3::new(2.0, 4.0, 8.0)) < 1e-12);
    }

    #[test]
    fn a_wall_counts_where_it_is_almost_left() {
        let (value, slope) = at(&cell(65_000.0), [0.999, 0.0, 0.0]);
        assert!(value[0] < 70.0 && value[1] > 60_000.0);
        assert!(slope.sum.y < 0.0 && slope.magnitude.y > 100_000.0);
    }
}
