//! A new generation of every run that is due: random poses, then children by tournament, crossover, mutation.
//!
//! Sources: Morris et al. 1998 (J Comput Chem 19:1639); random rotations, Shoemake 1992 (Graphics Gems III).

use super::family::Family;
use super::random::{FOR_MUTATION, FOR_PARENTS, FOR_START, philox, uniform01};
use super::search_state::{
    BREEDING, CAPACITIES, FINISHED, SEARCHING, Search, WORKGROUP, search_sources,
};
use super::snapshot::Snapshot;
use super::synthetic::{Draws, Recipe};
use super::synthetic_maps::{OwnedMaps, SPACING};
use crate::gpu::Kernel;
use crate::twin::{Launch, Tolerance, Twin, Value, Values, exact};
use glam::{DQuat, DVec3};
use std::f64::consts::{PI, TAU};

/// The kernel `dock/breed`.
pub struct Breed;

/// One individual to be born: its place in the search, and its random numbers.
struct Birth<'a> {
    search: &'a Snapshot,
    slot: usize,
    run: usize,
    member: usize,
    generation: u32,
}

impl<'a> Birth<'a> {
    /// The birth of this individual, where its run breeds.
    fn due(search: &'a Snapshot, individual: usize) -> Option<Self> {
        let (slot, run) = (search.slot(individual), search.run(individual));
        let breeds = search.progress[slot].running != 0 && search.runs[run].phase == BREEDING;
        breeds.then_some(Birth {
            search,
            slot,
            run,
            member: individual % search.search.population as usize,
            generation: search.runs[run].generation,
        })
    }

    /// Four uniform numbers; `block` counts calls with the same purpose.
    fn draw(&self, purpose: u32, block: u32) -> [f64; 4] {
        let run = self.run as u32 % self.search.search.runs;
        let counter = [
            run,
            self.generation,
            self.member as u32,
            purpose | block << 8,
        ];
        philox(counter, self.search.key(self.slot)).map(uniform01)
    }

    fn torsions(&self) -> usize {
        self.search.topologies[self.slot].fragments.len() - 1
    }

    /// Anywhere in the box, in any orientation, with any torsions.
    fn random_pose(&self) -> Vec<f64> {
        let (a, b) = (self.draw(FOR_START, 0), self.draw(FOR_START, 1));
        let maps = &self.search.maps;
        let place = (0..3).map(|k| maps.origin[k] + a[k] * (maps.points[k] - 1) as f64 * SPACING);
        let (inner, outer) = ((1.0 - b[0]).sqrt(), b[0].sqrt());
        let (one, two) = (TAU * b[1], TAU * b[2]);
        let turn = [
            inner * one.sin(),
            inner * one.cos(),
            outer * two.sin(),
            outer * two.cos(),
        ];
        let torsion = |n: usize| TAU * (self.draw(FOR_START, 2 + n as u32 / 4)[n % 4] - 0.5);
        place
            .chain(turn)
            .chain((0..self.torsions()).map(torsion))
            .collect()
    }

    fn best_pose(&self, individual: usize) -> Vec<f64> {
        let pose = self.search.capacity.pose() as usize;
        self.search.numbers(pose, 7 + self.torsions(), individual)
    }

    /// The better of two individuals of the run with the probability `tournament_rate`, else the other.
    fn tournament(&self, u: [f64; 3]) -> usize {
        let population = self.search.search.population as usize;
        let pick =
            |u: f64| self.run * population + ((u * population as f64) as usize).min(population - 1);
        let [a, b] = [pick(u[0]), pick(u[1])];
        let best = |individual: usize| self.search.status[individual].best;
        let (better, worse) = if best(a) <= best(b) { (a, b) } else { (b, a) };
        let won = u[2] < f64::from(self.search.search.tournament_rate);
        if won { better } else { worse }
    }

    /// Two parents' genes (three of translation, one of orientation, one a torsion), then mutations.
    fn child(&self) -> Vec<f64> {
        let rates = self.search.search;
        let [a, b, c] = [0, 1, 2].map(|block| self.draw(FOR_PARENTS, block));
        let mut pose = self.best_pose(self.tournament([a[0], a[1], a[2]]));
        if b[3] < f64::from(rates.crossover_rate) {
            let other = self.best_pose(self.tournament([b[0], b[1], b[2]]));
            let genes = 4 + self.torsions();
            let cut = |u: f64| ((u * (genes + 1) as f64) as usize).min(genes);
            let [one, two] = [cut(c[0]), cut(c[1])];
            for (number, value) in pose.iter_mut().enumerate() {
                // The four numbers of the quaternion are one gene.
                let gene = if number < 3 {
                    number
                } else {
                    number.max(6) - 3
                };
                if (one.min(two)..one.max(two)).contains(&gene) {
                    *value = other[number];
                }
            }
        }
        self.mutate(&mut pose);
        pose
    }

    fn mutate(&self, pose: &mut [f64]) {
        let rates = self.search.search;
        let [shift, turn] = [rates.mutation_shift, rates.mutation_turn].map(f64::from);
        let is_due = |u: f64| u < f64::from(rates.mutation_rate);
        let [luck, by, about] = [0, 1, 2].map(|block| self.draw(FOR_MUTATION, block));
        for k in 0..3 {
            pose[k] += if is_due(luck[k]) {
                shift * (2.0 * by[k] - 1.0)
            } else {
                0.0
            };
        }
        if is_due(luck[3]) {
            let vector = DVec3::from_array([0, 1, 2].map(|k| turn * (2.0 * about[k] - 1.0)));
            let turned = DQuat::from_scaled_axis(vector) * DQuat::from_slice(&pose[3..7]);
            pose[3..7].copy_from_slice(&turned.to_array());
        }
        for n in 0..self.torsions() {
            let u = self.draw(FOR_MUTATION, 3 + n as u32);
            if is_due(u[0]) {
                pose[7 + n] += turn * (2.0 * u[1] - 1.0);
            }
        }
    }

    /// The pose of the newborn with magnitudes: what was added to a coordinate, a turn's angle, a torsion.
    fn pose(&self) -> Vec<Value> {
        let champion = self.search.runs[self.run].champion as usize;
        let mut pose = match (self.generation, self.member) {
            (0, _) => self.random_pose(),
            (_, 0) => self.best_pose(champion),
            _ => self.child(),
        };
        let turn = DQuat::from_slice(&pose[3..7]).normalize();
        pose[3..7].copy_from_slice(&turn.to_array());
        let origin = self.search.maps.origin;
        let added = |k: usize| match k {
            0..3 => origin[k].abs() + f64::from(self.search.search.mutation_shift),
            3..7 => TAU,
            _ => PI,
        };
        pose.iter()
            .enumerate()
            .map(|(k, v)| [*v, v.abs() + added(k)])
            .collect()
    }
}

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
