//! A new generation of every run that is due: random poses, then children by tournament, crossover, mutation.
//!
//! Sources: Morris et al. 1998 (J Comput Chem 19:1639); random rotations, Shoemake 1992 (Graphics Gems III).

mod birth;

use super::family::Family;
use super::random::{FOR_MUTATION, FOR_PARENTS};
use super::search_state::{
    BREEDING, CAPACITIES, FINISHED, SEARCHING, Search, WORKGROUP, search_sources,
};
use super::snapshot::Snapshot;
use super::synthetic::{Draws, Recipe};
use super::synthetic_maps::OwnedMaps;
use crate::gpu::Kernel;
use crate::twin::{Launch, Tolerance, Twin, Value, Values, exact};
use birth::Birth;

/// The kernel `dock/breed`.
pub struct Breed;

/// Where the current poses stand, all first numbers first.
fn poses_now(s: &Snapshot) -> Vec<Values> {
    (0..s.capacity.pose())
        .map(|number| s.column(number))
        .collect()
}

/// The books after the births, and what [`poses_now`] holds then.
fn after(input: &Snapshot) -> (Snapshot, Vec<Value>) {
    let mut s = input.clone();
    let mut poses: Vec<Value> = exact(s.read(&poses_now(input))).collect();
    for individual in 0..s.status.len() {
        let Some(birth) = Birth::due(input, individual) else {
            continue;
        };
        let slot = birth.slot;
        for (number, born) in birth.pose().into_iter().enumerate() {
            poses[number * s.status.len() + individual] = born;
        }
        s.enqueue(slot, s.progress[slot].round as usize % 2, individual);
    }
    (s, poses)
}

/// Runs x members, by the size to compare at.
fn runs_and_population(size: usize) -> (u32, u32) {
    match size {
        1 => (1, 1),
        63 => (7, 9),
        64 => (8, 8),
        65 => (5, 13),
        _ => (20, 30),
    }
}

/// Best poses of parents that have searched, and runs in every phase and of several ages.
fn fill(s: &mut Snapshot, draws: &mut Draws) {
    let pose = s.capacity.pose() as usize;
    for individual in 0..s.status.len() {
        let slot = s.slot(individual);
        let parent = s.maps.pose(&s.topologies[slot], 1.0, draws);
        // Longer than 1: what is born must not be.
        let turn = (parent.orientation * 1.25).to_array();
        let numbers = parent.place.to_array().into_iter().chain(turn);
        let numbers: Vec<f64> = numbers.chain(parent.angles[1..].iter().copied()).collect();
        s.set_numbers(pose, individual, &numbers);
        // Rounded, so that some tie.
        s.status[individual].best = draws.between(-9.0, 0.0).round() as f32;
    }
    let population = s.search.population as usize;
    for run in 0..s.runs.len() {
        let phases = [BREEDING, BREEDING, SEARCHING, BREEDING, FINISHED];
        s.runs[run].phase = phases[run % phases.len()];
        s.runs[run].generation = [0, 1, 1, 40, 2][run % 5];
        s.runs[run].champion = (run * population + draws.below(population)) as u32;
    }
    for (slot, progress) in s.progress.iter_mut().enumerate() {
        progress.round = 4 + slot as u32;
        // The third ligand is done, whatever its runs say.
        progress.running = if slot == 2 { 0 } else { s.search.runs };
    }
    // One individual waits already, from the round before.
    s.enqueue(1, 1, 0);
}

/// Moves each rate to the nearest number drawn for it: a number that meets its rate is not below it.
fn meet_rates(s: &mut Snapshot, size: usize) {
    let drawn = |individual: usize| {
        let birth = Birth::due(s, individual)?;
        let moved = match size {
            63 => birth.draw(FOR_MUTATION, 0)[0],
            64 => birth.draw(FOR_MUTATION, 0)[3],
            _ => birth.draw(FOR_MUTATION, 3)[0],
        };
        let is_child = birth.generation > 0 && birth.member > 0 && birth.torsions() > 0;
        is_child.then(|| {
            [
                birth.draw(FOR_PARENTS, 1)[3],
                moved,
                birth.draw(FOR_PARENTS, 0)[2],
            ]
        })
    };
    let drawn: Vec<[f64; 3]> = (0..s.status.len()).filter_map(drawn).collect();
    let distance = |number: f64, rate: f32| (number - f64::from(rate)).abs();
    let search = &mut s.search;
    let rates = [
        &mut search.crossover_rate,
        &mut search.mutation_rate,
        &mut search.tournament_rate,
    ];
    for (k, rate) in rates.into_iter().enumerate() {
        let numbers = drawn.iter().map(|numbers| numbers[k]);
        let nearest = numbers.min_by(|a, b| distance(*a, *rate).total_cmp(&distance(*b, *rate)));
        *rate = nearest.map_or(*rate, |number| number as f32);
    }
}

impl Twin for Breed {
    const KERNEL: Kernel = Kernel {
        name: "dock/breed",
        sources: search_sources!("../../../shaders/dock/breed.wgsl"),
        capacities: CAPACITIES,
        native: Some(super::native::breed::breed),
    };
    const TOLERANCE: Tolerance = Tolerance { roundings: 4.0 };
    type Input = Snapshot;

    fn sizes() -> &'static [usize] {
        // Individuals of a ligand.
        &[1, 63, 64, 65, 600]
    }

    fn sample(size: usize, seed: u64) -> Snapshot {
        let draws = &mut Draws::new(seed, size as u32);
        let ligands = [(5, 1), (30, 16), (12, 4), (9, 6)].map(|(atoms, fragments)| {
            let recipe = Recipe {
                atoms,
                fragments,
                pairs: 0.0,
                clash: false,
            };
            recipe.ligand(draws)
        });
        let (runs, population) = runs_and_population(size);
        let search = Search {
            runs,
            population,
            seed: [17, u32::MAX],
            crossover_rate: 0.8,
            // More than a search has, so that all paths are taken.
            mutation_rate: 0.3,
            tournament_rate: 0.6,
            mutation_shift: 6.0,
            mutation_turn: 1.5,
            ..bytemuck::Zeroable::zeroed()
        };
        let maps = OwnedMaps::sample([11, 16, 21], false, draws);
        let mut s = Snapshot::new(maps, ligands.to_vec(), Family::Invocation, search);
        for (slot, ligand) in s.ligands.iter_mut().enumerate() {
            ligand.name_key = [draws.below(1 << 30) as u32, slot as u32];
        }
        fill(&mut s, draws);
        meet_rates(&mut s, size);
        s
    }

    fn twin(input: &Snapshot) -> Vec<Value> {
        let (after, poses) = after(input);
        exact(after.read(&after.books())).chain(poses).collect()
    }

    fn launch(input: &Snapshot) -> Option<Launch> {
        let groups = input.individuals().div_ceil(WORKGROUP as usize) as u32;
        let groups = [groups, input.search.ligands, 1];
        let workgroup = [("WORKGROUP", f64::from(WORKGROUP))];
        let launch = input.launch(Self::KERNEL, &workgroup, groups);
        let (after, _) = after(input);
        Some(launch.values(after.books()).values(poses_now(&after)))
    }
}
