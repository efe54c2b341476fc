//! Lists of the receptor's atoms near each block of grid points, made on the host.

use super::map_points::{BLOCK, CUTOFF, Grid, Site};
use crate::gpu::{Buffer, Gpu};
use crate::{Error, Result};
use rayon::prelude::*;
use std::ops::Range;

/// A list must stay well below what a software device loops over (65,535 turns) in its two passes.
const MOST_NEAR: usize = 20_000;

/// Atoms near each block of some layers: what the kernels walk through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighborhoods {
    /// Of each block, x fastest: the first run with acceptors, with other atoms, with donors, and the end.
    pub blocks: Vec<[u32; 4]>,
    /// Atoms of one kind: kind, first, end, 0.
    pub runs: Vec<[u32; 4]>,
    /// Position of an atom and its index in the sites.
    pub atoms: Vec<[i32; 4]>,
}

/// [`Neighborhoods`] on the device.
pub struct NearBuffers {
    pub(super) blocks: Buffer<[u32; 4]>,
    pub(super) runs: Buffer<[u32; 4]>,
    pub(super) atoms: Buffer<[i32; 4]>,
}

/// A site that may be near a block, by the axes looked at so far.
#[derive(Clone, Copy)]
struct Candidate {
    /// As in [`Neighborhoods::atoms`].
    atom: [i32; 4],
    kind: u32,
    rank: usize,
    /// Squared distance along those axes.
    squared: i64,
}

impl Neighborhoods {
    /// Finds the sites within the cut-off of each block's box.
    ///
    /// # Errors
    /// [`Error::Usage`] where thousands of atoms lie on top of each other.
    pub fn find(sites: &[Site], grid: &Grid, layers: &Range<u32>) -> Result<Self> {
        let mut ordered: Vec<Candidate> = (0..).zip(sites).map(candidate).collect();
        ordered.sort_by_key(|site| (site.rank, site.kind, site.atom[3]));
        let [nx, ny, _] = grid.blocks();
        let layers: Vec<Neighborhoods> = layers
            .clone()
            .into_par_iter()
            .map(|z| {
                let mut layer = Neighborhoods::default();
                let in_layer: Vec<Candidate> = within(&ordered, grid, 2, z).collect();
                for y in 0..ny {
                    let in_row: Vec<Candidate> = within(&in_layer, grid, 1, y).collect();
                    for x in 0..nx {
                        layer.push(within(&in_row, grid, 0, x));
                    }
                }
                layer
            })
            .collect();
        let mut all = Neighborhoods::default();
        all.atoms
            .reserve_exact(layers.iter().map(|layer| layer.atoms.len()).sum());
        layers.into_iter().for_each(|layer| all.append(layer));
        all.checked()
    }

    /// Appends a block with these sites.
    fn push(&mut self, near: impl Iterator<Item = Candidate>) {
        let mut starts = [None; 3];
        for site in near {
            let first = self.atoms.len() as u32;
            match self.runs.last_mut() {
                Some(run) if starts[site.rank].is_some() && run[0] == site.kind => run[2] += 1,
                _ => {
                    starts[site.rank].get_or_insert(self.runs.len() as u32);
                    self.runs.push([site.kind, first, first + 1, 0]);
                }
            }
            self.atoms.push(site.atom);
        }
        // A role without atoms begins where the next one does.
        let end = self.runs.len() as u32;
        let donors = starts[2].unwrap_or(end);
        let others = starts[1].unwrap_or(donors);
        self.blocks
            .push([starts[0].unwrap_or(others), others, donors, end]);
    }

    fn append(&mut self, layer: Neighborhoods) {
        let (runs, atoms) = (self.runs.len() as u32, self.atoms.len() as u32);
        let blocks = layer.blocks.into_iter();
        self.blocks
            .extend(blocks.map(|block| block.map(|run| run + runs)));
        let moved = layer.runs.into_iter();
        self.runs
            .extend(moved.map(|[kind, first, end, pad]| [kind, first + atoms, end + atoms, pad]));
        self.atoms.extend(layer.atoms);
    }

    fn checked(self) -> Result<Self> {
        let near = |block: &[u32; 4]| match (block[0], block[3]) {
            (first, end) if first < end => {
                self.runs[end as usize - 1][2] - self.runs[first as usize][1]
            }
            _ => 0,
        };
        let most = self.blocks.iter().map(near).max().unwrap_or(0) as usize;
        if most > MOST_NEAR {
            return Err(Error::Usage(format!(
                "{most} receptor atoms lie within 8 Angstrom of one block of grid points: \
                 are there several models in the receptor file?"
            )));
        }
        Ok(self)
    }

    /// Uploads the lists.
    ///
    /// # Errors
    /// What the device reports.
    pub fn upload(&self, gpu: &Gpu) -> Result<NearBuffers> {
        Ok(NearBuffers {
            blocks: gpu.storage(&self.blocks)?,
            runs: gpu.storage(&self.runs)?,
            atoms: gpu.storage(&self.atoms)?,
        })
    }
}

fn candidate((index, site): (i32, &Site)) -> Candidate {
    let [x, y, z] = site.position;
    Candidate {
        atom: [x, y, z, index],
        kind: site.kind,
        rank: site.bonding.rank() as usize,
        squared: 0,
    }
}

/// The candidates that are still within the cut-off of the blocks with this number along one more axis.
fn within<'a>(
    candidates: &'a [Candidate],
    grid: &'a Grid,
    axis: usize,
    block: u32,
) -> impl Iterator<Item = Candidate> + 'a {
    let farther = move |site: &Candidate| {
        let squared = site.squared + gap(site.atom[axis], grid, axis, block).pow(2);
        (squared <= i64::from(CUTOFF).pow(2)).then_some(Candidate { squared, ..*site })
    };
    candidates.iter().filter_map(farther)
}

/// Distance along one axis from a position to a block; 0 inside.
fn gap(position: i32, grid: &Grid, axis: usize, block: u32) -> i64 {
    let (spacing, position) = (i64::from(grid.spacing), i64::from(position));
    let first = i64::from(block * BLOCK[axis]) * spacing;
    let last = first + i64::from(BLOCK[axis] - 1) * spacing;
    (first - position).max(position - last).max(0)
}
