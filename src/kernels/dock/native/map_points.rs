//! Blocks of grid points and the receptor atoms near them, for the map kernels' lane bodies: shaders/lib/map_points.wgsl.

use super::tiles::Tile;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::map_points::{BLOCK, CUTOFF, Grid};
use crate::lanes::{Instructions, Lanes};
use crate::{Error, Result};
use bytemuck::Pod;

pub(super) const BLOCK_X: usize = BLOCK[0] as usize;
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

    /// The tiles of a block with points in the grid, by twos: one alone waits for its own
    /// results most of the time. Both are spelled out where they are worked on: `array::map` and functions handed on are
    /// not always inlined.
    #[inline(always)]
    pub(super) fn tiles<S: Instructions>(
        &self,
        simd: S,
        group: [u32; 3],
    ) -> impl Iterator<Item = [Tile<S>; 2]> {
        let [_, ny, nz] = self.grid.points.map(|points| points as usize);
        let two = 2 * Lanes::<S>::COUNT;
        let starts = (0..BLOCK_X * BLOCK_Y * BLOCK_Z).step_by(two);
        let tiles = starts.map(
            #[inline(always)]
            move |start| {
                [
                    self.tile(simd, group, start),
                    self.tile(simd, group, start + two / 2),
                ]
            },
        );
        tiles.filter(move |[tile, _]| (tile.y < ny) & (tile.z < nz))
    }

    /// The tile that begins with this point of a block.
    #[inline(always)]
    fn tile<S: Instructions>(&self, simd: S, group: [u32; 3], start: usize) -> Tile<S> {
        let [x, y, z] = [0, 1, 2].map(|axis| (group[axis] * BLOCK[axis]) as usize);
        let [row, layer] = [start / BLOCK_X % BLOCK_Y, start / (BLOCK_X * BLOCK_Y)];
        let first = [x, y + row, z + layer + self.grid.first_z as usize];
        Tile::new(simd, first, start % BLOCK_X, self.grid.spacing)
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
