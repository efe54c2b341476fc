//! How far rounding may take a pose's energy and gradient: the body of the processor's kernel, run with tracked numbers.

use super::affinity_grid::{Grid, pack_all};
use super::family::Family;
use super::native::ligand::UnpackedLigand;
use super::native::pose_energy::Workspace;
use super::pose_energy::Maps;
use super::topology::{Topology, pack};
use crate::lanes::Tape;
use crate::twin::Value;

/// A ligand in its maps, as the body reads them.
pub struct TrackedPoses {
    ligand: UnpackedLigand,
    grid: Grid,
    maps: Vec<u32>,
}

impl TrackedPoses {
    /// Packs what all poses share.
    pub fn new(topology: &Topology, maps: &Maps) -> Self {
        let mut words = Vec::new();
        let header = pack(topology, Family::Invocation, &mut words);
        let (grid, maps) = pack_all(maps);
        TrackedPoses {
            ligand: UnpackedLigand::new(&header, &words),
            grid,
            maps,
        }
    }

    /// inter, intra, and the gradient: translation 3, rotation 3, torsions; each with its bound in roundings of 1.
    pub fn energy_values(&self, genes: &[f32]) -> Vec<Value> {
        let tape = Tape::default();
        let genes: Vec<_> = genes.iter().map(|&gene| tape.exact(gene.into())).collect();
        let mut work = Workspace::new(tape.exact(0.0));
        let (inter, intra) = work.energy::<true>(&self.ligand, &self.grid, &self.maps, &genes);
        let mut results = vec![inter, intra];
        results.append(&mut work.gradient);
        let bounds = tape.bounds(&results);
        let values = results.iter().zip(bounds);
        values
            .map(|(result, bound)| [result.value(), bound])
            .collect()
    }
}

#[cfg(test)]
#[path = "pose_tolerance_tests.rs"]
mod tests;
