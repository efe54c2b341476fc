//! Searches by random steps side by side, one a lane: where they stand, what they try next, what they learn.

use super::{Lesson, is_opposite};
use crate::kernels::dock::native::displacement::{choose, displace, unit_of};
use crate::kernels::dock::native::search_state::CURRENT;
use crate::kernels::dock::native::team::Team;
use crate::kernels::dock::random::{FOR_STEP, philox, uniform01_single};
use crate::kernels::dock::search_state::Status;
use crate::lanes::{Instructions, Lanes, Mask, Real};

/// The searches of a team: one status for each lane, poses and what is remembered in lanes.
pub(super) struct Searches<S: Instructions> {
    status: Vec<Status>,
    /// Steps of this dispatch.
    done: Vec<u32>,
    best_pose: Vec<Lanes<S>>,
    bias: Vec<Lanes<S>>,
    deviation: Vec<Lanes<S>>,
}

/// Whether the next step is a new one: neither the first score nor the opposite of the last step.
fn is_fresh(status: &Status) -> bool {
    status.steps > 0 && !is_opposite(status)
}

impl<S: Instructions> Searches<S> {
    #[inline(always)]
    pub(super) fn load(simd: S, team: &Team) -> Self {
        let (genes, moves) = (team.ligand.genes(), team.ligand.genes() - 1);
        let lanes = 0..Lanes::<S>::COUNT;
        let status = lanes.map(|lane| team.books.status(team.individual(lane)));
        let status: Vec<Status> = status.collect();
        let under_way = |lane: usize| if status[lane].steps == 0 { 0.0 } else { 1.0 };
        let kept = Lanes::from_fn(simd, under_way);
        let zero = kept.like(0.0);
        let memory = team.load(simd, team.books.memory(), 2 * moves);
        let remembered = |at: usize| {
            let numbers = memory.chunks_exact(2).map(|both| both[at]);
            let known = zero.less(kept);
            numbers.map(|v| Lanes::select(known, v, zero)).collect()
        };
        let current = team.load(simd, CURRENT, genes);
        let mut best_pose = team.load(simd, team.books.best(), genes);
        choose(!zero.less(kept), &current, &mut best_pose);
        Searches {
            done: vec![0; status.len()],
            best_pose,
            bias: remembered(0),
            deviation: remembered(1),
            status,
        }
    }

    /// New deviations, uniform within the spread about the bias, where the step is no opposite one.
    #[inline(always)]
    pub(super) fn deviate(&mut self, simd: S, team: &Team) {
        let drawn = self.draw(team);
        let fresh = self.lanes_where(simd, is_fresh);
        let spread = Lanes::from_fn(simd, |lane| self.status[lane].mark);
        for (k, deviation) in self.deviation.iter_mut().enumerate() {
            let number = Lanes::load(simd, &drawn[k * self.status.len()..]);
            let new = spread * (number * 2.0 - 1.0) + self.bias[k];
            *deviation = Lanes::select(fresh, new, *deviation);
        }
    }

    /// A uniform number for each movement of each lane whose step is a new one: all lanes of a movement in a row.
    #[inline(always)]
    fn draw(&self, team: &Team) -> Vec<f32> {
        let (books, moves) = (team.books, self.bias.len());
        let key = books.key(team.slot);
        let mut drawn = vec![0.0; moves * self.status.len()];
        for (lane, status) in self.status.iter().enumerate() {
            if !is_fresh(status) {
                continue;
            }
            let individual = team.individual(lane);
            let run_at = individual / books.search.population;
            let run = run_at % books.search.runs;
            let generation = books.run(run_at).generation;
            let member = individual % books.search.population;
            for block in 0..moves.div_ceil(4) {
                let purpose = FOR_STEP | status.steps << 8 | (block as u32) << 20;
                let words = philox([run, generation, member, purpose], key);
                for (k, word) in words.into_iter().enumerate().take(moves - 4 * block) {
                    drawn[(4 * block + k) * self.status.len() + lane] = uniform01_single(word);
                }
            }
        }
        drawn
    }

    /// The lanes whose status fits.
    #[inline(always)]
    pub(super) fn lanes_where(&self, simd: S, fits: impl Fn(&Status) -> bool) -> Mask<S> {
        let fit = |lane: usize| if fits(&self.status[lane]) { 0.0 } else { 1.0 };
        let fit = Lanes::from_fn(simd, fit);
        fit.less(fit.like(0.5))
    }

    /// The poses to try: the best ones stepped from, or as they are where a search begins.
    #[inline(always)]
    pub(super) fn tries(&self, simd: S, units: [f32; 3]) -> Vec<Lanes<S>> {
        let sign = |lane: usize| match &self.status[lane] {
            status if status.steps == 0 => 0.0,
            status if is_opposite(status) => -1.0,
            _ => 1.0,
        };
        let sign = Lanes::from_fn(simd, sign);
        let mut steps = self.deviation.clone();
        for (k, step) in steps.iter_mut().enumerate() {
            *step = *step * (sign * unit_of(units, k));
        }
        let begins = self.lanes_where(simd, |status| status.steps == 0);
        let mut tried = self.best_pose.clone();
        displace(&mut tried, &steps);
        choose(begins, &self.best_pose, &mut tried);
        tried
    }

    /// Books the scores of the lanes at work; poses that gained become the best ones, and biases learn.
    #[inline(always)]
    pub(super) fn book(&mut self, simd: S, at_work: Mask<S>, tried: &[Lanes<S>], score: Lanes<S>) {
        let mut lessons = vec![Lesson::NONE; self.status.len()];
        let mut gains = vec![0.0; self.status.len()];
        for (lane, status) in self.status.iter_mut().enumerate() {
            if !at_work.is_set(lane) {
                continue;
            }
            let score = score.as_slice()[lane];
            let begins = status.steps == 0;
            let gained = begins || score < status.best;
            if begins {
                status.mark = 1.0;
            } else {
                lessons[lane] = super::book(status, gained);
            }
            if gained {
                (status.best, gains[lane]) = (score, 1.0);
            }
            status.steps += 1;
            self.done[lane] += 1;
        }
        let gained = Lanes::load(simd, &gains);
        choose(gained.like(0.5).less(gained), tried, &mut self.best_pose);
        self.learn(simd, &lessons);
    }

    #[inline(always)]
    fn learn(&mut self, simd: S, lessons: &[Lesson]) {
        let keep = Lanes::from_fn(simd, |lane| lessons[lane].keep);
        let add = Lanes::from_fn(simd, |lane| lessons[lane].add);
        for (bias, deviation) in self.bias.iter_mut().zip(&self.deviation) {
            *bias = *bias * keep + *deviation * add;
        }
    }

    /// Writes the best poses back, and what the searches that go on remember.
    #[inline(always)]
    pub(super) fn store(&self, team: &Team, present: Mask<S>, going_on: Mask<S>) {
        let memory = self.bias.iter().zip(&self.deviation);
        let memory: Vec<Lanes<S>> = memory.flat_map(|(bias, by)| [*bias, *by]).collect();
        team.store(team.books.best(), &self.best_pose, present);
        team.store(team.books.memory(), &memory, going_on);
    }

    /// What is left of a lane's search: its status, and the steps of this dispatch.
    pub(super) fn left(&self, lane: usize) -> (Status, u32) {
        (self.status[lane], self.done[lane])
    }
}
