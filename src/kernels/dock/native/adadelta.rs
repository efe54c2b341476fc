//! Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701) on lanes: the text of shaders/dock/adadelta.wgsl.

mod progress;

use super::displacement::{choose, displace, unit_of, units};
use super::local_search::{Rule, search};
use super::pose_energy::Workspace;
use super::search_state::CURRENT;
use super::team::Team;
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Instructions, Lanes, Mask, Real};
use progress::Progress;

/// The body of `dock/adadelta`.
///
/// # Errors
/// What the bindings report.
pub fn adadelta(call: &Call) -> Result<()> {
    let number = |name: &str| call.constant(name).map(|value| value as f32);
    let rule = Adadelta {
        decay: number("DECAY")?,
        epsilon: number("EPSILON")?,
        units: units(call)?,
        patience: number("PATIENCE")?,
        gain: number("GAIN")?,
        shrink: number("SHRINK")?,
        levels: number("LEVELS")?,
    };
    search(call, &rule)
}

/// The kernel's constants.
struct Adadelta {
    decay: f32,
    epsilon: f32,
    units: [f32; 3],
    patience: f32,
    gain: f32,
    shrink: f32,
    levels: f32,
}

/// Poses and what a search remembers of its slopes and steps.
struct Descent<S: Instructions> {
    pose: Vec<Lanes<S>>,
    best_pose: Vec<Lanes<S>>,
    /// For each direction the running means of the squared slope and of the squared step, one behind the other.
    memory: Vec<Lanes<S>>,
    steps: Vec<Lanes<S>>,
    /// Length of the units at the present level.
    shrunk: Lanes<S>,
}

impl<S: Instructions> Descent<S> {
    /// As the last dispatch left it; nothing is remembered where a search begins.
    #[inline(always)]
    fn load(simd: S, team: &Team, shrink: f32, mine: &Progress<S>) -> Self {
        let (books, genes) = (team.books, team.ligand.genes());
        let moves = genes - 1;
        let mut memory = team.load(simd, books.memory(), 2 * moves);
        let fresh = mine.is_first();
        for number in &mut memory {
            *number = Lanes::select(fresh, number.like(0.0), *number);
        }
        let length = |lane: usize| shrink.powi(mine.level.as_slice()[lane] as i32);
        Descent {
            pose: team.load(simd, CURRENT, genes),
            best_pose: team.load(simd, books.best(), genes),
            memory,
            steps: vec![mine.done; moves],
            shrunk: Lanes::from_fn(simd, length),
        }
    }
}

impl Adadelta {
    /// One coordinate's step, in its unit, from the slope by that unit; and both running means after it.
    #[inline(always)]
    fn stride<S: Instructions>(
        &self,
        memory: [Lanes<S>; 2],
        slope: Lanes<S>,
    ) -> (Lanes<S>, [Lanes<S>; 2]) {
        let fresh = 1.0 - self.decay;
        let square = memory[0] * self.decay + slope * slope * fresh;
        let ratio = (memory[1] + self.epsilon) * (square + self.epsilon).inverse();
        let step = -slope * ratio.sqrt();
        (step, [square, memory[1] * self.decay + step * step * fresh])
    }

    /// Moves all lanes down their slopes. Those that do not go on will not be asked for their pose again, or go back.
    #[inline(always)]
    fn move_on<S: Instructions>(&self, descent: &mut Descent<S>, gradient: &[Lanes<S>]) {
        for (k, slope) in gradient.iter().enumerate() {
            let unit = descent.shrunk * unit_of(self.units, k);
            let memory = [descent.memory[2 * k], descent.memory[2 * k + 1]];
            let (step, memory) = self.stride(memory, *slope * unit);
            descent.memory[2 * k..2 * k + 2].copy_from_slice(&memory);
            descent.steps[k] = step * unit;
        }
        displace(&mut descent.pose, &descent.steps);
    }

    /// Sends lanes back to their best pose, with shorter units and nothing remembered.
    #[inline(always)]
    fn go_back<S: Instructions>(&self, descent: &mut Descent<S>, back: Mask<S>) {
        choose(back, &descent.best_pose, &mut descent.pose);
        let zero = descent.shrunk.like(0.0);
        for number in &mut descent.memory {
            *number = Lanes::select(back, zero, *number);
        }
        descent.shrunk = Lanes::select(back, descent.shrunk * self.shrink, descent.shrunk);
    }

    /// One step of the lanes at work, whose poses have this score and gradient.
    #[inline(always)]
    fn step<S: Instructions>(
        &self,
        mine: &mut Progress<S>,
        descent: &mut Descent<S>,
        at_work: Mask<S>,
        score: Lanes<S>,
        gradient: &[Lanes<S>],
    ) {
        let better = mine.is_better(score, at_work);
        choose(better, &descent.pose, &mut descent.best_pose);
        mine.book(self, score, at_work);
        self.move_on(descent, gradient);
        let impatient = mine.is_impatient(self, at_work);
        if impatient.any() {
            self.go_back(descent, impatient);
            mine.go_on(impatient);
        }
    }
}

impl Rule for Adadelta {
    #[inline(always)]
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<Lanes<S>>) {
        let books = team.books;
        let limit = books.search.local_search_steps as f32;
        let present = team.present(simd);
        let mut mine = Progress::load(simd, team);
        let mut descent = Descent::load(simd, team, self.shrink, &mine);
        for _ in 0..team.steps() {
            let at_work = present & !mine.is_over(self, limit);
            if !at_work.any() {
                break;
            }
            let score = team.score::<S, true>(simd, &descent.pose, work);
            self.step(&mut mine, &mut descent, at_work, score, &work.gradient);
        }
        let over = mine.is_over(self, limit);
        team.store(books.best(), &descent.best_pose, present);
        team.store(CURRENT, &descent.pose, present & !over);
        team.store(books.memory(), &descent.memory, present & !over);
        for lane in 0..team.individuals.len() {
            let done = mine.done.as_slice()[lane] as u32;
            team.close(lane, mine.status(lane), done, over.is_set(lane));
        }
    }
}
