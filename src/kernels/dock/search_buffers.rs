//! The buffers that the kernels of the search share, bound by the names that shaders/lib/search_state.wgsl declares.

use super::affinity_grid::DeviceMaps;
use super::search_state::{BREEDING, Capacity, Progress, Run, Search, Status};
use super::topology::{Ligand, Words};
use crate::gpu::{Args, Buffer, Gpu, Kernel};
use crate::{Error, Result};

/// All that a batch of ligands being searched has on the device, the receptor's maps aside.
pub struct SearchBuffers {
    /// Settings.
    pub search: Buffer<Search>,
    /// Headers of the ligands.
    pub ligands: Buffer<Ligand>,
    /// Their atoms, fragments and pairs.
    pub topology: Buffer<Words>,
    /// A row of numbers for each individual.
    pub state: Buffer<f32>,
    /// Of each individual.
    pub status: Buffer<Status>,
    /// Of each run.
    pub runs: Buffer<Run>,
    /// Of each ligand.
    pub progress: Buffer<Progress>,
    /// Two queues of waiting individuals for each ligand.
    pub queue: Buffer<u32>,
}

/// Individuals of a batch, whose rows must fit one binding of the device.
fn individuals(gpu: &Gpu, search: &Search, capacity: Capacity) -> Result<usize> {
    let (ligands, runs, population) = (search.ligands, search.runs, search.population);
    let individuals = [runs, population].map(u64::from);
    let individuals = individuals
        .iter()
        .fold(u64::from(ligands), |all, n| all.saturating_mul(*n));
    let bytes = individuals.saturating_mul(4 * u64::from(capacity.row()));
    if bytes > gpu.limits().storage_binding_bytes {
        let what = format!("{ligands} x {runs} runs of {population} individuals");
        return Err(Error::OutOfMemory { what, bytes });
    }
    Ok(individuals as usize)
}

impl SearchBuffers {
    /// Uploads a batch; every run is about to breed its first, random generation.
    ///
    /// # Errors
    /// Out of device memory: try fewer ligands.
    pub fn new(
        gpu: &Gpu,
        search: Search,
        capacity: Capacity,
        ligands: &[Ligand],
        topology: &[Words],
    ) -> Result<Self> {
        let individuals = individuals(gpu, &search, capacity)?;
        let newborn = Run {
            phase: BREEDING,
            unfinished: search.population,
            ..bytemuck::Zeroable::zeroed()
        };
        let started = Progress {
            waiting: [0, 0],
            round: 0,
            running: search.runs,
        };
        Ok(SearchBuffers {
            search: gpu.uniform(search)?,
            ligands: gpu.storage(ligands)?,
            topology: gpu.storage(topology)?,
            state: gpu.zeroed(individuals * capacity.row() as usize)?,
            status: gpu.zeroed(individuals)?,
            runs: gpu.storage(&vec![newborn; (search.ligands * search.runs) as usize])?,
            progress: gpu.storage(&vec![started; search.ligands as usize])?,
            queue: gpu.zeroed(2 * individuals)?,
        })
    }

    /// The arguments of a kernel of the search, compiled with these constants.
    ///
    /// # Errors
    /// What compiling and binding report.
    pub fn args(
        &self,
        gpu: &Gpu,
        maps: &DeviceMaps,
        kernel: &Kernel,
        constants: &[(&str, f64)],
    ) -> Result<Args> {
        gpu.pipeline(kernel, constants)?
            .args()
            .with("grid", &maps.grid)?
            .with("search", &self.search)?
            .with("ligands", &self.ligands)?
            .with("topology", &self.topology)?
            .with("maps", &maps.maps)?
            .with("state", &self.state)?
            .with("status", &self.status)?
            .with("runs", &self.runs)?
            .with("progress", &self.progress)?
            .with("queue", &self.queue)
    }
}
