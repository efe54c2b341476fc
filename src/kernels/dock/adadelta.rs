//! Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701).

use super::descent::{Descent, Left, numbers, pose};
use super::local_search::{self, Input, WHOLE_SEARCHES};
use super::search_state::{CAPACITIES, LocalSearchKernel, Status, search_sources};
use super::snapshot::Snapshot;
use super::synthetic::Draws;
use crate::Result;
use crate::gpu::{Gpu, Kernel, Reflection};
use crate::twin::{Tolerance, Twin, Value};
use std::sync::LazyLock;

/// The kernel `dock/adadelta`.
pub struct Adadelta;

/// The kernel with its constants.
pub const LOCAL_SEARCH: LocalSearchKernel = LocalSearchKernel {
    kernel: Adadelta::KERNEL,
    constants: &[],
};

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
    let reflection: Option<Reflection> = Adadelta::KERNEL.reflect(&[]).ok();
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
const LEVEL: i64 = 1 << 16;

/// Some steps of one individual: down the slope by the rule of ADADELTA, every coordinate measured in its unit; after
/// some steps without a gain back to the best pose with smaller units, until the last level is used up.
fn steps(descent: &mut Descent, s: &Snapshot, individual: usize) -> Left {
    let rule = &*RULE;
    let Status {
        best,
        steps,
        mark,
        streak,
    } = s.status[individual];
    let (mut best, mut mark) = (f64::from(best), f64::from(mark));
    let (mut level, mut idle) = (i64::from(streak) / LEVEL, i64::from(streak) % LEVEL);
    let mut total = steps;
    let (planes, torsions) = (
        s.capacity.pose() as usize,
        s.topologies[s.slot(individual)].genes() - 7,
    );
    let mut current = pose(s, 0, individual);
    let mut best_pose = s.numbers(planes, 7 + torsions, individual);
    // The running means of the squared slope and of the squared step, of each coordinate.
    let mut memory = s.numbers(2 * planes, 2 * (6 + torsions), individual);
    if steps == 0 {
        memory.fill(0.0);
    }
    let mut best_genotype = pose(s, planes, individual);
    let mut done = 0;
    while done < s.ligands[s.slot(individual)].steps
        && total < s.search.local_search_steps
        && level <= rule.levels
    {
        let (score, slopes) = descent.score(&current);
        let first = total == 0;
        if first || descent.is_lower(score, mark - rule.gain) {
            (mark, idle) = (score, 0);
        } else {
            idle += 1;
        }
        if first || descent.is_lower(score, best) {
            (best, best_genotype, best_pose) = (score, current.clone(), numbers(&current));
        }
        (total, done) = (total + 1, done + 1);
        if idle >= rule.patience {
            (level, idle) = (level + 1, 0);
            current = best_genotype.clone();
            memory.fill(0.0);
            continue;
        }
        let mut by = vec![0.0; 6 + torsions];
        for (k, by) in by.iter_mut().enumerate() {
            let unit = rule.units[(k / 3).min(2)] * rule.shrink.powi(level as i32);
            let slope = unit * slopes[k];
            let [square, stride] = [memory[2 * k], memory[2 * k + 1]];
            let square = rule.decay * square + (1.0 - rule.decay) * slope * slope;
            let step = -slope * ((stride + rule.epsilon) / (square + rule.epsilon)).sqrt();
            memory[2 * k] = square;
            memory[2 * k + 1] = rule.decay * stride + (1.0 - rule.decay) * step * step;
            *by = unit * step;
        }
        descent.displace(&mut current, &by);
    }
    let over = total >= s.search.local_search_steps || level > rule.levels;
    let streak = level * LEVEL + idle;
    let booked = if over {
        [0, 0]
    } else {
        [i64::from(total), streak]
    };
    Left {
        marks: [best, mark],
        counts: [booked[0], booked[1], i64::from(done), i64::from(over)],
        // Where the search is over nobody reads them again, and they stay as they were.
        current: if over { Vec::new() } else { numbers(&current) },
        best: best_pose,
        memory: if over { Vec::new() } else { memory },
    }
}

/// Half of the searches begin; the others are under way, some at the end of their patience or of their steps.
fn begin(s: &mut Snapshot, individual: usize, draws: &mut Draws) {
    if draws.unit() < 0.5 {
        return;
    }
    let planes = s.capacity.pose() as usize;
    let torsions = s.topologies[s.slot(individual)].genes() - 7;
    let best = s.maps.pose(&s.topologies[s.slot(individual)], 0.4, draws);
    s.set_numbers(planes, individual, &numbers(&best));
    let memory: Vec<f64> = (0..2 * (6 + torsions))
        .map(|_| draws.between(0.0, 4.0))
        .collect();
    s.set_numbers(2 * planes, individual, &memory);
    let limit = s.search.local_search_steps;
    let level = draws.below(RULE.levels as usize + 1) as i64;
    let idle = draws.below(RULE.patience.max(1) as usize) as i64;
    s.status[individual] = Status {
        best: draws.between(-20.0, 40.0) as f32,
        steps: [5, limit - 5, limit - 2][draws.below(3)],
        mark: draws.between(-20.0, 40.0) as f32,
        streak: (level * LEVEL + idle) as i32,
    };
}

impl Twin for Adadelta {
    const KERNEL: Kernel = Kernel {
        name: "dock/adadelta",
        sources: search_sources!("../../../shaders/dock/adadelta.wgsl"),
        capacities: CAPACITIES,
    };
    const TOLERANCE: Tolerance = Tolerance { roundings: 12.0 };
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[1, 63, 64, 65, 130, WHOLE_SEARCHES]
    }

    fn sample(size: usize, seed: u64) -> Input {
        local_search::sample(size, seed, begin, steps)
    }

    fn twin(input: &Input) -> Vec<Value> {
        local_search::twin(input)
    }

    fn gpu(gpu: &Gpu, input: &Input) -> Result<Vec<f64>> {
        local_search::gpu(gpu, input, LOCAL_SEARCH, &[("PATIENCE", 30_000.0)])
    }
}
