//! Stock of every ligand after a round: generations finished, runs done, agreement.

use super::family::Family;
use super::search_state::{BREEDING, CAPACITIES, CENSUS_LANES, FINISHED, SEARCHING};
use super::search_state::{Progress, Run, Search, search_sources};
use super::snapshot::Snapshot;
use super::synthetic::{Draws, Recipe};
use super::synthetic_maps::OwnedMaps;
use crate::gpu::Kernel;
use crate::twin::{Launch, Tolerance, Twin, Value, exact};

/// The kernel `dock/census`.
pub struct Census;

/// Standard deviation below which runs agree, kcal/mol, and the generations and runs from which on that counts.
const AUTO_STOP: f64 = 0.15;
const GENERATIONS: u32 = 3;
const RUNS: usize = 8;

/// Moves one run on: a population whose local searches are over has its champion, and breeds again or is done.
fn follow(s: &mut Snapshot, slot: usize, run: usize) {
    let population = s.search.population as usize;
    let members = run * population..(run + 1) * population;
    let status = &s.status;
    let book = &mut s.runs[run];
    if book.phase == BREEDING {
        book.phase = SEARCHING;
    }
    if book.evaluations_to_target == 0 && book.reached == 1 {
        book.evaluations_to_target = book.evaluations;
    }
    if book.phase == SEARCHING && book.unfinished == 0 {
        let better = |a: usize, b: usize| {
            if status[b].best < status[a].best {
                b
            } else {
                a
            }
        };
        let champion = members.reduce(better).unwrap_or(0);
        book.champion = champion as u32;
        book.best = status[champion].best;
        book.generation += 1;
        let spent = book.evaluations >= s.ligands[slot].evaluations;
        book.phase = if spent { FINISHED } else { BREEDING };
        book.unfinished = s.search.population;
    }
}

/// Whether all runs have met scores within a standard deviation of `auto_stop` of each other, generations enough.
fn agree(s: &Snapshot, runs: &[Run]) -> bool {
    let count = runs.len() as f64;
    let best = || runs.iter().map(|run| f64::from(run.best));
    let mean = best().sum::<f64>() / count;
    let variance = best().map(|best| (best - mean).powi(2)).sum::<f64>() / count;
    runs.len() >= RUNS
        && runs.iter().all(|run| run.generation >= GENERATIONS)
        && variance.sqrt() < f64::from(s.search.auto_stop)
}

/// What the runs of each ligand are like: how far their scores lie apart (uniform within this of the mean: the standard
/// deviation is 0.58 of it, and never near to what counts as agreement), and whether one of them is young.
const LIGANDS: [(f64, bool); 6] = [
    (0.1, false),
    (0.45, false),
    (0.1, true),
    (1.0, false),
    (0.1, false),
    (0.1, false),
];

/// A run in any phase, a bit before, at, or past the end of what it may spend.
fn sample_run(spread: f64, population: u32, draws: &mut Draws) -> Run {
    Run {
        phase: [SEARCHING, BREEDING, SEARCHING, FINISHED][draws.below(4)],
        generation: GENERATIONS + draws.below(3) as u32,
        champion: 0,
        best: draws.between(-7.0 - spread, -7.0 + spread) as f32,
        evaluations: [500, 999, 1000, 1001, 2000][draws.below(5)],
        unfinished: if draws.unit() < 0.6 { 0 } else { population },
        reached: draws.below(2) as u32,
        evaluations_to_target: 77 * draws.below(2) as u32,
    }
}

/// Runs and members of one ligand.
fn fill(s: &mut Snapshot, slot: usize, draws: &mut Draws) {
    let (spread, young) = LIGANDS[slot];
    let spread = if s.search.auto_stop == 0.0 {
        0.0
    } else {
        spread
    };
    let (runs, population) = (s.search.runs as usize, s.search.population);
    for run in slot * runs..(slot + 1) * runs {
        s.runs[run] = sample_run(spread, population, draws);
        // The fifth has just come to the end of its runs.
        if slot == 4 {
            s.runs[run].phase = FINISHED;
        }
        let first = run * population as usize;
        for status in &mut s.status[first..first + population as usize] {
            let best = draws.between(-7.0 - spread, -7.0 + spread);
            // Rounded, so that members tie.
            status.best = (best * 50.0).round() as f32 / 50.0;
        }
    }
    if young {
        let run = &mut s.runs[slot * runs];
        (run.phase, run.generation, run.unfinished) = (SEARCHING, GENERATIONS - 1, population);
    }
    s.ligands[slot].evaluations = 1000;
    s.progress[slot] = Progress {
        waiting: [3, 5].map(|n: u32| n.min(s.search.runs)),
        round: 7 + slot as u32,
        // The last one was over before.
        running: if slot == 5 { 0 } else { s.search.runs },
    };
}

/// The books after the round.
fn after(input: &Snapshot) -> Snapshot {
    let mut s = input.clone();
    let per_ligand = s.search.runs as usize;
    for slot in 0..s.progress.len() {
        if s.progress[slot].running == 0 {
            continue;
        }
        let runs = slot * per_ligand..(slot + 1) * per_ligand;
        for run in runs.clone() {
            follow(&mut s, slot, run);
        }
        let going_on = s.runs[runs.clone()]
            .iter()
            .filter(|run| run.phase != FINISHED);
        let going_on = going_on.count() as u32;
        let agreed = agree(&s, &s.runs[runs]);
        let progress = &mut s.progress[slot];
        // The queue of this round has been worked through.
        progress.waiting[progress.round as usize % 2] = 0;
        progress.round += 1;
        progress.running = if agreed { 0 } else { going_on };
    }
    s
}

impl Twin for Census {
    const KERNEL: Kernel = Kernel {
        name: "dock/census",
        sources: search_sources!("../../../shaders/dock/census.wgsl"),
        capacities: CAPACITIES,
        native: Some(super::native::census::census),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Snapshot;

    fn sizes() -> &'static [usize] {
        // Runs of a ligand; each lane follows some.
        &[1, 7, 8, 31, 32, 33, 100]
    }

    fn sample(size: usize, seed: u64) -> Snapshot {
        let draws = &mut Draws::new(seed, size as u32);
        let recipe = Recipe {
            atoms: 1,
            fragments: 1,
            pairs: 0.0,
            clash: false,
        };
        let search = Search {
            runs: size as u32,
            population: 1 + draws.below(9) as u32,
            // Nothing agrees within nought, not even runs that have met the same score.
            auto_stop: if size == 33 { 0.0 } else { AUTO_STOP as f32 },
            ..bytemuck::Zeroable::zeroed()
        };
        let ligands: Vec<_> = LIGANDS.iter().map(|_| recipe.ligand(draws)).collect();
        let maps = OwnedMaps::sample([3, 3, 3], false, draws);
        let mut s = Snapshot::new(maps, ligands, Family::Invocation, search);
        for slot in 0..LIGANDS.len() {
            fill(&mut s, slot, draws);
        }
        s.queue.fill(0);
        // No pose is looked at.
        s.capacity.fragments = 1;
        s.state.truncate(s.capacity.row() as usize * s.status.len());
        s
    }

    fn twin(input: &Snapshot) -> Vec<Value> {
        let after = after(input);
        exact(after.read(&after.books())).collect()
    }

    fn launch(input: &Snapshot) -> Option<Launch> {
        let lanes = [("WORKGROUP", f64::from(CENSUS_LANES))];
        let launch = input.launch(Self::KERNEL, &lanes, [input.search.ligands, 1, 1]);
        Some(launch.values(after(input).books()))
    }
}
