//! How one individual is born, in f64: anywhere, as the champion of its run, or as a child of two winners of tournaments.

use crate::kernels::dock::random::{FOR_MUTATION, FOR_PARENTS, FOR_START, philox, uniform01};
use crate::kernels::dock::search_state::BREEDING;
use crate::kernels::dock::snapshot::Snapshot;
use crate::kernels::dock::synthetic_maps::SPACING;
use crate::twin::Value;
use glam::{DQuat, DVec3};
use std::f64::consts::{PI, TAU};

/// One individual to be born: its place in the search, and its random numbers.
pub(super) struct Birth<'a> {
    search: &'a Snapshot,
    pub(super) slot: usize,
    run: usize,
    pub(super) member: usize,
    pub(super) generation: u32,
}

impl<'a> Birth<'a> {
    /// The birth of this individual, where its run breeds.
    pub(super) fn due(search: &'a Snapshot, individual: usize) -> Option<Self> {
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
    pub(super) fn draw(&self, purpose: u32, block: u32) -> [f64; 4] {
        let run = self.run as u32 % self.search.search.runs;
        let counter = [
            run,
            self.generation,
            self.member as u32,
            purpose | block << 8,
        ];
        philox(counter, self.search.key(self.slot)).map(uniform01)
    }

    pub(super) fn torsions(&self) -> usize {
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
    pub(super) fn pose(&self) -> Vec<Value> {
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
