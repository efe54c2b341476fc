//! State of the genetic algorithm on the device, shared by the kernels that advance it, and one round of them.

use super::affinity_grid::DeviceMaps;
use super::topology::{Ligand, Words};
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};

crate::host_struct!(Search {
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
crate::host_struct!(Status { best: f32, steps: u32, mark: f32, streak: i32 });
crate::host_struct!(Run {
    phase: u32,
    generation: u32,
    champion: u32,
    best: f32,
    evaluations: u32,
    unfinished: u32,
    reached: u32,
    evaluations_to_target: u32,
});
crate::host_struct!(Progress { waiting: [u32; 2], round: u32, running: u32 });

/// Phase of a run whose next generation is due.
pub const BREEDING: u32 = 1;

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

    /// Planes of `state`: two poses and two numbers for each direction of movement.
    pub fn planes(self) -> u32 {
        2 * self.pose() + 2 * (5 + self.fragments)
    }

    /// The capacities as constants of a kernel.
    pub fn constants(self) -> [(&'static str, f64); 2] {
        [("ATOMS", f64::from(self.atoms)), ("FRAGMENTS", f64::from(self.fragments))]
    }
}

/// A batch of ligands being searched.
pub struct SearchState {
    /// Sizes of the batch, rates and seed.
    pub search: Search,
    /// Sizes of the private arrays.
    pub capacity: Capacity,
    uniform: Buffer<Search>,
    ligands: Buffer<Ligand>,
    topology: Buffer<Words>,
    state: Buffer<f32>,
    status: Buffer<Status>,
    runs: Buffer<Run>,
    progress: Buffer<Progress>,
    queue: Buffer<u32>,
    champions: Buffer<f32>,
}

/// Invocations of a workgroup of the kernels with one invocation per individual.
const WORKGROUP: u32 = 64;
/// Lanes of the census: each follows some runs of one ligand.
const CENSUS_LANES: u32 = 32;

impl SearchState {
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
        let individuals = (search.ligands * search.runs * search.population) as usize;
        let newborn = Run { phase: BREEDING, unfinished: search.population, ..bytemuck::Zeroable::zeroed() };
        let started = Progress { waiting: [0, 0], round: 0, running: search.runs };
        let runs = (search.ligands * search.runs) as usize;
        Ok(SearchState {
            search,
            capacity,
            uniform: gpu.uniform(search)?,
            ligands: gpu.storage(ligands)?,
            topology: gpu.storage(topology)?,
            state: gpu.zeroed(individuals * capacity.planes() as usize)?,
            status: gpu.zeroed(individuals)?,
            runs: gpu.storage(&vec![newborn; runs])?,
            progress: gpu.storage(&vec![started; search.ligands as usize])?,
            queue: gpu.zeroed(2 * individuals)?,
            champions: gpu.zeroed(runs * capacity.pose() as usize)?,
        })
    }

    /// Bytes of device memory that one ligand takes in a batch, its topology aside.
    pub fn bytes_per_ligand(capacity: Capacity, runs: u32, population: u32) -> u64 {
        let individuals = u64::from(runs) * u64::from(population);
        individuals * (4 * u64::from(capacity.planes()) + 16 + 8)
    }

    fn dispatch(
        &self,
        gpu: &Gpu,
        batch: &mut Batch,
        maps: &DeviceMaps,
        kernel: &Kernel,
        workgroup: u32,
        groups: [u32; 3],
    ) -> Result<()> {
        let [atoms, fragments] = self.capacity.constants();
        let pipeline = gpu.pipeline(kernel, &[atoms, fragments, ("WORKGROUP", f64::from(workgroup))])?;
        let mut args = pipeline.args();
        if args.takes("grid") {
            args = args.with("grid", &maps.grid)?;
        }
        if args.takes("maps") {
            args = args.with("maps", &maps.maps)?;
        }
        if args.takes("topology") {
            args = args.with("topology", &self.topology)?;
        }
        if args.takes("champions") {
            args = args.with("champions", &self.champions)?;
        }
        if args.takes("queue") {
            args = args.with("queue", &self.queue)?;
        }
        let args = args
            .with("search", &self.uniform)?
            .with("ligands", &self.ligands)?
            .with("state", &self.state)?
            .with("status", &self.status)?
            .with("runs", &self.runs)?
            .with("progress", &self.progress)?;
        batch.dispatch(args, groups)?;
        Ok(())
    }
}
