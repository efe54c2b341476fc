//! Smoothed pair potentials in lanes: what the affinity kernel calls well_energy and bond_energy.
//!
//! A smoothed energy is that of the distance moved towards the minimum by 25 bins at most. Its powers fall as the distance
//! grows, so they can be held between bounds as the distance is: one reciprocal serves the wells of all slots.

use super::tiles::Distance;
use crate::kernels::dock::affinity_maps;
use crate::lanes::{Instructions, Lanes, Mask, Real};

/// Bins on either side that smoothing looks at.
const SMOOTHING: f32 = affinity_maps::SMOOTHING as f32;
/// Largest energy of a pair, kcal/mol.
const CEILING: f32 = affinity_maps::CEILING as f32;

/// Energy of a slot with one kind of site, for distances in Angstrom.
#[derive(Clone, Copy)]
pub(super) struct Well {
    /// Second, sixth and tenth power of the minimum's reciprocal distance.
    best: [f32; 3],
    /// Factors of the twelfth and the sixth power.
    plain: [f32; 2],
    /// Factors of the twelfth and the tenth power.
    bond: [f32; 2],
}

/// Powers of the reciprocals of distances 25 bins farther and nearer, Angstrom.
pub(super) struct Reach<S: Instructions> {
    /// Whether the distance is within the cut-off.
    pub(super) near: Mask<S>,
    second: [Lanes<S>; 2],
    sixth: [Lanes<S>; 2],
}

impl Well {
    /// From bin of the minimum, radius in bins, and depth.
    pub(super) fn new([best, radius, depth, _]: [f32; 4]) -> Self {
        let [best, radius, depth] = [
            0.01 * f64::from(best),
            0.01 * f64::from(radius),
            f64::from(depth),
        ];
        let factors = |factors: [f64; 2], power: i32| {
            [
                factors[0] * depth * radius.powi(12),
                factors[1] * depth * radius.powi(power),
            ]
            .map(|factor| factor as f32)
        };
        Well {
            best: [-2, -6, -10].map(|power| best.powi(power) as f32),
            plain: factors([1.0, -2.0], 6),
            bond: factors([5.0, -6.0], 10),
        }
    }

    /// The 12-6 potential; 0 beyond the cut-off.
    #[inline(always)]
    pub(super) fn energy<S: Instructions>(&self, reach: &Reach<S>) -> Lanes<S> {
        let [far, near] = reach.sixth;
        let sixth = far.max(far.like(self.best[1])).min(near);
        let [repulsion, attraction] = self.plain.map(|factor| far.like(factor));
        (sixth * repulsion.mul_add(sixth, attraction)).min(far.like(CEILING))
    }

    /// The 12-10 potential, within the cut-off.
    #[inline(always)]
    pub(super) fn bond_energy<S: Instructions>(&self, reach: &Reach<S>) -> Lanes<S> {
        let [far, near] = reach.second;
        let second = far.max(far.like(self.best[0])).min(near);
        let fourth = second * second;
        let tenth = fourth * fourth * second;
        let [repulsion, attraction] = self.bond.map(|factor| far.like(factor));
        (tenth * repulsion.mul_add(second, attraction)).min(far.like(CEILING))
    }
}

impl<S: Instructions> Reach<S> {
    #[inline(always)]
    pub(super) fn new(distance: &Distance<S>) -> Self {
        let bin = distance.bin;
        let far = bin + SMOOTHING;
        // Below one bin any well's minimum is nearer to the distance.
        let near = (bin - SMOOTHING).max(bin.like(1.0));
        let inverse = (far * near * 0.01).inverse();
        let second = [near * inverse, far * inverse].map(|first| first * first);
        let sixth = second.map(|second| second * second * second);
        // Beyond the cut-off the upper bound is nought, and so is every energy.
        let within = Real::select(distance.near, sixth[1], bin.like(0.0));
        Reach {
            near: distance.near,
            second,
            sixth: [sixth[0], within],
        }
    }
}
