//! Individuals that search side by side, one a lane: what they remember, what their poses score, how their books are
//! closed.

use super::ligand::UnpackedLigand;
use super::pose_energy::{Workspace, pose_energy};
use super::search_state::Books;
use crate::kernels::dock::search_state::Status;
use crate::lanes::{Instructions, Lanes, Mask, Real};

/// Individuals of one ligand that search side by side, one a lane.
pub struct Team<'a> {
    /// The search's state.
    pub books: &'a Books<'a>,
    /// Their ligand.
    pub ligand: &'a UnpackedLigand,
    /// Its place in the batch.
    pub slot: u32,
    /// Who they are: as many as there are lanes, or less.
    pub individuals: &'a [u32],
}

impl Team<'_> {
    /// The individual of a lane; lanes beyond the last one repeat the first, and what they do is not kept.
    #[inline(always)]
    pub fn individual(&self, lane: usize) -> u32 {
        *self.individuals.get(lane).unwrap_or(&self.individuals[0])
    }

    /// Which lanes have an individual of their own.
    #[inline(always)]
    pub fn present<S: Instructions>(&self, simd: S) -> Mask<S> {
        let lanes = Lanes::from_fn(simd, |lane| lane as f32);
        lanes.less(lanes.like(self.individuals.len() as f32))
    }

    /// `count` numbers of every individual's row, from number `first`.
    #[inline(always)]
    pub fn load<S: Instructions>(&self, simd: S, first: u32, count: usize) -> Vec<Lanes<S>> {
        let mut numbers = Vec::with_capacity(count);
        for number in first..first + count as u32 {
            let of = |lane| self.books.number(number, self.individual(lane));
            numbers.push(Lanes::from_fn(simd, of));
        }
        numbers
    }

    /// Writes numbers into the rows of the individuals that the mask chooses.
    #[inline(always)]
    pub fn store<S: Instructions>(&self, first: u32, numbers: &[Lanes<S>], chosen: Mask<S>) {
        for (lane, &individual) in self.individuals.iter().enumerate() {
            if chosen.is_set(lane) {
                for (number, column) in (first..).zip(numbers) {
                    let value = column.as_slice()[lane];
                    self.books.set_number(number, individual, value);
                }
            }
        }
    }

    /// Something of every individual's status.
    #[inline(always)]
    pub fn status<S: Instructions>(&self, simd: S, of: impl Fn(Status) -> f32) -> Lanes<S> {
        Lanes::from_fn(simd, |lane| of(self.books.status(self.individual(lane))))
    }

    /// Steps that each individual may take in this dispatch.
    #[inline(always)]
    pub fn steps(&self) -> u32 {
        self.books.ligands[self.slot as usize].steps
    }

    /// Scores of poses of this ligand (kcal/mol), one a lane; leaves their gradient in `work` where asked for.
    #[inline(always)]
    pub fn score<S: Instructions, const GRADIENT: bool>(
        &self,
        simd: S,
        poses: &[Lanes<S>],
        work: &mut Workspace<Lanes<S>>,
    ) -> Lanes<S> {
        let Books { grid, maps, .. } = self.books;
        let (inter, intra) = pose_energy::<S, GRADIENT>(simd, self.ligand, grid, maps, poses, work);
        inter + intra
    }

    /// Books the evaluations of this dispatch; where the search goes on, the individual waits for the next round.
    pub fn close(&self, lane: usize, left: Status, done: u32, over: bool) {
        let Some(&individual) = self.individuals.get(lane) else {
            return;
        };
        let (books, run) = (self.books, individual / self.books.search.population);
        books.add_evaluations(run, done);
        if left.best <= books.ligands[self.slot as usize].target_score {
            books.reach_target(run);
        }
        if over {
            books.finish_one(run);
            let (steps, streak) = (0, 0);
            books.set_status(
                individual,
                Status {
                    steps,
                    streak,
                    ..left
                },
            );
        } else {
            books.set_status(individual, left);
            let next = 1 - (books.progress(self.slot).round & 1);
            books.enqueue(self.slot, next, individual);
        }
    }
}
