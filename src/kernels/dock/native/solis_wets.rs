//! Local search by adaptive random steps (Solis and Wets 1981) on lanes: the text of shaders/dock/solis_wets.wgsl.

use super::local_search::{Rule, Team, choose, displace, search, unit_of, units};
use super::pose_energy::{Workspace, pose_energy};
use super::search_state::CURRENT;
use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::random::{FOR_STEP, philox, uniform01_single};
use crate::kernels::dock::search_state::Status;
use crate::kernels::dock::solis_wets;
use crate::lanes::{Instructions, Lanes, Mask, Real};

/// The body of `dock/solis_wets`.
///
/// # Errors
/// What the bindings report.
pub fn solis_wets(call: &Call) -> Result<()> {
    let rule = SolisWets {
        units: units(call)?,
        least_spread: call.constant("LEAST_SPREAD")? as f32,
    };
    search(call, &rule)
}

/// The kernel's constants.
struct SolisWets {
    units: [f32; 3],
    least_spread: f32,
}

const STREAK: i32 = solis_wets::STREAK as i32;
const OPPOSITE: i32 = solis_wets::OPPOSITE as i32;

/// The searches of a team: one status for each lane, poses and what is remembered in lanes.
struct Searches<S: Instructions> {
    status: Vec<Status>,
    done: Vec<u32>,
    best_pose: Vec<Lanes<S>>,
    bias: Vec<Lanes<S>>,
    deviation: Vec<Lanes<S>>,
}

/// How a bias changes after a try: what is kept of it, and how much of the deviation is added.
#[derive(Clone, Copy)]
struct Lesson {
    keep: f32,
    add: f32,
}

impl SolisWets {
    fn is_over(&self, status: &Status, limit: u32) -> bool {
        status.steps >= limit || (status.steps > 0 && status.mark < self.least_spread)
    }

    /// Books a try that gained or not; says what its bias learns of it (weights of Solis and Wets).
    fn book(status: &mut Status, gained: bool) -> Lesson {
        let opposite = is_opposite(status);
        let streak = if opposite {
            status.streak - OPPOSITE
        } else {
            status.streak
        };
        let (streak, keep, add) = match (gained, opposite) {
            (true, false) => (streak.max(0) + 1, 0.2, 0.4),
            (true, true) => (streak.max(0) + 1, 1.0, -0.4),
            (false, true) => (streak.min(0) - 1, 0.5, 0.0),
            (false, false) => (streak + OPPOSITE, 1.0, 0.0),
        };
        status.streak = streak;
        if (gained || opposite) && streak.abs() >= STREAK {
            status.mark *= if streak > 0 { 2.0 } else { 0.5 };
            status.streak = 0;
        }
        Lesson { keep, add }
    }
}

/// Whether the opposite of the last step comes next; `streak` lies within +-4 otherwise.
fn is_opposite(status: &Status) -> bool {
    status.streak > OPPOSITE / 2
}

impl<S: Instructions> Searches<S> {
    #[inline(always)]
    fn load(simd: S, team: &Team) -> Self {
        let (genes, moves) = (team.ligand.genes(), team.ligand.genes() - 1);
        let lanes = 0..Lanes::<S>::COUNT;
        let status = lanes.map(|lane| team.books.status(team.individual(lane)));
        let status: Vec<Status> = status.collect();
        let is_fresh = |lane: usize| if status[lane].steps == 0 { 0.0 } else { 1.0 };
        let kept = Lanes::from_fn(simd, is_fresh);
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
    fn deviate(&mut self, simd: S, team: &Team) {
        let books = team.books;
        let moves = self.bias.len();
        let key = books.key(team.slot);
        let mut drawn = vec![0.0; moves * self.status.len()];
        for (lane, status) in self.status.iter().enumerate() {
            if is_opposite(status) || status.steps == 0 {
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
        let fresh = self.lanes_where(simd, |status| status.steps > 0 && !is_opposite(status));
        let spread = Lanes::from_fn(simd, |lane| self.status[lane].mark);
        for (k, deviation) in self.deviation.iter_mut().enumerate() {
            let number = Lanes::load(simd, &drawn[k * self.status.len()..]);
            let new = spread * (number * 2.0 - 1.0) + self.bias[k];
            *deviation = Lanes::select(fresh, new, *deviation);
        }
    }

    /// The lanes whose status fits.
    #[inline(always)]
    fn lanes_where(&self, simd: S, fits: impl Fn(&Status) -> bool) -> Mask<S> {
        let fit = |lane: usize| if fits(&self.status[lane]) { 0.0 } else { 1.0 };
        let fit = Lanes::from_fn(simd, fit);
        fit.less(fit.like(0.5))
    }

    /// The poses to try: the best ones stepped from, or as they are where a search begins.
    #[inline(always)]
    fn tries(&self, simd: S, rule: &SolisWets) -> Vec<Lanes<S>> {
        let sign = |lane: usize| match &self.status[lane] {
            status if status.steps == 0 => 0.0,
            status if is_opposite(status) => -1.0,
            _ => 1.0,
        };
        let sign = Lanes::from_fn(simd, sign);
        let mut steps = self.deviation.clone();
        for (k, step) in steps.iter_mut().enumerate() {
            *step = *step * (sign * unit_of(rule.units, k));
        }
        let begins = self.lanes_where(simd, |status| status.steps == 0);
        let mut tried = self.best_pose.clone();
        displace(&mut tried, &steps);
        choose(begins, &self.best_pose, &mut tried);
        tried
    }

    /// Books the scores of the lanes at work; poses that gained become the best ones, and biases learn.
    #[inline(always)]
    fn book(&mut self, simd: S, at_work: Mask<S>, tried: &[Lanes<S>], score: Lanes<S>) {
        let idle = Lesson {
            keep: 1.0,
            add: 0.0,
        };
        let mut lessons = vec![idle; self.status.len()];
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
                lessons[lane] = SolisWets::book(status, gained);
            }
            if gained {
                (status.best, gains[lane]) = (score, 1.0);
            }
            status.steps += 1;
            self.done[lane] += 1;
        }
        let gained = Lanes::load(simd, &gains);
        choose(gained.like(0.5).less(gained), tried, &mut self.best_pose);
        let keep = Lanes::from_fn(simd, |lane| lessons[lane].keep);
        let add = Lanes::from_fn(simd, |lane| lessons[lane].add);
        for (bias, deviation) in self.bias.iter_mut().zip(&self.deviation) {
            *bias = *bias * keep + *deviation * add;
        }
    }
}

impl Rule for SolisWets {
    #[inline(always)]
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<Lanes<S>>) {
        let books = team.books;
        let limit = books.search.local_search_steps;
        let present = team.present(simd);
        let mut searches = Searches::load(simd, team);
        for _ in 0..books.ligands[team.slot as usize].steps {
            let at_work =
                present & searches.lanes_where(simd, |status| !self.is_over(status, limit));
            if !at_work.any() {
                break;
            }
            searches.deviate(simd, team);
            let tried = searches.tries(simd, self);
            let (inter, intra) =
                pose_energy::<S, false>(simd, team.ligand, &books.grid, books.maps, &tried, work);
            searches.book(simd, at_work, &tried, inter + intra);
        }
        let going_on = present & searches.lanes_where(simd, |status| !self.is_over(status, limit));
        let memory = searches.bias.iter().zip(&searches.deviation);
        let memory: Vec<Lanes<S>> = memory.flat_map(|(bias, by)| [*bias, *by]).collect();
        team.store(books.best(), &searches.best_pose, present);
        team.store(books.memory(), &memory, going_on);
        for (lane, _) in team.individuals.iter().enumerate() {
            let status = searches.status[lane];
            team.close(
                lane,
                status,
                searches.done[lane],
                self.is_over(&status, limit),
            );
        }
    }
}
