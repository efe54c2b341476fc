//! Local search by adaptive random steps (Solis and Wets 1981, Math Oper Res 6:19).

use super::descent::{Descent, Left, numbers, pose};
use super::local_search_twin::LocalSearch;
use super::random::{FOR_STEP, philox, uniform01};
use super::search_state::{CAPACITIES, Status, WORKGROUP_CAPACITIES, search_sources};
use super::snapshot::Snapshot;
use super::synthetic::Draws;
use crate::gpu::{Kernel, Reflection};
use crate::twin::Tolerance;
use std::sync::LazyLock;

/// The kernel `dock/solis_wets`.
pub struct SolisWets;

/// The constants as the WGSL says them.
struct Rule {
    units: [f64; 3],
    least_spread: f64,
}

static RULE: LazyLock<Rule> = LazyLock::new(|| {
    let reflection: Option<Reflection> = SolisWets::BY_INVOCATION.reflect(&[]).ok();
    let default = |name: &str| reflection.as_ref().and_then(|r| r.default_of(name));
    // Not a number where the WGSL has no such constant: then nothing agrees.
    let number = |name: &str| default(name).unwrap_or(f64::NAN);
    Rule {
        units: ["SHIFT_UNIT", "TURN_UNIT", "ANGLE_UNIT"].map(number),
        least_spread: number("LEAST_SPREAD"),
    }
});

/// Gains or failures in a row after which the spread changes.
pub(super) const STREAK: i64 = 4;
/// Added to `streak` where the opposite of the last step comes next.
pub(super) const OPPOSITE: i64 = 1 << 16;

/// What one search knows.
struct Search {
    best: f64,
    spread: f64,
    streak: i64,
    pose: super::pose_energy::Genotype,
    bias: Vec<f64>,
    deviation: Vec<f64>,
}

impl Search {
    /// One try: a random step about the bias, or the opposite of the last one where that failed.
    fn step(&mut self, descent: &mut Descent, random: impl Fn(usize) -> f64) {
        let opposite = self.streak > OPPOSITE / 2;
        if !opposite {
            for k in 0..self.bias.len() {
                let noise = descent.noise(self.spread + self.bias[k].abs());
                self.deviation[k] = self.spread * (2.0 * random(k) - 1.0) + self.bias[k] + noise;
            }
        }
        let sign = if opposite { -1.0 } else { 1.0 };
        let unit = |k: usize| sign * RULE.units[(k / 3).min(2)];
        let by = self.deviation.iter().enumerate();
        let by: Vec<f64> = by.map(|(k, deviation)| unit(k) * deviation).collect();
        let mut tried = self.pose.clone();
        descent.displace(&mut tried, &by);
        let (score, _) = descent.score(&tried);
        let row = if opposite {
            self.streak - OPPOSITE
        } else {
            self.streak
        };
        match (descent.is_lower(score, self.best), opposite) {
            (true, false) => (self.streak, _) = (row.max(0) + 1, self.learn(descent, 0.2, 0.4)),
            (true, true) => (self.streak, _) = (row.max(0) + 1, self.learn(descent, 1.0, -0.4)),
            (false, true) => (self.streak, _) = (row.min(0) - 1, self.learn(descent, 0.5, 0.0)),
            (false, false) => {
                self.streak = row + OPPOSITE;
                return;
            }
        }
        if score < self.best {
            (self.best, self.pose) = (score, tried);
        }
        if self.streak.abs() >= STREAK {
            self.spread *= if self.streak > 0 { 2.0 } else { 0.5 };
            self.streak = 0;
        }
    }

    fn learn(&mut self, descent: &mut Descent, keep: f64, add: f64) {
        for (bias, deviation) in self.bias.iter_mut().zip(&self.deviation) {
            let noise = descent.noise((keep * *bias).abs() + (add * deviation).abs());
            *bias = keep * *bias + add * deviation + noise;
        }
    }
}

/// Some tries of one individual.
fn steps(descent: &mut Descent, s: &Snapshot, individual: usize) -> Left {
    let (slot, run) = (s.slot(individual), s.run(individual));
    let width = s.capacity.pose() as usize;
    let moves = s.topologies[slot].genes() - 1;
    let status = s.status[individual];
    let fresh = status.steps == 0;
    let memory = s.numbers(2 * width, 2 * moves, individual);
    let remembered = |at: usize| -> Vec<f64> {
        let number = |k: usize| if fresh { 0.0 } else { memory[2 * k + at] };
        (0..moves).map(number).collect()
    };
    let mut search = Search {
        best: f64::from(status.best),
        spread: if fresh { 1.0 } else { f64::from(status.mark) },
        streak: i64::from(status.streak),
        pose: pose(s, if fresh { 0 } else { width }, individual),
        bias: remembered(0),
        deviation: remembered(1),
    };
    let run_of_ligand = run as u32 % s.search.runs;
    let member = individual as u32 % s.search.population;
    let (mut total, mut done) = (status.steps, 0);
    let is_over = |total: u32, spread: f64| {
        total >= s.search.local_search_steps || total > 0 && spread < RULE.least_spread
    };
    while done < s.ligands[slot].steps && !is_over(total, search.spread) {
        if total == 0 {
            search.best = descent.score(&search.pose).0;
        } else {
            let random = |k: usize| {
                let purpose = FOR_STEP | total << 8 | (k as u32 / 4) << 20;
                let counter = [run_of_ligand, s.runs[run].generation, member, purpose];
                uniform01(philox(counter, s.key(slot))[k % 4])
            };
            search.step(descent, random);
        }
        (total, done) = (total + 1, done + 1);
    }
    let over = is_over(total, search.spread);
    let booked = if over {
        [0, 0]
    } else {
        [i64::from(total), search.streak]
    };
    let memory = search.bias.iter().zip(&search.deviation);
    let memory: Vec<f64> = memory
        .flat_map(|(bias, deviation)| [*bias, *deviation])
        .collect();
    Left {
        marks: [search.best, search.spread],
        counts: [booked[0], booked[1], i64::from(done), i64::from(over)],
        current: Vec::new(),
        best: numbers(&search.pose),
        memory: if over { Vec::new() } else { memory },
    }
}

/// Half of the searches begin; the others are under way, some about to turn back, to spread, or to end.
fn begin(s: &mut Snapshot, individual: usize, draws: &mut Draws) {
    if draws.unit() < 0.5 {
        return;
    }
    let width = s.capacity.pose() as usize;
    let moves = s.topologies[s.slot(individual)].genes() - 1;
    let best = s.maps.pose(&s.topologies[s.slot(individual)], 0.4, draws);
    s.set_numbers(width, individual, &numbers(&best));
    let memory: Vec<f64> = (0..2 * moves).map(|_| draws.between(-0.5, 0.5)).collect();
    s.set_numbers(2 * width, individual, &memory);
    let limit = s.search.local_search_steps;
    let row = draws.below(7) as i64 - 3;
    let opposite = if draws.unit() < 0.5 { OPPOSITE } else { 0 };
    s.status[individual] = Status {
        best: draws.between(-20.0, 60.0) as f32,
        steps: [5, limit - 5, limit - 2][draws.below(3)],
        // Half of the least ends it at once, twice the least may end it.
        mark: ([0.5, 2.0, 50.0][draws.below(3)] * RULE.least_spread) as f32,
        streak: (row + opposite) as i32,
    };
}

impl LocalSearch for SolisWets {
    const BY_INVOCATION: Kernel = Kernel {
        name: "dock/solis_wets",
        sources: search_sources!(
            "../../../shaders/lib/local_search.wgsl",
            "../../../shaders/dock/solis_wets.wgsl"
        ),
        capacities: CAPACITIES,
        native: Some(super::native::solis_wets::solis_wets),
    };
    const BY_WORKGROUP: Kernel = Kernel {
        sources: search_sources!(
            workgroup "../../../shaders/lib/local_search.wgsl",
            "../../../shaders/dock/solis_wets.wgsl"
        ),
        capacities: WORKGROUP_CAPACITIES,
        native: None,
        ..Self::BY_INVOCATION
    };
    // Energies alone are enough.
    const CONSTANTS: &'static [(&'static str, f64)] = &[("GRADIENT", 0.0)];
    const ENDLESS: &'static [(&'static str, f64)] = &[("LEAST_SPREAD", 0.0)];
    const TOLERANCE: Tolerance = Tolerance { roundings: 6.0 };

    fn begin(s: &mut Snapshot, individual: usize, draws: &mut Draws) {
        begin(s, individual, draws)
    }

    fn steps(descent: &mut Descent, s: &Snapshot, individual: usize) -> Left {
        steps(descent, s, individual)
    }
}
