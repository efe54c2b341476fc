//! The formulas of docking one by one: what every level computes lies within the bounds of tracked numbers, and not far
//! within.

use super::ad4_pairs::{Coefficients, pair_energy};
use super::affinity_grid::trilinear;
use super::quaternion::Quaternion;
use super::vector::Vector;
use crate::lanes::{Draws, Formula, Real, in_bounds};

/// A pair's energy, or its slope, at a distance of the numbers' making.
#[derive(Clone, Copy)]
struct Pair {
    slope: bool,
    coefficients: Coefficients,
}

const BOND: Coefficients = Coefficients {
    repulsion: 55_332.8,
    attraction_6: 0.0,
    attraction_10: 18_393.2,
    slope_6: 0.0,
    slope_10: 183_932.0,
    optimum: 1.9,
    charges: -3.7,
    desolvation: 0.11,
};

impl Formula for Pair {
    #[inline(always)]
    fn of<R: Real>(self, numbers: &[R]) -> R {
        let d = Vector::new([numbers[0], numbers[1], numbers[2]]);
        let (energy, slope) = pair_energy(d.dot(d), &self.coefficients);
        if self.slope { slope } else { energy }
    }
}

/// A value between corners, or one number of its slope.
#[derive(Clone, Copy)]
struct Between(usize);

impl Formula for Between {
    #[inline(always)]
    fn of<R: Real>(self, numbers: &[R]) -> R {
        let four = |first: usize| [0, 1, 2, 3].map(|k| numbers[first + k]);
        let part = |k: usize| {
            numbers[8 + k]
                .abs()
                .clamp(numbers[0].like(0.0), numbers[0].like(1.0))
        };
        let t = Vector::new([0, 1, 2].map(part));
        let (value, slope) = trilinear(four(0), four(4), t);
        let [x, y, z] = slope.to_array();
        [value, x, y, z][self.0]
    }
}

/// A number of a vector turned by one rotation after the other.
#[derive(Clone, Copy)]
struct Turned(usize);

impl Formula for Turned {
    #[inline(always)]
    fn of<R: Real>(self, numbers: &[R]) -> R {
        let three = |first: usize| Vector::new([0, 1, 2].map(|k| numbers[first + k]));
        let mut turn = Quaternion::from_rotation_vector(three(0));
        for axis in [three(3), three(6)] {
            let length = axis.dot(axis).inverse_sqrt();
            let next = Quaternion::about_axis(axis * length, numbers[0]);
            turn = next.compose(turn).normalize();
        }
        turn.rotate(three(9)).to_array()[self.0]
    }
}

fn hold(name: &str, formula: impl Formula) {
    let mut draws = Draws(7);
    let rows: Vec<_> = (0..3000).map(|_| draws.numbers()).collect();
    let ratios = in_bounds(formula, &rows);
    let (middle, worst) = (ratios[ratios.len() / 2], ratios[ratios.len() - 1]);
    println!("{name}: middle {middle:.3}, worst {worst:.2}");
    assert!(worst <= 1.0, "{name}: {worst}");
    assert!(middle > 0.02, "{name}: {middle}");
}

#[test]
fn bounds_of_pairs_hold_and_are_not_far() {
    let well = Coefficients {
        attraction_6: 92.3,
        slope_6: 553.8,
        attraction_10: 0.0,
        slope_10: 0.0,
        optimum: 3.3,
        ..BOND
    };
    for (name, coefficients) in [("bond", BOND), ("well", well)] {
        for slope in [false, true] {
            hold(
                name,
                Pair {
                    slope,
                    coefficients,
                },
            );
        }
    }
}

#[test]
fn bounds_between_corners_hold_and_are_not_far() {
    (0..4).for_each(|number| hold("between corners", Between(number)));
}

#[test]
fn bounds_of_rotations_hold_and_are_not_far() {
    (0..3).for_each(|number| hold("rotations", Turned(number)));
}
