//! Points of a block in lanes, and the receptor atoms near it: shaders/lib/map_points.wgsl.

use crate::gpu::{Call, Cells};
use crate::kernels::dock::map_points::{BLOCK, CUTOFF, Grid};
use crate::lanes::{Instructions, Lanes, Mask, Planar, Real, Whole};
use crate::{Error, Result};
use bytemuck::Pod;

const BLOCK_X: usize = BLOCK[0] as usize;
const BLOCK_Y: usize = BLOCK[1] as usize;
const BLOCK_Z: usize = BLOCK[2] as usize;

/// What the map kernels are given alike: grid, blocks and atoms, as the shaders name them.
pub(super) struct Blocks<'a> {
    pub(super) grid: Grid,
    pub(super) runs: &'a [[u32; 4]],
    pub(super) atoms: &'a [[i32; 4]],
    blocks: &'a [[u32; 4]],
    groups: [u32; 3],
}

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

impl<'a> Blocks<'a> {
    /// # Errors
    /// What the bindings report; [`Error::Usage`] where the points are so far apart that distances within a block and
    /// its surroundings take more than 16 bits.
    pub(super) fn read(call: &Call<'a>, grid: Grid) -> Result<Self> {
        if grid
            .spacing
            .saturating_mul(BLOCK[0] as i32)
            .saturating_add(CUTOFF)
            > i32::from(i16::MAX)
        {
            let spacing = grid.spacing;
            return Err(Error::Usage(format!(
                "grid points {spacing} x 0.001 Angstrom apart: choose a finer grid"
            )));
        }
        Ok(Blocks {
            grid,
            runs: call.read("runs")?,
            atoms: call.read("atoms")?,
            blocks: call.read("blocks")?,
            groups: call.groups(),
        })
    }

    /// First runs of a block's acceptors, other atoms and donors, and the end.
    #[inline(always)]
    pub(super) fn bounds(&self, [x, y, z]: [u32; 3]) -> [usize; 4] {
        let block = x + self.groups[0] * (y + self.groups[1] * z);
        self.blocks[block as usize].map(|run| run as usize)
    }

    /// The tiles of a block with points in the grid.
    #[inline(always)]
    pub(super) fn tiles<S: Instructions>(
        &self,
        simd: S,
        group: [u32; 3],
    ) -> impl Iterator<Item = Tile<S>> {
        let [_, ny, nz] = self.grid.points.map(|points| points as usize);
        let [x, y, z] = [0, 1, 2].map(|axis| (group[axis] * BLOCK[axis]) as usize);
        let z = z + self.grid.first_z as usize;
        let starts = (0..BLOCK_X * BLOCK_Y * BLOCK_Z).step_by(Lanes::<S>::COUNT);
        let tile = move |start: usize| {
            let [row, layer] = [start / BLOCK_X % BLOCK_Y, start / (BLOCK_X * BLOCK_Y)];
            ((y + row < ny) & (z + layer < nz)).then(|| {
                Tile::new(
                    simd,
                    [x, y + row, z + layer],
                    start % BLOCK_X,
                    self.grid.spacing,
                )
            })
        };
        starts.filter_map(tile)
    }

    /// Writes an element for each point of a tile that is in the grid, at its place behind `start`.
    #[inline(always)]
    pub(super) fn store<S: Instructions, T: Pod>(
        &self,
        tile: &Tile<S>,
        [x, ..]: [u32; 3],
        start: usize,
        cells: Cells,
        element: impl Fn(usize) -> T,
    ) {
        let [nx, ny, _] = self.grid.points.map(|points| points as usize);
        let z = tile.z - self.grid.first_z as usize;
        for lane in 0..Lanes::<S>::COUNT {
            let x = x as usize * BLOCK_X + (tile.first + lane) % BLOCK_X;
            let y = tile.y + lane / BLOCK_X;
            if x < nx && y < ny {
                cells.store(start + x + nx * (y + ny * z), element(lane));
            }
        }
    }
}

impl<S: Instructions> Tile<S> {
    #[inline(always)]
    fn new(simd: S, [x, y, z]: [usize; 3], first: usize, spacing: i32) -> Self {
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
