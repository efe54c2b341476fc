//! How far searches by ADADELTA have come: scores, steps and levels, one search a lane.

use super::Adadelta;
use crate::kernels::dock::adadelta;
use crate::kernels::dock::native::team::Team;
use crate::kernels::dock::search_state::Status;
use crate::lanes::{Instructions, Lanes, Mask, Real};

const LEVEL: i32 = adadelta::LEVEL as i32;

/// What a search knows of its progress, as numbers: whole ones are exact.
#[derive(Clone, Copy)]
pub(super) struct Progress<S: Instructions> {
    best: Lanes<S>,
    mark: Lanes<S>,
    steps: Lanes<S>,
    /// Steps since the last gain.
    idle: Lanes<S>,
    pub(super) level: Lanes<S>,
    /// Steps of this dispatch.
    pub(super) done: Lanes<S>,
}

impl<S: Instructions> Progress<S> {
    #[inline(always)]
    pub(super) fn load(simd: S, team: &Team) -> Self {
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
    pub(super) fn is_first(&self) -> Mask<S> {
        self.steps.less(self.steps.like(0.5))
    }

    #[inline(always)]
    pub(super) fn is_over(&self, rule: &Adadelta, limit: f32) -> Mask<S> {
        !self.steps.less(self.steps.like(limit)) | self.level.like(rule.levels).less(self.level)
    }

    /// Whether a score is the best one so far, of the lanes at work.
    #[inline(always)]
    pub(super) fn is_better(&self, score: Lanes<S>, at_work: Mask<S>) -> Mask<S> {
        at_work & (self.is_first() | score.less(self.best))
    }

    /// Books one score of the lanes at work; the mark to beat moves only by real gains, so that a creeping descent ends.
    #[inline(always)]
    pub(super) fn book(&mut self, rule: &Adadelta, score: Lanes<S>, at_work: Mask<S>) {
        let better = self.is_better(score, at_work);
        let gained = at_work & (self.is_first() | score.less(self.mark - rule.gain));
        let one = Lanes::select(at_work, score.like(1.0), score.like(0.0));
        self.idle = Lanes::select(gained, score.like(0.0), self.idle + one);
        self.mark = Lanes::select(gained, score, self.mark);
        self.best = Lanes::select(better, score, self.best);
        self.steps += one;
        self.done += one;
    }

    /// The lanes at work that have waited too long for a gain.
    #[inline(always)]
    pub(super) fn is_impatient(&self, rule: &Adadelta, at_work: Mask<S>) -> Mask<S> {
        at_work & !self.idle.less(self.idle.like(rule.patience))
    }

    /// Moves lanes to the next level, where they wait for a gain anew.
    #[inline(always)]
    pub(super) fn go_on(&mut self, lanes: Mask<S>) {
        self.level = Lanes::select(lanes, self.level + 1.0, self.level);
        self.idle = Lanes::select(lanes, self.idle.like(0.0), self.idle);
    }

    #[inline(always)]
    pub(super) fn status(&self, lane: usize) -> Status {
        let of = |lanes: Lanes<S>| lanes.as_slice()[lane];
        Status {
            best: of(self.best),
            steps: of(self.steps) as u32,
            mark: of(self.mark),
            streak: of(self.level) as i32 * LEVEL + of(self.idle) as i32,
        }
    }
}
