//! Local search by adaptive random steps (Solis and Wets 1981) on lanes: the text of shaders/dock/solis_wets.wgsl.

mod searches;

use super::displacement::units;
use super::local_search::{Rule, search};
use super::pose_energy::Workspace;
use super::team::Team;
use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::search_state::Status;
use crate::kernels::dock::solis_wets;
use crate::lanes::{Instructions, Lanes};
use searches::Searches;

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

/// How a bias changes after a try: what is kept of it, and how much of the deviation is added.
#[derive(Clone, Copy)]
struct Lesson {
    keep: f32,
    add: f32,
}

impl Lesson {
    const NONE: Lesson = Lesson {
        keep: 1.0,
        add: 0.0,
    };
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

/// Whether the opposite of the last step comes next; `streak` lies within +-4 otherwise.
fn is_opposite(status: &Status) -> bool {
    status.streak > OPPOSITE / 2
}

impl SolisWets {
    fn is_over(&self, status: &Status, limit: u32) -> bool {
        status.steps >= limit || (status.steps > 0 && status.mark < self.least_spread)
    }
}

impl Rule for SolisWets {
    #[inline(always)]
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<Lanes<S>>) {
        let limit = team.books.search.local_search_steps;
        let is_under_way = |status: &Status| !self.is_over(status, limit);
        let present = team.present(simd);
        let mut searches = Searches::load(simd, team);
        for _ in 0..team.steps() {
            let at_work = present & searches.lanes_where(simd, is_under_way);
            if !at_work.any() {
                break;
            }
            searches.deviate(simd, team);
            let tried = searches.tries(simd, self.units);
            let score = team.score::<S, false>(simd, &tried, work);
            searches.book(simd, at_work, &tried, score);
        }
        let going_on = present & searches.lanes_where(simd, is_under_way);
        searches.store(team, present, going_on);
        for lane in 0..team.individuals.len() {
            let (status, done) = searches.left(lane);
            team.close(lane, status, done, !is_under_way(&status));
        }
    }
}
