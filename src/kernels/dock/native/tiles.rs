//! Points in lanes and their distances from atoms, on the lattice of 0.001 Angstrom: shaders/lib/map_points.wgsl.

use super::map_points::BLOCK_X;
use crate::kernels::dock::map_points::CUTOFF;
use crate::lanes::{Instructions, Lanes, Mask, Planar, Real, Whole};

/// As many points of a block as there are lanes: rows along x, or parts of one. All have the same z.
pub(super) struct Tile<S: Instructions> {
    pub(super) simd: S,
    /// Of the first lane's row.
    pub(super) y: usize,
    pub(super) z: usize,
    /// Of the first lane, within the block: 0 except where a row takes several tiles.
    pub(super) first: usize,
    xy: Planar<S>,
    position_z: i32,
    /// 0.001 Angstrom from the grid's first point.
    pub(super) position: [Lanes<S>; 3],
}

/// How far the points of a tile are from an atom.
pub(super) struct Distance<S: Instructions> {
    /// 0.000001 square Angstrom.
    pub(super) squared: Whole<S>,
    /// Whether it is within the cut-off.
    pub(super) near: Mask<S>,
    /// Whole bins of 0.01 Angstrom, where it is near.
    pub(super) bin: Lanes<S>,
}

impl<S: Instructions> Tile<S> {
    #[inline(always)]
    pub(super) fn new(simd: S, [x, y, z]: [usize; 3], first: usize, spacing: i32) -> Self {
        let at = |lane: usize| {
            [x + (first + lane) % BLOCK_X, y + lane / BLOCK_X].map(|index| index as i32 * spacing)
        };
        let along = |axis: usize| Lanes::from_fn(simd, |lane| at(lane)[axis] as f32);
        let position_z = z as i32 * spacing;
        Tile {
            simd,
            y,
            z,
            first,
            xy: Planar::from_fn(simd, at),
            position_z,
            position: [along(0), along(1), Lanes::splat(simd, position_z as f32)],
        }
    }

    /// Squared distances from an atom, 0.000001 square Angstrom: differences fit 16 bits even where positions do not.
    #[inline(always)]
    pub(super) fn squared(&self, [x, y, z, _]: [i32; 4]) -> Whole<S> {
        let dz = z - self.position_z;
        (Planar::splat(self.simd, [x, y]) - self.xy).squared() + dz * dz
    }

    /// Distances from an atom.
    #[inline(always)]
    pub(super) fn distance(&self, atom: [i32; 4]) -> Distance<S> {
        let squared = self.squared(atom);
        Distance {
            squared,
            near: squared.at_most(CUTOFF * CUTOFF),
            bin: distance_bin(squared),
        }
    }

    /// The way from the points to an atom, 0.001 Angstrom.
    #[inline(always)]
    pub(super) fn way(&self, atom: [i32; 4]) -> [Lanes<S>; 3] {
        std::array::from_fn(|axis| -self.position[axis] + atom[axis] as f32)
    }

    /// The points of the tile's row with this number.
    #[inline(always)]
    pub(super) fn in_row(&self, row: usize) -> Mask<S> {
        let own = |lane: usize| (lane / BLOCK_X) as i32;
        let rows = Whole::truncated(Lanes::from_fn(self.simd, |lane| own(lane) as f32));
        rows.equal(self.whole(row as i32))
    }

    /// The same whole number at all points.
    #[inline(always)]
    pub(super) fn whole(&self, value: i32) -> Whole<S> {
        Whole::splat(self.simd, value)
    }

    /// The same number at all points.
    #[inline(always)]
    pub(super) fn splat(&self, value: f32) -> Lanes<S> {
        Lanes::splat(self.simd, value)
    }
}

impl<S: Instructions> Distance<S> {
    /// 1 / distance, 0.001 Angstrom.
    #[inline(always)]
    pub(super) fn inverse(&self) -> Lanes<S> {
        let squared = self.squared.to_reals();
        squared.max(squared.like(1.0)).inverse_sqrt()
    }
}

/// Whole bins of 0.01 Angstrom in the distance: b^2 <= squared / 100, so 25 b^2 <= squared / 4, of which only the whole
/// part counts. That is exact in 24 bits up to the cut-off, and roundings of its root and a fifth of that cross no bin.
#[inline(always)]
fn distance_bin<S: Instructions>(squared: Whole<S>) -> Lanes<S> {
    Whole::truncated((squared >> 2).to_reals().sqrt() * 0.2).to_reals()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Body, levels};

    struct Bins(Vec<i32>);

    impl Body for Bins {
        type Output = Vec<f32>;
        #[inline(always)]
        fn run<S: Instructions>(self, simd: S) -> Vec<f32> {
            let bin = |squared: &i32| distance_bin(Whole::splat(simd, *squared)).as_slice()[0];
            self.0.iter().map(bin).collect()
        }
    }

    /// Root, product and cut are monotonous, so the ends of a bin speak for all between.
    #[test]
    fn bins_are_right_to_their_last_whole_number() {
        for level in levels() {
            let last = level.run(Bins((1..=800).map(|bin| 100 * bin * bin - 1).collect()));
            let first = level.run(Bins((0..=800).map(|bin| 100 * bin * bin).collect()));
            assert!(
                (0..800).all(|bin| last[bin] == bin as f32),
                "{}",
                level.name()
            );
            assert!(
                (0..=800).all(|bin| first[bin] == bin as f32),
                "{}",
                level.name()
            );
        }
    }
}
