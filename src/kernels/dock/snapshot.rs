//! A search at one moment, held on the host: what its kernels and their twins read and write.

use super::affinity_grid::DeviceMaps;
use super::family::Family;
use super::search_buffers::SearchBuffers;
use super::search_state::{Capacity, Progress, Run, Search, Status};
use super::synthetic_maps::OwnedMaps;
use super::topology::{Ligand, Topology, Words, pack};
use crate::Result;
use crate::gpu::{Gpu, Kernel};
use crate::twin::Value;

/// What a number is that nothing was written to.
pub const UNTOUCHED: f32 = -77.0;

/// A batch of ligands being searched.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The receptor's maps.
    pub maps: OwnedMaps,
    /// The ligands.
    pub topologies: Vec<Topology>,
    /// Settings.
    pub search: Search,
    /// Sizes that the kernels are compiled for.
    pub capacity: Capacity,
    /// Headers of the ligands.
    pub ligands: Vec<Ligand>,
    /// A row of numbers for each individual.
    pub state: Vec<f32>,
    /// Of each individual.
    pub status: Vec<Status>,
    /// Of each run.
    pub runs: Vec<Run>,
    /// Of each ligand.
    pub progress: Vec<Progress>,
    /// Two queues of waiting individuals for each ligand.
    pub queue: Vec<u32>,
    words: Vec<Words>,
}

impl Snapshot {
    /// Ligands that nothing has happened to; `search.ligands` is set to their number. They are packed for this family.
    pub fn new(
        maps: OwnedMaps,
        topologies: Vec<Topology>,
        family: Family,
        mut search: Search,
    ) -> Self {
        search.ligands = topologies.len() as u32;
        let capacity = Capacity {
            atoms: 64,
            fragments: 16,
        };
        let runs = (search.ligands * search.runs) as usize;
        let individuals = runs * search.population as usize;
        let mut words = Vec::new();
        Snapshot {
            ligands: topologies
                .iter()
                .map(|t| pack(t, family, &mut words))
                .collect(),
            state: vec![UNTOUCHED; individuals * capacity.row() as usize],
            status: vec![bytemuck::Zeroable::zeroed(); individuals],
            runs: vec![bytemuck::Zeroable::zeroed(); runs],
            progress: vec![bytemuck::Zeroable::zeroed(); topologies.len()],
            queue: vec![u32::MAX; 2 * individuals],
            maps,
            topologies,
            search,
            capacity,
            words,
        }
    }

    /// Individuals of one ligand.
    pub fn individuals(&self) -> usize {
        (self.search.runs * self.search.population) as usize
    }

    /// The ligand of an individual.
    pub fn slot(&self, individual: usize) -> usize {
        individual / self.individuals()
    }

    /// The run of an individual.
    pub fn run(&self, individual: usize) -> usize {
        individual / self.search.population as usize
    }

    /// Place of a number of an individual in `state`.
    pub fn cell(&self, number: usize, individual: usize) -> usize {
        self.capacity.row() as usize * individual + number
    }

    /// `count` numbers of an individual from this one on.
    pub fn numbers(&self, first: usize, count: usize, individual: usize) -> Vec<f64> {
        let number = |k| f64::from(self.state[self.cell(first + k, individual)]);
        (0..count).map(number).collect()
    }

    /// Overwrites numbers of an individual from this one on.
    pub fn set_numbers(&mut self, first: usize, individual: usize, numbers: &[f64]) {
        for (k, number) in numbers.iter().enumerate() {
            let cell = self.cell(first + k, individual);
            self.state[cell] = *number as f32;
        }
    }

    /// Key of all random numbers of a ligand.
    pub fn key(&self, slot: usize) -> [u32; 2] {
        std::array::from_fn(|k| self.search.seed[k] ^ self.ligands[slot].name_key[k])
    }

    /// Puts an individual into the queue of this parity.
    pub fn enqueue(&mut self, slot: usize, parity: usize, individual: usize) {
        let at = (2 * slot + parity) * self.individuals();
        let waiting = &mut self.progress[slot].waiting[parity];
        self.queue[at + *waiting as usize] = individual as u32;
        *waiting += 1;
    }

    /// The individuals in the queue of this parity, sorted: their order is the threads' affair.
    pub fn waiting(&self, slot: usize, parity: usize) -> Vec<u32> {
        let at = (2 * slot + parity) * self.individuals();
        let mut waiting = self.queue[at..][..self.progress[slot].waiting[parity] as usize].to_vec();
        waiting.sort_unstable();
        waiting
    }

    /// All that is counted or booked, in a fixed order: runs, ligands, queues.
    pub fn books(&self) -> Vec<f64> {
        let runs = self.runs.iter().flat_map(|run| {
            let Run {
                phase,
                generation,
                champion,
                evaluations,
                unfinished,
                reached,
                evaluations_to_target,
                best,
            } = *run;
            let counts = [
                phase,
                generation,
                champion,
                evaluations,
                unfinished,
                reached,
            ];
            let counts = counts.into_iter().chain([evaluations_to_target]);
            counts.map(f64::from).chain([f64::from(best)])
        });
        let progress = self.progress.iter().flat_map(|ligand| {
            let [even, odd] = ligand.waiting;
            [even, odd, ligand.round, ligand.running].map(f64::from)
        });
        let slots = 0..self.topologies.len();
        let queues = slots.flat_map(|slot| [0, 1].map(|parity| self.waiting(slot, parity)));
        let queues = queues.flatten().map(f64::from);
        runs.chain(progress).chain(queues).collect()
    }

    /// The moment after a kernel has run.
    ///
    /// # Errors
    /// What the device reports.
    pub fn after(
        &self,
        gpu: &Gpu,
        kernel: &Kernel,
        constants: &[(&str, f64)],
        groups: [u32; 3],
    ) -> Result<Self> {
        let maps = DeviceMaps::upload(gpu, &self.maps.maps())?;
        let buffers = self.upload(gpu)?;
        let constants = [&self.capacity.constants()[..], constants].concat();
        let args = buffers.args(gpu, &maps, kernel, &constants)?;
        let mut batch = gpu.batch();
        batch.dispatch(args, groups)?;
        let state = batch.download(&buffers.state)?;
        let status = batch.download(&buffers.status)?;
        let runs = batch.download(&buffers.runs)?;
        let progress = batch.download(&buffers.progress)?;
        let queue = batch.download(&buffers.queue)?;
        let submitted = batch.submit()?;
        Ok(Snapshot {
            state: submitted.read(state)?,
            status: submitted.read(status)?,
            runs: submitted.read(runs)?,
            progress: submitted.read(progress)?,
            queue: submitted.read(queue)?,
            ..self.clone()
        })
    }

    fn upload(&self, gpu: &Gpu) -> Result<SearchBuffers> {
        Ok(SearchBuffers {
            search: gpu.uniform(self.search)?,
            ligands: gpu.storage(&self.ligands)?,
            topology: gpu.storage(&self.words)?,
            state: gpu.storage(&self.state)?,
            status: gpu.storage(&self.status)?,
            runs: gpu.storage(&self.runs)?,
            progress: gpu.storage(&self.progress)?,
            queue: gpu.storage(&self.queue)?,
        })
    }
}

/// Values that must be met exactly.
pub fn exact(values: Vec<f64>) -> impl Iterator<Item = Value> {
    values.into_iter().map(|value| [value, 0.0])
}
