//! Access to the genetic algorithm's state for native bodies: the texts of shaders/lib/search_layout.wgsl and
//! search_state.wgsl.

use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::affinity_grid::Grid;
use crate::kernels::dock::search_state::{Capacity, Progress, Run, Search, Status};
use crate::kernels::dock::topology::{Ligand, Words};
use std::mem::offset_of;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the kernels of the search bind.
pub struct Books<'a> {
    /// Geometry of the maps.
    pub grid: Grid,
    /// Settings.
    pub search: Search,
    /// Headers of the ligands.
    pub ligands: &'a [Ligand],
    /// Their atoms, fragments and pairs.
    pub topology: &'a [Words],
    /// Words of the maps.
    pub maps: &'a [u32],
    capacity: Capacity,
    state: Cells<'a>,
    status: Cells<'a>,
    runs: Cells<'a>,
    progress: Cells<'a>,
    queue: Cells<'a>,
}

impl<'a> Books<'a> {
    /// # Errors
    /// What the bindings report.
    pub fn new(call: &Call<'a>) -> Result<Self> {
        Ok(Books {
            grid: call.uniform("grid")?,
            search: call.uniform("search")?,
            ligands: call.read("ligands")?,
            topology: call.read("topology")?,
            maps: call.read("maps")?,
            capacity: Capacity {
                atoms: call.constant("ATOMS")? as u32,
                fragments: call.constant("FRAGMENTS")? as u32,
            },
            state: call.cells("state")?,
            status: call.cells("status")?,
            runs: call.cells("runs")?,
            progress: call.cells("progress")?,
            queue: call.cells("queue")?,
        })
    }

    /// Where in a row the best pose met begins.
    pub fn best(&self) -> usize {
        self.capacity.pose() as usize
    }

    /// Where in a row begin two numbers of memory per direction.
    pub fn memory(&self) -> usize {
        2 * self.best()
    }

    /// Individuals of a ligand.
    pub fn individuals(&self) -> usize {
        (self.search.runs * self.search.population) as usize
    }

    /// The key of a ligand's random numbers.
    pub fn key(&self, slot: usize) -> [u32; 2] {
        let name = self.ligands[slot].name_key;
        [0, 1].map(|k| self.search.seed[k] ^ name[k])
    }

    fn cell(&self, number: usize, individual: usize) -> usize {
        self.capacity.row() as usize * individual + number
    }

    /// A number of an individual's row.
    #[inline(always)]
    pub fn number(&self, number: usize, individual: usize) -> f32 {
        self.state.load(self.cell(number, individual))
    }

    /// Overwrites a number of an individual's row.
    #[inline(always)]
    pub fn set_number(&self, number: usize, individual: usize, value: f32) {
        self.state.store(self.cell(number, individual), value);
    }

    /// What an individual's local search knows.
    #[inline(always)]
    pub fn status(&self, individual: usize) -> Status {
        self.status.load(individual)
    }

    /// Overwrites what an individual's local search knows.
    pub fn set_status(&self, individual: usize, status: Status) {
        self.status.store(individual, status);
    }

    /// A run as it is now.
    pub fn run(&self, run_at: usize) -> Run {
        self.runs.load(run_at)
    }

    /// Overwrites a run that no other group works on.
    pub fn set_run(&self, run_at: usize, run: Run) {
        self.runs.store(run_at, run);
    }

    /// A ligand's progress as it is now.
    pub fn progress(&self, slot: usize) -> Progress {
        self.progress.load(slot)
    }

    /// Overwrites a ligand's progress, which no other group works on.
    pub fn set_progress(&self, slot: usize, progress: Progress) {
        self.progress.store(slot, progress);
    }

    /// A word of a run that several groups count in.
    fn of_run(&self, run_at: usize, offset: usize) -> &'a AtomicU32 {
        self.runs.word((size_of::<Run>() * run_at + offset) / 4)
    }

    /// Books what one individual spent, whether it met the target, and whether its local search is over.
    pub fn book(&self, individual: usize, done: u32, reached: bool, over: bool) {
        let run_at = individual / self.search.population as usize;
        let spent = self.of_run(run_at, offset_of!(Run, evaluations));
        spent.fetch_add(done, Ordering::Relaxed);
        if reached {
            let reached = self.of_run(run_at, offset_of!(Run, reached));
            reached.store(1, Ordering::Relaxed);
        }
        if over {
            let unfinished = self.of_run(run_at, offset_of!(Run, unfinished));
            unfinished.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Part of the queue of a ligand's individuals that are due in this round, `count` from `first`; none where the
    /// ligand's runs agreed: it stopped with individuals in its queue, and nobody takes stock of them any more.
    pub fn waiting(&self, slot: usize, first: usize, count: usize) -> Vec<u32> {
        let Progress {
            waiting,
            round,
            running,
        } = self.progress(slot);
        let parity = round as usize & 1;
        if running == 0 {
            return Vec::new();
        }
        let end = (first + count).min(waiting[parity] as usize);
        let queue = (2 * slot + parity) * self.individuals();
        (first..end).map(|at| self.queue.load(queue + at)).collect()
    }

    /// Puts an individual into the ligand's queue of this parity. Its order depends on the order of threads; nothing
    /// that an individual computes depends on its place in it.
    pub fn enqueue(&self, slot: usize, parity: usize, individual: u32) {
        let word = size_of::<Progress>() * slot + offset_of!(Progress, waiting);
        let waiting = self.progress.word(word / 4 + parity);
        let last = waiting.fetch_add(1, Ordering::Relaxed) as usize;
        let queue = (2 * slot + parity) * self.individuals();
        self.queue.store(queue + last, individual);
    }
}
