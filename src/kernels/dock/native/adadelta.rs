//! Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701) on lanes: the text of shaders/dock/adadelta.wgsl.

use super::local_search::{Rule, Team, choose, displace, search, unit_of, units};
use super::pose_energy::{Workspace, pose_energy};
use super::search_state::CURRENT;
use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::adadelta;
use crate::kernels::dock::search_state::Status;
use crate::lanes::{Instructions, Lanes, Mask, Real};

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

const LEVEL: i32 = adadelta::LEVEL as i32;

/// What a search knows of its progress, as numbers: whole ones are exact.
#[derive(Clone, Copy)]
struct Progress<S: Instructions> {
    best: Lanes<S>,
    mark: Lanes<S>,
    steps: Lanes<S>,
    /// Steps since the last gain.
    idle: Lanes<S>,
    level: Lanes<S>,
    /// Steps of this dispatch.
    done: Lanes<S>,
}

impl<S: Instructions> Progress<S> {
    #[inline(always)]
    fn load(simd: S, team: &Team) -> Self {
        Progress {
            best: team.status(simd, |status| status.best),
            mark: team.status(simd, |status| status.mark),
            steps: team.status(simd, |status| status.steps as f32),
            idle: team.status(simd, |status| (status.streak % LEVEL) as f32),
            level: team.status(simd, |status| (status.streak / LEVEL) as f32),
            done: Lanes::splat(simd, 0.0),
        }
    }

    #[inline(always)]
    fn is_first(&self) -> Mask<S> {
        self.steps.less(self.steps.like(0.5))
    }

    #[inline(always)]
    fn is_over(&self, rule: &Adadelta, limit: f32) -> Mask<S> {
        !self.steps.less(self.steps.like(limit)) | self.level.like(rule.levels).less(self.level)
    }

    /// Books one score of the lanes at work; the mark to beat moves only by real gains, so that a creeping descent ends.
    #[inline(always)]
    fn book(&mut self, rule: &Adadelta, score: Lanes<S>, at_work: Mask<S>) {
        let first = self.is_first();
        let gained = at_work & (first | score.less(self.mark - rule.gain));
        let better = at_work & (first | score.less(self.best));
        let one = Lanes::select(at_work, score.like(1.0), score.like(0.0));
        self.idle = Lanes::select(gained, score.like(0.0), self.idle + one);
        self.mark = Lanes::select(gained, score, self.mark);
        self.best = Lanes::select(better, score, self.best);
        self.steps += one;
        self.done += one;
    }

    #[inline(always)]
    fn status(&self, lane: usize) -> Status {
        let of = |lanes: Lanes<S>| lanes.as_slice()[lane];
        Status {
            best: of(self.best),
            steps: of(self.steps) as u32,
            mark: of(self.mark),
            streak: of(self.level) as i32 * LEVEL + of(self.idle) as i32,
        }
    }
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
}

impl Rule for Adadelta {
    #[inline(always)]
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<Lanes<S>>) {
        let books = team.books;
        let (genes, moves) = (team.ligand.genes(), team.ligand.genes() - 1);
        let limit = books.search.local_search_steps as f32;
        let present = team.present(simd);
        let mut mine = Progress::load(simd, team);
        let mut descent = Descent {
            pose: team.load(simd, CURRENT, genes),
            best_pose: team.load(simd, books.best(), genes),
            memory: team.load(simd, books.memory(), 2 * moves),
            steps: vec![mine.done; moves],
            shrunk: Lanes::from_fn(simd, |lane| {
                self.shrink.powi(mine.level.as_slice()[lane] as i32)
            }),
        };
        let fresh = mine.is_first();
        for number in &mut descent.memory {
            *number = Lanes::select(fresh, number.like(0.0), *number);
        }
        for _ in 0..books.ligands[team.slot as usize].steps {
            let at_work = present & !mine.is_over(self, limit);
            if !at_work.any() {
                break;
            }
            let (inter, intra) = pose_energy::<S, true>(
                simd,
                team.ligand,
                &books.grid,
                books.maps,
                &descent.pose,
                work,
            );
            let score = inter + intra;
            let better = at_work & (mine.is_first() | score.less(mine.best));
            choose(better, &descent.pose, &mut descent.best_pose);
            mine.book(self, score, at_work);
            let impatient = at_work & !mine.idle.less(score.like(self.patience));
            self.move_on(&mut descent, &work.gradient);
            if impatient.any() {
                self.go_back(&mut descent, impatient);
                mine.level = Lanes::select(impatient, mine.level + 1.0, mine.level);
                mine.idle = Lanes::select(impatient, score.like(0.0), mine.idle);
            }
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
