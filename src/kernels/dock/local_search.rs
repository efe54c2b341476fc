//! Books and dispatch of the local searches: what the twins of ADADELTA and Solis-Wets have in common.

mod sample;

use super::descent::{Descent, Left};
use super::family::Family;
use super::packed_lanes;
use super::search_state::{LocalSearchKernel, Status, queue_groups};
use super::snapshot::Snapshot;
use super::synthetic::Draws;
use super::topology::Topology;
use crate::Result;
use crate::gpu::Gpu;
use crate::twin::{Format, Launch, Value, Values, exact};
use std::mem::offset_of;

pub use sample::sample;

/// Invocations of a workgroup in the samples where each has a pose: few, so that 63 to 65 individuals are as many
/// workgroups as the parts of a queue are dealt out by, one more and one less.
const FEW: u32 = 4;

/// Workgroups along y in the samples: few, so that queues go on along z.
const SHORT_ROW: u32 = 8;

/// Loop turns of one invocation in one dispatch: a software device ends it silently after 65,535.
pub const LOOP_TURNS: u32 = 40_000;

/// Loop turns of one evaluation and move in the kernels, counted high.
pub fn turns_of_one_step(topology: &Topology) -> u32 {
    let count =
        3 * topology.atoms.len() + 12 * topology.fragments.len() + topology.pairs.len() + 64;
    count as u32
}

/// Steps that one dispatch may take.
pub fn steps_of_one_dispatch(topology: &Topology) -> u32 {
    (LOOP_TURNS / turns_of_one_step(topology)).max(1)
}

/// Steps of a whole local search.
const WHOLE: u32 = 300;
/// The size that means: as many whole searches, of which only the counts are compared.
pub const WHOLE_SEARCHES: usize = 5;

/// A search to advance by one dispatch (or to its end), and what comes of it.
pub struct Input {
    /// Before the dispatch.
    pub before: Snapshot,
    /// Whether it goes on until all searches are over.
    pub whole: bool,
    /// Of each waiting individual: itself, and what its search leaves behind.
    left: Vec<(usize, Left, Vec<Value>)>,
}

/// How an individual begins: its remembered numbers and its status.
pub type Begin = fn(&mut Snapshot, usize, &mut Draws);
/// The twin of one individual's steps.
pub type Steps = fn(&mut Descent, &Snapshot, usize) -> Left;

/// Where the counts of each search stand, its marks, and its row.
fn of_individuals(s: &Snapshot) -> [Values; 5] {
    let field = |(format, offset)| {
        let place = [offset, size_of::<Status>()];
        Values::each("status", format, s.status.len(), place)
    };
    let [steps, streak, best, mark] = [
        (Format::U32, offset_of!(Status, steps)),
        (Format::I32, offset_of!(Status, streak)),
        (Format::F32, offset_of!(Status, best)),
        (Format::F32, offset_of!(Status, mark)),
    ]
    .map(field);
    let rows = Values::first("state", Format::F32, s.state.len());
    [steps, streak, best, mark, rows]
}

/// The books and counts after the dispatch.
fn after(input: &Input) -> Snapshot {
    let mut s = input.before.clone();
    for (individual, left, _) in &input.left {
        let (slot, run) = (s.slot(*individual), s.run(*individual));
        if s.progress[slot].running == 0 {
            continue;
        }
        let [steps, streak, spent, over] = left.counts;
        s.status[*individual].steps = steps as u32;
        s.status[*individual].streak = streak as i32;
        s.runs[run].evaluations += spent as u32;
        s.runs[run].unfinished -= over as u32;
        if left.marks[0] <= f64::from(s.ligands[slot].target_score) {
            s.runs[run].reached = 1;
        }
        if over == 0 {
            s.enqueue(slot, 1 - slot, *individual);
        }
    }
    s
}

/// What the twin expects, in the order of [`launch`], or of [`run`].
pub fn twin(input: &Input) -> Vec<Value> {
    if input.whole {
        return exact(whole_counts(input)).collect();
    }
    let s = after(input);
    let mut values: Vec<Value> = exact(s.read(&s.books())).collect();
    // Behind steps and streaks.
    let marks = values.len() + 2 * s.status.len();
    values.extend(exact(s.read(&of_individuals(&s))));
    for (individual, left, numbers) in &input.left {
        if s.progress[s.slot(*individual)].running > 0 {
            place(&s, *individual, left, numbers, &mut values[marks..]);
        }
    }
    values
}

/// Puts what a search left into its places: marks of all, then rows: current pose, best pose, memory.
fn place(s: &Snapshot, individual: usize, left: &Left, numbers: &[Value], into: &mut [Value]) {
    let (pose, all) = (s.capacity.pose() as usize, s.status.len());
    let marks = [individual, all + individual].into_iter();
    let parts = [left.current.len(), left.best.len(), left.memory.len()];
    let parts = parts.into_iter().zip([0, pose, 2 * pose]);
    let row = parts.flat_map(|(count, start)| start..start + count);
    let row = row.map(|number| 2 * all + s.cell(number, individual));
    for (at, number) in marks.chain(row).zip(numbers) {
        into[at] = *number;
    }
}

/// Evaluations and unfinished individuals of every run after whole searches; then how far the best scores of the same
/// searches cut into shorter dispatches are from these: not at all.
fn whole_counts(input: &Input) -> Vec<f64> {
    let mut runs = input.before.runs.clone();
    for slot in 0..2 {
        for individual in input.before.waiting(slot, slot) {
            let run = &mut runs[input.before.run(*individual as usize)];
            run.evaluations += WHOLE;
            run.unfinished -= 1;
        }
    }
    let counts = runs
        .iter()
        .flat_map(|run| [run.evaluations, run.unfinished]);
    let same = vec![0.0; input.before.status.len()];
    counts.map(f64::from).chain(same).collect()
}

/// Where a kernel does one dispatch.
pub fn launch(input: &Input, search: LocalSearchKernel) -> Option<Launch> {
    let after = after(input);
    let launch = dispatch(&input.before, search, &[]);
    let launch = launch.values(after.books()).values(of_individuals(&after));
    (!input.whole).then_some(launch)
}

fn dispatch(s: &Snapshot, search: LocalSearchKernel, more: &[(&'static str, f64)]) -> Launch {
    let invocations = match search.family {
        Family::Invocation => FEW,
        Family::Workgroup => packed_lanes::LANES,
    };
    let sizes = [("WORKGROUP", invocations), ("QUEUE_ROW", SHORT_ROW)];
    let sizes = sizes.map(|(name, size)| (name, f64::from(size)));
    let constants = [search.constants, &sizes, more].concat();
    let groups = queue_groups(&s.search, search.family.poses(invocations), SHORT_ROW);
    s.launch(search.kernel, &constants, groups)
}

/// Runs whole searches in as many dispatches as they take, long ones and short ones.
///
/// # Errors
/// What the device reports.
pub fn run(
    gpu: &Gpu,
    input: &Input,
    search: LocalSearchKernel,
    endless: &[(&'static str, f64)],
) -> Result<Vec<f64>> {
    let whole = |s: Snapshot| to_the_end(s, |s| s.after(gpu, &dispatch(s, search, endless)));
    let long = whole(input.before.clone())?;
    let mut shorter = input.before.clone();
    for ligand in &mut shorter.ligands {
        ligand.steps = 7;
    }
    let shorter = whole(shorter)?;
    let runs = long.runs.iter();
    let counts = runs.flat_map(|run| [run.evaluations, run.unfinished].map(f64::from));
    let pairs = long.status.iter().zip(&shorter.status);
    let apart = pairs.map(|(a, b)| f64::from(a.best - b.best));
    Ok(counts.chain(apart).collect())
}

/// Dispatch after dispatch until no individual waits, or more than there can be.
fn to_the_end(mut s: Snapshot, after: impl Fn(&Snapshot) -> Result<Snapshot>) -> Result<Snapshot> {
    for _ in 0..WHOLE {
        s = after(&s)?;
        for progress in &mut s.progress {
            progress.waiting[progress.round as usize % 2] = 0;
            progress.round += 1;
        }
        if s.progress.iter().all(|progress| progress.waiting == [0, 0]) {
            break;
        }
    }
    Ok(s)
}
