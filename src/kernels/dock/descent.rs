//! What the twins of the local searches share: a pose in f64, its score with its uncertainty, and what rounding does to
//! the end of a search.
//!
//! A search takes what it has computed and goes on from there, so that roundings grow. Each twin runs several times,
//! once as it is and then with noise of the size of a rounding on every score, slope and pose; the largest change of a
//! number counts as its magnitude. Searches whose decisions hang on a rounding, or that make much of one, are left out of the samples.

use super::pose_energy::{Genotype, Maps};
use super::pose_rounding::{energy_values, is_on_edge};
use super::snapshot::Snapshot;
use super::synthetic::Draws;
use super::topology::Topology;
use crate::twin::Value;
use glam::{DQuat, DVec3};

/// Runs with noise.
const NOISY: u64 = 10;
/// A number that noise changes by more than this much of it tells nothing: it would pass with any value near.
const BLURRED: f64 = 1e-3;
/// Roundings of a step: ADADELTA's is a product with the root of a quotient.
const OF_A_STEP: f64 = 4.0;
/// One rounding of a 24-bit significand.
const ROUNDING: f64 = 1.0 / 16_777_216.0;

/// A search under way: what it scores with, and whether a decision was too near to call.
pub struct Descent<'a> {
    topology: &'a Topology,
    maps: Maps<'a>,
    noise: Option<Draws>,
    /// Whether rounding could have changed a decision.
    pub delicate: bool,
}

impl Descent<'_> {
    /// A rounding of a number of this size, up or down; nothing in the run without noise.
    pub fn noise(&mut self, size: f64) -> f64 {
        let Some(draws) = &mut self.noise else {
            return 0.0;
        };
        let sign = if draws.unit() < 0.5 { -1.0 } else { 1.0 };
        sign * size * ROUNDING
    }

    /// Score and gradient (translation, rotation, torsions) of a pose.
    pub fn score(&mut self, pose: &Genotype) -> (f64, Vec<f64>) {
        self.delicate |= is_on_edge(self.topology, &self.maps, pose);
        let values = energy_values(self.topology, &self.maps, pose);
        let mut noisy = |[value, magnitude]: Value| value + self.noise(magnitude);
        let values: Vec<f64> = values.into_iter().map(&mut noisy).collect();
        (values[0] + values[1], values[2..].to_vec())
    }

    /// Whether a score is lower than another; notes where it hardly is or is not.
    pub fn is_lower(&mut self, score: f64, than: f64) -> bool {
        self.delicate |= (score - than).abs() < 1e-3 + 1e-4 * (score.abs() + than.abs());
        score < than
    }

    /// Moves a pose by a translation, a rotation vector and torsions, in this order.
    pub fn displace(&mut self, pose: &mut Genotype, by: &[f64]) {
        let by: Vec<f64> = by
            .iter()
            .map(|by| by + self.noise(OF_A_STEP * by))
            .collect();
        pose.place += DVec3::from_slice(&by[..3]);
        let turn = DQuat::from_scaled_axis(DVec3::from_slice(&by[3..6]));
        let noise = DVec3::from_array([0; 3].map(|_| self.noise(2.0)));
        let turn = DQuat::from_scaled_axis(noise) * turn;
        pose.orientation = (turn * pose.orientation).normalize();
        for k in 0..3 {
            pose.place[k] += self.noise(pose.place[k]);
        }
        for (angle, by) in pose.angles[1..].iter_mut().zip(&by[6..]) {
            *angle += by;
        }
        for n in 1..pose.angles.len() {
            pose.angles[n] += self.noise(pose.angles[n]);
        }
    }
}

/// What a local search leaves behind: numbers in a fixed order, and whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// Best score and mark.
    pub marks: [f64; 2],
    /// Steps and streak as booked, evaluations spent, 1 where the search is over.
    pub counts: [i64; 4],
    /// The individual's row of `state`, as far as it is in use.
    pub current: Vec<f64>,
    /// The best pose.
    pub best: Vec<f64>,
    /// What the search remembers.
    pub memory: Vec<f64>,
}

impl Left {
    fn numbers(&self) -> Vec<f64> {
        [&self.marks[..], &self.current, &self.best, &self.memory].concat()
    }
}

/// The end of one individual's search with magnitudes; `None` where a decision hangs on a rounding, or a number is blurred.
pub fn ends(
    s: &Snapshot,
    individual: usize,
    search: impl Fn(&mut Descent, &Snapshot, usize) -> Left,
) -> Option<(Left, Vec<Value>)> {
    let slot = s.slot(individual);
    let once = |noise: Option<Draws>| {
        let mut descent = Descent {
            topology: &s.topologies[slot],
            maps: s.maps.maps(),
            noise,
            delicate: false,
        };
        let left = search(&mut descent, s, individual);
        (!descent.delicate).then_some(left)
    };
    let clean = once(None)?;
    let mut values: Vec<Value> = clean.numbers().into_iter().map(|v| [v, v.abs()]).collect();
    let mut largest = vec![0.0_f64; values.len()];
    for seed in 0..NOISY {
        let noisy = once(Some(Draws::new(seed, individual as u32)))?;
        if noisy.counts != clean.counts {
            return None;
        }
        for (k, number) in noisy.numbers().into_iter().enumerate() {
            largest[k] = largest[k].max((number - values[k][0]).abs());
        }
    }
    for (value, change) in values.iter_mut().zip(largest) {
        if change > BLURRED * (1.0 + value[0].abs()) {
            return None;
        }
        value[1] += change / ROUNDING;
    }
    Some((clean, values))
}

/// Numbers of a pose as the device holds them.
pub fn numbers(pose: &Genotype) -> Vec<f64> {
    let rigid = pose
        .place
        .to_array()
        .into_iter()
        .chain(pose.orientation.to_array());
    rigid.chain(pose.angles[1..].iter().copied()).collect()
}

/// The pose that begins at number `first` of the individual's row.
pub fn pose(s: &Snapshot, first: usize, individual: usize) -> Genotype {
    let fragments = s.topologies[s.slot(individual)].fragments.len();
    let g = s.numbers(first, 6 + fragments, individual);
    let mut angles = vec![0.0; fragments];
    angles[1..].copy_from_slice(&g[7..]);
    Genotype {
        place: DVec3::from_slice(&g[..3]),
        orientation: DQuat::from_slice(&g[3..7]),
        angles,
    }
}
