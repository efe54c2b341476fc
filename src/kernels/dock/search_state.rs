//! State of the genetic algorithm on the device, shared by the kernels that advance it, and one round of them.

mod records;
mod sources;

use super::affinity_grid::DeviceMaps;
use super::breed::Breed;
use super::census::Census;
use super::champion_poses::ChampionPoses;
use super::family::Family;
use super::search_buffers::SearchBuffers;
use super::topology::{Ligand, Words};
use crate::Result;
use crate::gpu::{Args, Batch, Download, Gpu, Kernel, Submitted};
use crate::twin::Twin;

pub(super) use sources::{CAPACITIES, WORKGROUP_CAPACITIES, search_sources};

pub use records::{BREEDING, Capacity, FINISHED, Progress, Run, SEARCHING, Search, Status};

/// A kernel that improves individuals, and its constants.
#[derive(Clone, Copy, Debug)]
pub struct LocalSearchKernel {
    /// The kernel.
    pub kernel: Kernel,
    /// Who works on a pose in it: ligands are packed for that.
    pub family: Family,
    /// Its `override` constants.
    pub constants: &'static [(&'static str, f64)],
}

/// Workgroups of a dispatch over the ligands' queues, each of which takes so many poses: a power of two for each ligand,
/// as `part_of_queue` deals them, in rows of `row` along y.
pub(super) fn queue_groups(search: &Search, poses: u32, row: u32) -> [u32; 3] {
    let individuals = search.runs * search.population;
    let parts = individuals.div_ceil(poses).next_power_of_two();
    [search.ligands, parts.min(row), (parts / row).max(1)]
}

/// Workgroups along y of a dispatch over queues at most, a power of two: every device takes 65,535.
const QUEUE_ROW: u32 = 1 << 15;

/// A batch of ligands being searched.
pub struct SearchState {
    ligands: u32,
    capacity: Capacity,
    buffers: SearchBuffers,
    breed: Args,
    breed_groups: [u32; 3],
    local_search: Args,
    search_groups: [u32; 3],
    census: Args,
}

/// Invocations of a workgroup of the kernels that work on no pose.
pub(super) const WORKGROUP: u32 = 64;
/// Lanes of the census: each follows some runs of one ligand.
pub(super) const CENSUS_LANES: u32 = 32;

impl SearchState {
    /// Uploads a batch; every run is about to breed its first, random generation.
    ///
    /// # Errors
    /// Out of device memory: try fewer ligands.
    pub fn new(
        gpu: &Gpu,
        maps: &DeviceMaps,
        local_search: LocalSearchKernel,
        search: Search,
        capacity: Capacity,
        ligands: &[Ligand],
        topology: &[Words],
    ) -> Result<Self> {
        let buffers = SearchBuffers::new(gpu, search, capacity, ligands, topology)?;
        let breeders = Family::Invocation.invocations(gpu);
        let searchers = local_search.family.invocations(gpu);
        let bind = |kernel: &Kernel, workgroup: u32, more: &[(&str, f64)]| -> Result<Args> {
            let workgroup = ("WORKGROUP", f64::from(workgroup));
            let constants = [&capacity.constants()[..], &[workgroup], more].concat();
            buffers.args(gpu, maps, kernel, &constants)
        };
        Ok(SearchState {
            ligands: search.ligands,
            capacity,
            breed: bind(&Breed::KERNEL, breeders, &[])?,
            breed_groups: [
                (search.runs * search.population).div_ceil(breeders),
                search.ligands,
                1,
            ],
            local_search: bind(
                &local_search.kernel,
                searchers,
                &[
                    local_search.constants,
                    &[("QUEUE_ROW", f64::from(QUEUE_ROW))],
                ]
                .concat(),
            )?,
            search_groups: queue_groups(&search, local_search.family.poses(searchers), QUEUE_ROW),
            census: bind(&Census::KERNEL, CENSUS_LANES, &[])?,
            buffers,
        })
    }

    /// Bytes of device memory that one ligand takes in a batch, its topology aside.
    pub fn bytes_per_ligand(capacity: Capacity, runs: u32, population: u32) -> u64 {
        let individuals = u64::from(runs) * u64::from(population);
        individuals.saturating_mul(4 * u64::from(capacity.row()) + 16 + 8)
    }

    /// Records one round: new generations where they are due, some steps of every local search, the census.
    ///
    /// # Errors
    /// What recording reports.
    pub fn record_round(&self, batch: &mut Batch) -> Result<()> {
        batch.dispatch(&self.breed, self.breed_groups)?;
        batch.dispatch(&self.local_search, self.search_groups)?;
        batch.dispatch(&self.census, [self.ligands, 1, 1])?;
        Ok(())
    }

    /// Asks for the progress of every ligand.
    ///
    /// # Errors
    /// What recording reports.
    pub fn download_progress(&self, batch: &mut Batch) -> Result<Download<Progress>> {
        batch.download(&self.buffers.progress)
    }

    /// What became of every run, and the pose of its champion: `capacity.pose()` numbers each.
    ///
    /// # Errors
    /// What the device reports.
    pub fn results(&self, gpu: &Gpu) -> Result<(Vec<Run>, Vec<f32>)> {
        let mut batch = gpu.batch();
        let runs = batch.download(&self.buffers.runs)?;
        let runs = batch.submit()?.read(runs)?;
        let champions: Vec<u32> = runs.iter().map(|run| run.champion).collect();
        let champions = gpu.storage(&champions)?;
        let poses = gpu.filled(champions.len() * self.capacity.pose() as usize, f32::NAN)?;
        let args = gpu
            .pipeline(&ChampionPoses::KERNEL, &[self.capacity.constants()[1]])?
            .args()
            .with("search", &self.buffers.search)?
            .with("state", &self.buffers.state)?
            .with("champions", &champions)?
            .with("poses", &poses)?;
        let mut batch = gpu.batch();
        batch.dispatch(args, [(poses.len() as u32).div_ceil(WORKGROUP), 1, 1])?;
        let poses = batch.download(&poses)?;
        let submitted: Submitted = batch.submit()?;
        Ok((runs, submitted.read(poses)?))
    }
}
