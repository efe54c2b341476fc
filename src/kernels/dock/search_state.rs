//! State of the genetic algorithm on the device, shared by the kernels that advance it, and one round of them.

use super::affinity_grid::DeviceMaps;
use super::breed::Breed;
use super::census::Census;
use super::champion_poses::ChampionPoses;
use super::family::Family;
use super::packed_lanes::LANES;
use super::search_buffers::SearchBuffers;
use super::topology::{Ligand, Words};
use crate::gpu::{Args, Batch, Download, Gpu, Kernel, Submitted};
use crate::twin::Twin;
use crate::{Error, Result};

crate::host_struct!(
/// Settings of a batch of searches.
Search {
    ligands: u32,
    runs: u32,
    population: u32,
    local_search_steps: u32,
    seed: [u32; 2],
    auto_stop: f32,
    crossover_rate: f32,
    mutation_rate: f32,
    tournament_rate: f32,
    mutation_shift: f32,
    mutation_turn: f32,
});
crate::host_struct!(
/// Of one individual: the best score met (kcal/mol), steps done, and what its local search remembers.
Status {
    best: f32,
    steps: u32,
    mark: f32,
    streak: i32
});
crate::host_struct!(
/// Of one run: phase, generations done, champion, best score (kcal/mol), what was spent.
Run {
    phase: u32,
    generation: u32,
    champion: u32,
    best: f32,
    evaluations: u32,
    unfinished: u32,
    reached: u32,
    evaluations_to_target: u32,
});
crate::host_struct!(
/// Of one ligand: individuals in its two queues, rounds done, runs that go on.
Progress {
    waiting: [u32; 2],
    round: u32,
    running: u32
});

/// Phase of a run whose population is in its local searches.
pub const SEARCHING: u32 = 0;
/// Phase of a run whose next generation is due.
pub const BREEDING: u32 = 1;
/// Phase of a run that is over.
pub const FINISHED: u32 = 2;

/// Sizes of the private arrays that a kernel is compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Capacity {
    /// Atoms, a multiple of four.
    pub atoms: u32,
    /// Fragments: torsions plus one.
    pub fragments: u32,
}

impl Capacity {
    /// Numbers of a pose: translation 3, quaternion 4, torsions.
    pub fn pose(self) -> u32 {
        6 + self.fragments
    }

    /// Numbers of an individual in `state`: two poses and two for each direction of movement.
    pub fn row(self) -> u32 {
        2 * self.pose() + 2 * (5 + self.fragments)
    }

    /// The capacities as constants of a kernel.
    pub fn constants(self) -> [(&'static str, f64); 2] {
        [
            ("ATOMS", f64::from(self.atoms)),
            ("FRAGMENTS", f64::from(self.fragments)),
        ]
    }
}

/// Texts that every kernel of the search begins with, for one invocation a pose or for one workgroup a pose.
macro_rules! search_sources {
    ($($own:literal),+) => {
        search_sources!(of "../../../shaders/lib/pose_energy.wgsl", $($own),+)
    };
    (workgroup $($own:literal),+) => {
        search_sources!(of "../../../shaders/lib/pose_energy_workgroup.wgsl", $($own),+)
    };
    (of $pose_energy:literal, $($own:literal),+) => {
        &[
            crate::kernels::dock::random::PHILOX,
            include_str!("../../../shaders/lib/sine_cosine.wgsl"),
            include_str!("../../../shaders/lib/quaternion.wgsl"),
            include_str!("../../../shaders/lib/affinity_grid.wgsl"),
            include_str!("../../../shaders/lib/ad4_pairs.wgsl"),
            include_str!("../../../shaders/lib/pose_layout.wgsl"),
            include_str!("../../../shaders/lib/ligand.wgsl"),
            include_str!($pose_energy),
            include_str!("../../../shaders/lib/search_layout.wgsl"),
            include_str!("../../../shaders/lib/search_state.wgsl"),
            $(include_str!($own)),+
        ]
    };
}
pub(super) use search_sources;

/// Sizes of private arrays that the search kernels take, with the defaults of their tests.
pub(super) const CAPACITIES: &[(&str, u32)] = &[("ATOMS", 64), ("FRAGMENTS", 16)];

/// The same where a workgroup works on a pose.
pub(super) const WORKGROUP_CAPACITIES: &[(&str, u32)] =
    &[CAPACITIES[0], CAPACITIES[1], ("LANES", LANES)];

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
        let buffers = SearchBuffers {
            search: gpu.uniform(search)?,
            ligands: gpu.storage(ligands)?,
            topology: gpu.storage(topology)?,
            state: gpu.zeroed(individuals * capacity.row() as usize)?,
            status: gpu.zeroed(individuals)?,
            runs: gpu.storage(&vec![newborn; (search.ligands * search.runs) as usize])?,
            progress: gpu.storage(&vec![started; search.ligands as usize])?,
            queue: gpu.zeroed(2 * individuals)?,
        };
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
