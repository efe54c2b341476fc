//! Access to the genetic algorithm's state on the host's processor: shaders/lib/search_layout.wgsl and search_state.wgsl.

use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::affinity_grid::Grid;
use crate::kernels::dock::search_state::{Capacity, Progress, Run, Search, Status};
use crate::kernels::dock::topology::{Ligand, Words};
use std::mem::offset_of;
use std::sync::atomic::{AtomicU32, Ordering};

/// Number of a row at which the pose being improved begins.
pub const CURRENT: u32 = 0;

/// What a kernel of the search reads, and the books that it keeps. Slots, runs and individuals are counted over the whole
/// batch, as in the WGSL.
pub struct Books<'a> {
    /// Geometry of the maps.
    pub grid: Grid,
    /// Settings.
    pub search: Search,
    /// Headers of the ligands.
    pub ligands: &'a [Ligand],
    /// Their atoms, fragments and pairs.
    pub topology: &'a [Words],
    /// All maps, two halves in a word.
    pub maps: &'a [u32],
    capacity: Capacity,
    state: Cells<'a>,
    status: Cells<'a>,
    runs: Cells<'a>,
    progress: Cells<'a>,
    queue: Cells<'a>,
}

impl<'a> Books<'a> {
    /// The bindings of a dispatch.
    ///
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

    /// The key of a ligand's random numbers.
    pub fn key(&self, slot: u32) -> [u32; 2] {
        let name = self.ligands[slot as usize].name_key;
        [0, 1].map(|k| self.search.seed[k] ^ name[k])
    }

    /// Individuals of one ligand.
    pub fn individuals(&self) -> u32 {
        self.search.runs * self.search.population
    }

    /// Number of a row at which the best pose met begins.
    pub fn best(&self) -> u32 {
        self.capacity.pose()
    }

    /// Number of a row at which the local search's memory begins: two numbers for each direction of movement.
    pub fn memory(&self) -> u32 {
        2 * self.capacity.pose()
    }

    /// A number of an individual's row.
    #[inline(always)]
    pub fn number(&self, number: u32, individual: u32) -> f32 {
        self.state.load(self.cell(number, individual))
    }

    /// Overwrites a number of an individual's row.
    #[inline(always)]
    pub fn set_number(&self, number: u32, individual: u32, value: f32) {
        self.state.store(self.cell(number, individual), value);
    }

    #[inline(always)]
    fn cell(&self, number: u32, individual: u32) -> usize {
        self.capacity.row() as usize * individual as usize + number as usize
    }

    /// What is booked of an individual.
    pub fn status(&self, individual: u32) -> Status {
        self.status.load(individual as usize)
    }

    /// Overwrites it.
    pub fn set_status(&self, individual: u32, status: Status) {
        self.status.store(individual as usize, status);
    }

    /// What is booked of a run.
    pub fn run(&self, run: u32) -> Run {
        self.runs.load(run as usize)
    }

    /// Overwrites it. Where other groups book to the same run, theirs may be lost.
    pub fn set_run(&self, run: u32, book: Run) {
        self.runs.store(run as usize, book);
    }

    /// Adds to the evaluations of a run.
    pub fn add_evaluations(&self, run: u32, done: u32) {
        let evaluations = self.of_run(run, offset_of!(Run, evaluations));
        evaluations.fetch_add(done, Ordering::Relaxed);
    }

    /// Books that one individual of a run has ended its local search.
    pub fn finish_one(&self, run: u32) {
        let unfinished = self.of_run(run, offset_of!(Run, unfinished));
        unfinished.fetch_sub(1, Ordering::Relaxed);
    }

    /// Books that a run has met its target.
    pub fn reach_target(&self, run: u32) {
        let reached = self.of_run(run, offset_of!(Run, reached));
        reached.store(1, Ordering::Relaxed);
    }

    fn of_run(&self, run: u32, offset: usize) -> &'a AtomicU32 {
        self.runs
            .word((run as usize * size_of::<Run>() + offset) / 4)
    }

    /// What is booked of the ligand in this slot; runs go on in none beyond the last.
    pub fn progress(&self, slot: u32) -> Progress {
        if slot as usize >= self.progress.count::<Progress>() {
            return bytemuck::Zeroable::zeroed();
        }
        self.progress.load(slot as usize)
    }

    /// Overwrites it. Where other groups enqueue in the same slot, theirs may be lost.
    pub fn set_progress(&self, slot: u32, progress: Progress) {
        self.progress.store(slot as usize, progress);
    }

    /// The individual at this place of the ligand's queue of this parity.
    pub fn queued(&self, slot: u32, parity: u32, at: u32) -> u32 {
        self.queue.load(self.queue_at(slot, parity) + at as usize)
    }

    /// Puts an individual into the ligand's queue of this parity. The order of a queue depends on the order of threads;
    /// nothing that an individual computes depends on its place in it.
    pub fn enqueue(&self, slot: u32, parity: u32, individual: u32) {
        let offset = offset_of!(Progress, waiting) + 4 * parity as usize;
        let waiting = (slot as usize * size_of::<Progress>() + offset) / 4;
        let last = self.progress.word(waiting).fetch_add(1, Ordering::Relaxed);
        let at = self.queue_at(slot, parity) + last as usize;
        self.queue.store(at, individual);
    }

    fn queue_at(&self, slot: u32, parity: u32) -> usize {
        (2 * slot as usize + parity as usize) * self.individuals() as usize
    }
}
