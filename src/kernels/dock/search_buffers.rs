//! The buffers that the kernels of the search share, bound by the names that shaders/lib/search_state.wgsl declares.

use super::affinity_grid::DeviceMaps;
use super::search_state::{Progress, Run, Search, Status};
use super::topology::{Ligand, Words};
use crate::Result;
use crate::gpu::{Args, Buffer, Gpu, Kernel};

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

impl SearchBuffers {
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
