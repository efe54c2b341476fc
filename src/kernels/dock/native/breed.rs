//! A new generation on the host's processor: shaders/dock/breed.wgsl, an individual at a time, since no two take the
//! same way through it.

use super::search_state::{Books, CURRENT};
use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::random::{
    FOR_MUTATION, FOR_PARENTS, FOR_START, philox, uniform01_single,
};
use crate::kernels::dock::search_state::{BREEDING, Run};
use crate::kernels::dock::topology::Ligand;
use glam::{Quat, Vec3};
use std::f32::consts::TAU;

/// The body of `dock/breed`.
///
/// # Errors
/// What the bindings report.
pub fn breed(call: &Call) -> Result<()> {
    let workgroup = call.constant("WORKGROUP")? as u32;
    let books = Books::new(call)?;
    call.for_each_group(|[group, slot, _]| {
        let first = group * workgroup;
        for mine in first..(first + workgroup).min(books.individuals()) {
            if let Some(birth) = Birth::due(&books, slot, mine) {
                birth.happen();
            }
        }
    });
    Ok(())
}

/// An individual to be born.
struct Birth<'a> {
    books: &'a Books<'a>,
    ligand: &'a Ligand,
    slot: u32,
    parity: u32,
    run: u32,
    member: u32,
    /// The first individual of its run.
    first: u32,
    book: Run,
}

impl<'a> Birth<'a> {
    /// The birth of the individual `mine` of this ligand, where its run breeds.
    fn due(books: &'a Books, slot: u32, mine: u32) -> Option<Self> {
        let progress = books.progress(slot);
        if progress.running == 0 {
            return None;
        }
        let population = books.search.population;
        let run = mine / population;
        let run_at = slot * books.search.runs + run;
        let book = books.run(run_at);
        (book.phase == BREEDING).then(|| Birth {
            books,
            ligand: &books.ligands[slot as usize],
            slot,
            parity: progress.round & 1,
            run,
            member: mine % population,
            first: run_at * population,
            book,
        })
    }

    fn happen(&self) {
        let mut genes = match (self.book.generation, self.member) {
            (0, _) => self.random_pose(),
            (_, 0) => self.best_pose(self.book.champion),
            _ => self.child(),
        };
        let turn = orientation(&genes).normalize();
        set_orientation(&mut genes, turn);
        let individual = self.first + self.member;
        for (k, gene) in (0..).zip(genes) {
            self.books.set_number(CURRENT + k, individual, gene);
        }
        self.books.enqueue(self.slot, self.parity, individual);
    }

    /// Four uniform numbers; `block` counts calls with the same purpose.
    fn draw(&self, purpose: u32, block: u32) -> [f32; 4] {
        let counter = [
            self.run,
            self.book.generation,
            self.member,
            purpose | block << 8,
        ];
        let key = self.books.key(self.slot);
        philox(counter, key).map(uniform01_single)
    }

    /// Anywhere in the box, in any orientation, with any torsions.
    fn random_pose(&self) -> Vec<f32> {
        let [a, b] = [0, 1].map(|block| self.draw(FOR_START, block));
        let grid = &self.books.grid;
        let place = [0, 1, 2]
            .map(|k| grid.origin[k] + a[k] * (grid.points[k] as f32 - 1.0) / grid.inverse_spacing);
        let mut genes = [&place[..], &random_rotation(b)].concat();
        for n in 1..self.ligand.fragments {
            let u = self.draw(FOR_START, 2 + (n - 1) / 4);
            genes.push(TAU * (u[(n as usize - 1) % 4] - 0.5));
        }
        genes
    }

    fn best_pose(&self, individual: u32) -> Vec<f32> {
        let numbers = 0..6 + self.ligand.fragments;
        let number = |k| self.books.number(self.books.best() + k, individual);
        numbers.map(number).collect()
    }

    /// The winner of a binary tournament; the better one wins with the probability `tournament_rate`.
    fn tournament(&self, [a, b, luck, _]: [f32; 4]) -> u32 {
        let [a, b] = [a, b].map(|u| self.first + pick(u, self.books.search.population));
        let better_first = self.books.status(a).best <= self.books.status(b).best;
        if better_first == (luck < self.books.search.tournament_rate) {
            a
        } else {
            b
        }
    }

    /// A child of two tournament winners.
    fn child(&self) -> Vec<f32> {
        let [a, b, c] = [0, 1, 2].map(|block| self.draw(FOR_PARENTS, block));
        let mut genes = self.best_pose(self.tournament(a));
        if b[3] < self.books.search.crossover_rate {
            self.cross_over(&mut genes, self.tournament(b), [c[0], c[1]]);
        }
        self.mutate(&mut genes);
        genes
    }

    /// Two-point crossover over translation, orientation and torsions: genes between the cuts come from the second
    /// parent.
    fn cross_over(&self, genes: &mut [f32], second: u32, cuts: [f32; 2]) {
        let count = 3 + self.ligand.fragments;
        let [a, b] = cuts.map(|u| pick(u, count + 1));
        let between = a.min(b)..a.max(b);
        for (k, number) in (0..).zip(genes) {
            // The four numbers of the orientation are one gene.
            let gene = if k < 3 { k } else { k.max(6) - 3 };
            if between.contains(&gene) {
                *number = self.books.number(self.books.best() + k, second);
            }
        }
    }

    /// Each gene moves with the probability `mutation_rate`, uniformly within the greatest shift or turn.
    fn mutate(&self, genes: &mut [f32]) {
        let search = &self.books.search;
        let [luck, by, about] = [0, 1, 2].map(|block| self.draw(FOR_MUTATION, block));
        for k in 0..3 {
            if luck[k] < search.mutation_rate {
                genes[k] += search.mutation_shift * (2.0 * by[k] - 1.0);
            }
        }
        if luck[3] < search.mutation_rate {
            let [x, y, z, _] = about.map(|u| search.mutation_turn * (2.0 * u - 1.0));
            let turn = Quat::from_scaled_axis(Vec3::new(x, y, z)) * orientation(genes);
            set_orientation(genes, turn);
        }
        for (n, angle) in (1..).zip(&mut genes[7..]) {
            let u = self.draw(FOR_MUTATION, 2 + n);
            if u[0] < search.mutation_rate {
                *angle += search.mutation_turn * (2.0 * u[1] - 1.0);
            }
        }
    }
}

/// Index below `count` from a uniform number.
fn pick(u: f32, count: u32) -> u32 {
    ((u * count as f32) as u32).min(count - 1)
}

/// A uniformly random rotation (Shoemake 1992).
fn random_rotation(u: [f32; 4]) -> [f32; 4] {
    let [inner, outer] = [(1.0 - u[0]).sqrt(), u[0].sqrt()];
    let [(a, b), (c, d)] = [u[1], u[2]].map(|part| (TAU * part).sin_cos());
    [inner * a, inner * b, outer * c, outer * d]
}

fn orientation(genes: &[f32]) -> Quat {
    Quat::from_slice(&genes[3..7])
}

fn set_orientation(genes: &mut [f32], turn: Quat) {
    genes[3..7].copy_from_slice(&turn.to_array());
}
