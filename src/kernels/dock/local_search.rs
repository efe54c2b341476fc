//! Samples, books and dispatch of the local searches: what the twins of ADADELTA and Solis-Wets have in common.

use super::descent::{Descent, Left, ends, numbers};
use super::search_state::{Capacity, LocalSearchKernel, Search, Status};
use super::snapshot::{Snapshot, UNTOUCHED, exact};
use super::synthetic::{Draws, Recipe};
use super::synthetic_maps::OwnedMaps;
use super::topology::Topology;
use crate::Result;
use crate::gpu::Gpu;
use crate::twin::Value;

/// Lanes of a workgroup in the samples: few, so that 63 to 65 individuals are as many workgroups as the parts of a queue
/// are dealt out by, one more and one less.
const LANES: u32 = 4;

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

fn recipes(size: usize) -> [Recipe; 2] {
    let recipe = |(atoms, fragments, pairs)| Recipe {
        atoms,
        fragments,
        pairs,
        clash: false,
    };
    match size {
        WHOLE_SEARCHES => [(40, 8, 0.9), (64, 16, 0.9)].map(recipe),
        // Movements enough for four draws of random numbers.
        144 => [(6, 1, 0.0), (20, 8, 0.1)].map(recipe),
        _ => [(6, 1, 0.0), (16, 4, 0.15)].map(recipe),
    }
}

fn empty(size: usize, whole: bool, draws: &mut Draws) -> Snapshot {
    let runs = 3;
    let search = Search {
        runs,
        // Some individuals do not wait; of one size all do.
        population: match size {
            63 => size as u32 / runs,
            _ => (size as u32 + size as u32 / 4).div_ceil(runs),
        },
        local_search_steps: if whole { WHOLE } else { 40 },
        seed: [5, 6],
        ..bytemuck::Zeroable::zeroed()
    };
    let ligands = recipes(size).map(|recipe| recipe.ligand(draws));
    // Smooth, and as the device holds them.
    let maps = OwnedMaps::sample([41, 36, 45], false, draws).rounded();
    let mut s = Snapshot::new(maps, ligands.to_vec(), search);
    if !whole {
        // Private arrays with no room to spare.
        s.capacity = Capacity {
            atoms: ligands[1].atoms.len() as u32,
            fragments: ligands[1].fragments.len() as u32,
        };
        s.state = vec![UNTOUCHED; s.status.len() * s.capacity.planes() as usize];
    }
    for slot in 0..2 {
        s.ligands[slot].steps = match whole {
            true => steps_of_one_dispatch(&s.topologies[slot]),
            false => 3,
        };
        s.ligands[slot].target_score = if slot == 0 { f32::MIN } else { 20.0 };
        s.ligands[slot].name_key = [7, slot as u32];
        s.progress[slot].round = slot as u32;
        // One ligand has stopped, with individuals in its queue.
        s.progress[slot].running = if slot == 1 && size == 64 { 0 } else { runs };
    }
    for (run, book) in s.runs.iter_mut().enumerate() {
        book.generation = run as u32;
        book.unfinished = 1000;
        book.evaluations = 10 * run as u32;
    }
    s
}

/// Searches of `size` individuals of each of two ligands.
pub fn sample(size: usize, seed: u64, begin: Begin, steps: Steps) -> Input {
    let draws = &mut Draws::new(seed, size as u32);
    let whole = size == WHOLE_SEARCHES;
    let mut s = empty(size, whole, draws);
    let mut left = Vec::new();
    for slot in 0..2 {
        // The second ligand has one less waiting.
        for k in 0..size - slot.min(size - 1) {
            let individual = slot * s.individuals() + k * s.individuals() / size;
            // Few poses are delicate; the bound keeps a bad sample from going on for ever.
            for _ in 0..200 {
                let start = s.maps.pose(&s.topologies[slot], 0.4, draws);
                s.set_numbers(0, individual, &numbers(&start));
                s.status[individual] = bytemuck::Zeroable::zeroed();
                if whole {
                    break;
                }
                begin(&mut s, individual, draws);
                if let Some((end, values)) = ends(&s, individual, steps) {
                    // One search that gains nothing has met its target before, to the last bit.
                    let best = s.status[individual].best;
                    if size == 1 && slot == 1 {
                        if f64::from(best) != end.marks[0] {
                            continue;
                        }
                        s.ligands[slot].target_score = best;
                    }
                    left.push((individual, end, values));
                    break;
                }
            }
            s.enqueue(slot, slot, individual);
        }
    }
    Input {
        before: s,
        whole,
        left,
    }
}

/// Best score and mark, then all planes, of every individual.
fn states(s: &Snapshot) -> Vec<Vec<f64>> {
    let planes = s.capacity.planes() as usize;
    let marks = |status: &Status| [f64::from(status.best), f64::from(status.mark)];
    (0..s.status.len())
        .map(|i| [&marks(&s.status[i])[..], &s.numbers(0, planes, i)].concat())
        .collect()
}

fn counts(s: &Snapshot) -> Vec<f64> {
    let status = s.status.iter();
    let booked = status.flat_map(|status| [f64::from(status.steps), f64::from(status.streak)]);
    s.books().into_iter().chain(booked).collect()
}

/// What the twin expects, in the order of [`gpu`].
pub fn twin(input: &Input) -> Vec<Value> {
    if input.whole {
        return exact(whole_counts(input)).collect();
    }
    let mut s = input.before.clone();
    let mut values: Vec<Vec<Value>> = states(&s).into_iter().map(|v| exact(v).collect()).collect();
    for slot in 0..2 {
        s.progress[slot].waiting[slot] = input.before.progress[slot].waiting[slot];
    }
    for (individual, left, numbers) in &input.left {
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
        place(&s, left, numbers, &mut values[*individual]);
    }
    exact(counts(&s))
        .chain(values.into_iter().flatten())
        .collect()
}

/// Puts what a search left into its places: marks, current pose, best pose, memory.
fn place(s: &Snapshot, left: &Left, numbers: &[Value], into: &mut [Value]) {
    let pose = s.capacity.pose() as usize;
    let parts = [2, left.current.len(), left.best.len(), left.memory.len()];
    let starts = [0, 2, 2 + pose, 2 + 2 * pose];
    let mut at = 0;
    for (count, start) in parts.into_iter().zip(starts) {
        into[start..start + count].copy_from_slice(&numbers[at..at + count]);
        at += count;
    }
}

/// Evaluations and unfinished individuals of every run after whole searches; then how far the best scores of the same
/// searches cut into shorter dispatches are from these: not at all.
fn whole_counts(input: &Input) -> Vec<f64> {
    let mut runs = input.before.runs.clone();
    for slot in 0..2 {
        for individual in input.before.waiting(slot, slot) {
            let run = &mut runs[input.before.run(individual as usize)];
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

/// Runs the kernel: one dispatch, or as many as whole searches take, long ones and short ones.
///
/// # Errors
/// What the device reports.
pub fn gpu(
    gpu: &Gpu,
    input: &Input,
    search: LocalSearchKernel,
    endless: &[(&str, f64)],
) -> Result<Vec<f64>> {
    let groups = input.before.individuals().div_ceil(LANES as usize) as u32;
    let groups = [groups, 2, 1];
    let constants = [search.constants, &[("WORKGROUP", f64::from(LANES))]].concat();
    if !input.whole {
        let after = input
            .before
            .after(gpu, &search.kernel, &constants, groups)?;
        return Ok([counts(&after), states(&after).concat()].concat());
    }
    let constants = [&constants[..], endless].concat();
    let whole = |s: Snapshot| to_the_end(s, |s| s.after(gpu, &search.kernel, &constants, groups));
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
