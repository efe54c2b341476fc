//! Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701).

use super::descent::{Descent, Left, numbers, pose};
use super::local_search_twin::LocalSearch;
use super::pose_energy::energy_and_gradient;
use super::search_state::{CAPACITIES, Status, WORKGROUP_CAPACITIES, search_sources};
use super::snapshot::Snapshot;
use super::synthetic::Draws;
use crate::gpu::{Kernel, Reflection};
use crate::twin::Tolerance;
use std::sync::LazyLock;

/// The kernel `dock/adadelta`.
pub struct Adadelta;

/// The constants as the WGSL says them.
struct Rule {
    decay: f64,
    epsilon: f64,
    units: [f64; 3],
    patience: i64,
    gain: f64,
    shrink: f64,
    levels: i64,
}

static RULE: LazyLock<Rule> = LazyLock::new(|| {
    let reflection: Option<Reflection> = Adadelta::BY_INVOCATION.reflect(&[]).ok();
    let default = |name: &str| reflection.as_ref().and_then(|r| r.default_of(name));
    // Not a number where the WGSL has no such constant: then nothing agrees.
    let number = |name: &str| default(name).unwrap_or(f64::NAN);
    Rule {
        decay: number("DECAY"),
        epsilon: number("EPSILON"),
        units: ["SHIFT_UNIT", "TURN_UNIT", "ANGLE_UNIT"].map(number),
        patience: number("PATIENCE") as i64,
        gain: number("GAIN"),
        shrink: number("SHRINK"),
        levels: number("LEVELS") as i64,
    }
});

/// `streak` counts steps without a gain, and levels in multiples of this.
pub(super) const LEVEL: i64 = 1 << 16;

/// Some steps of one individual: down the slope by the rule of ADADELTA, every coordinate measured in its unit; after
/// too many steps without a gain back to the best pose with shorter units, until the last level is used up.
fn steps(descent: &mut Descent, s: &Snapshot, individual: usize) -> Left {
    let rule = &*RULE;
    let slot = s.slot(individual);
    let width = s.capacity.pose() as usize;
    let moves = s.topologies[slot].genes() - 1;
    let status = s.status[individual];
    let (mut best, mut mark) = (f64::from(status.best), f64::from(status.mark));
    let streak = i64::from(status.streak);
    let (mut total, mut level, mut idle) = (status.steps, streak / LEVEL, streak % LEVEL);
    let mut current = pose(s, 0, individual);
    let mut best_pose = pose(s, width, individual);
    let mut memory = s.numbers(2 * width, 2 * moves, individual);
    if total == 0 {
        memory.fill(0.0);
    }
    let mut done = 0;
    let is_over =
        |total: u32, level: i64| total >= s.search.local_search_steps || level > rule.levels;
    while done < s.ligands[slot].steps && !is_over(total, level) {
        let (score, slopes) = descent.score(&current);
        let first = total == 0;
        if first || descent.is_lower(score, mark - rule.gain) {
            (mark, idle) = (score, 0);
        } else {
            idle += 1;
        }
        if first || descent.is_lower(score, best) {
            (best, best_pose) = (score, current.clone());
        }
        (total, done) = (total + 1, done + 1);
        if idle >= rule.patience {
            (level, idle) = (level + 1, 0);
            current = best_pose.clone();
            memory.fill(0.0);
        } else {
            let shrunk = rule.shrink.powi(level as i32);
            let units = rule.units.map(|unit| unit * shrunk);
            descent.displace(&mut current, &strides(rule, units, &slopes, &mut memory));
        }
    }
    let over = is_over(total, level);
    // Where the search is over nobody reads pose and memory again, and they stay as they were.
    let kept = |numbers: Vec<f64>| if over { Vec::new() } else { numbers };
    let streak = level * LEVEL + idle;
    let booked = if over {
        [0, 0]
    } else {
        [i64::from(total), streak]
    };
    Left {
        marks: [best, mark],
        counts: [booked[0], booked[1], i64::from(done), i64::from(over)],
        current: kept(numbers(&current)),
        best: numbers(&best_pose),
        memory: kept(memory),
    }
}

/// The step of every coordinate; `memory` holds its running means of the squared slope and of the squared step.
fn strides(rule: &Rule, units: [f64; 3], slopes: &[f64], memory: &mut [f64]) -> Vec<f64> {
    let mut by = Vec::with_capacity(slopes.len());
    for (k, slope) in slopes.iter().enumerate() {
        let unit = units[(k / 3).min(2)];
        let slope = unit * slope;
        let stride = memory[2 * k + 1];
        let square = rule.decay * memory[2 * k] + (1.0 - rule.decay) * slope * slope;
        let step = -slope * ((stride + rule.epsilon) / (square + rule.epsilon)).sqrt();
        memory[2 * k] = square;
        memory[2 * k + 1] = rule.decay * stride + (1.0 - rule.decay) * step * step;
        by.push(unit * step);
    }
    by
}

/// Half of the searches begin; the others are under way, some at the end of their patience or of their steps.
fn begin(s: &mut Snapshot, individual: usize, draws: &mut Draws) {
    if draws.unit() < 0.5 {
        return;
    }
    let width = s.capacity.pose() as usize;
    let slot = s.slot(individual);
    let best = s.maps.pose(&s.topologies[slot], 0.4, draws);
    s.set_numbers(width, individual, &numbers(&best));
    let moves = s.topologies[slot].genes() - 1;
    let memory: Vec<f64> = (0..2 * moves).map(|_| draws.between(0.0, 4.0)).collect();
    s.set_numbers(2 * width, individual, &memory);
    let (limit, patience) = (s.search.local_search_steps, RULE.patience);
    let level = draws.below(RULE.levels as usize + 1) as i64;
    let idle = [0, 1, patience - 2, patience - 1][draws.below(4)];
    // Some have a mark that the next score meets, but does not gain on.
    let (terms, _) =
        energy_and_gradient(&s.topologies[slot], &s.maps.maps(), &pose(s, 0, individual));
    let marks = [draws.between(-20.0, 40.0), terms.inter() + terms.intra];
    s.status[individual] = Status {
        best: draws.between(-20.0, 40.0) as f32,
        steps: [5, limit - 5, limit - 2][draws.below(3)],
        mark: marks[usize::from(draws.unit() < 0.3)] as f32,
        streak: (level * LEVEL + idle) as i32,
    };
}

impl LocalSearch for Adadelta {
    const BY_INVOCATION: Kernel = Kernel {
        name: "dock/adadelta",
        sources: search_sources!(
            "../../../shaders/lib/local_search.wgsl",
            "../../../shaders/dock/adadelta.wgsl"
        ),
        capacities: CAPACITIES,
        native: Some(super::native::adadelta::adadelta),
    };
    const BY_WORKGROUP: Kernel = Kernel {
        sources: search_sources!(
            workgroup "../../../shaders/lib/local_search.wgsl",
            "../../../shaders/dock/adadelta.wgsl"
        ),
        capacities: WORKGROUP_CAPACITIES,
        native: None,
        ..Self::BY_INVOCATION
    };
    const CONSTANTS: &'static [(&'static str, f64)] = &[];
    const ENDLESS: &'static [(&'static str, f64)] = &[("PATIENCE", 30_000.0)];
    const TOLERANCE: Tolerance = Tolerance { roundings: 10.0 };

    fn begin(s: &mut Snapshot, individual: usize, draws: &mut Draws) {
        begin(s, individual, draws)
    }

    fn steps(descent: &mut Descent, s: &Snapshot, individual: usize) -> Left {
        steps(descent, s, individual)
    }
}
