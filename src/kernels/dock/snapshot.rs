//! A search at one moment, held on the host: what its kernels and their twins read and write.

use super::affinity_grid::{Grid, pack_all};
use super::family::Family;
use super::search_state::{Capacity, Progress, Run, Search, Status};
use super::synthetic_maps::OwnedMaps;
use super::topology::{Ligand, Topology, Words, pack};
use crate::Result;
use crate::gpu::{Gpu, HostStruct, Kernel};
use crate::twin::Format::{F32, U32};
use crate::twin::{Argument, Launch, Values, gather};
use std::sync::Arc;

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
    packed_maps: Arc<(Grid, Vec<u32>)>,
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
            packed_maps: Arc::new(pack_all(&maps.maps())),
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

    /// The individuals in the queue of this parity.
    pub fn waiting(&self, slot: usize, parity: usize) -> &[u32] {
        let at = (2 * slot + parity) * self.individuals();
        &self.queue[at..][..self.progress[slot].waiting[parity] as usize]
    }

    /// Where all stands that is counted or booked: of the runs, of the ligands, and in their queues.
    pub fn books(&self) -> Vec<Values> {
        let (runs, ligands) = (self.runs.len(), self.progress.len());
        let of_runs = Run::FIELDS.iter().map(|(name, offset)| {
            let format = if *name == "best" { F32 } else { U32 };
            Values::each("runs", format, runs, [*offset, size_of::<Run>()])
        });
        let words = (0..size_of::<Progress>()).step_by(4);
        let of_ligands = words
            .map(|offset| Values::each("progress", U32, ligands, [offset, size_of::<Progress>()]));
        let queues = (0..2 * ligands).map(|queue| Values {
            offset: 4 * queue * self.individuals(),
            sorted: true,
            ..Values::first("queue", U32, self.waiting(queue / 2, queue % 2).len())
        });
        of_runs.chain(of_ligands).chain(queues).collect()
    }

    /// Where a number of every individual stands.
    pub fn column(&self, number: u32) -> Values {
        let place = [number, self.capacity.row()].map(|numbers| 4 * numbers as usize);
        Values::each("state", F32, self.status.len(), place)
    }

    /// What stands there now.
    pub fn read(&self, values: &[Values]) -> Vec<f64> {
        gather(values, &self.written())
    }

    /// The buffers that kernels write.
    fn written(&self) -> Vec<Argument> {
        vec![
            Argument::new("state", &self.state),
            Argument::new("status", &self.status),
            Argument::new("runs", &self.runs),
            Argument::new("progress", &self.progress),
            Argument::new("queue", &self.queue),
        ]
    }

    /// A dispatch of a kernel of the search.
    pub fn launch(
        &self,
        kernel: Kernel,
        constants: &[(&'static str, f64)],
        groups: [u32; 3],
    ) -> Launch {
        let (grid, maps) = &*self.packed_maps;
        let constants = [&self.capacity.constants()[..], constants].concat();
        let mut launch = Launch::new(kernel, &constants, groups)
            .with("grid", &[*grid])
            .with("search", &[self.search])
            .with("ligands", &self.ligands)
            .with("topology", &self.words)
            .with("maps", maps);
        launch.arguments.extend(self.written());
        launch
    }

    /// The moment after a dispatch.
    ///
    /// # Errors
    /// What the device reports.
    pub fn after(&self, gpu: &Gpu, launch: &Launch) -> Result<Self> {
        let outcome = launch.run(gpu)?;
        Ok(Snapshot {
            state: outcome.elements("state"),
            status: outcome.elements("status"),
            runs: outcome.elements("runs"),
            progress: outcome.elements("progress"),
            queue: outcome.elements("queue"),
            ..self.clone()
        })
    }
}
