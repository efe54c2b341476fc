//! The queues that local searches on lanes work off: who comes next, and side by side with whom. The text of
//! shaders/lib/local_search.wgsl, with what `team` and `displacement` have of it.

use super::ligand::UnpackedLigand;
use super::pose_energy::Workspace;
use super::search_state::Books;
use super::team::Team;
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Body, Instructions, Lanes};
use std::sync::OnceLock;

/// A rule by which poses are improved, with its constants.
pub trait Rule: Sync {
    /// Some steps of the individuals of a team; says what became of each.
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<Lanes<S>>);
}

/// Runs a rule over the queues of all ligands: the body of its kernel.
///
/// # Errors
/// What the bindings report.
pub fn search(call: &Call, rule: &impl Rule) -> Result<()> {
    let books = Books::new(call)?;
    let poses = call.constant("WORKGROUP")? as u32;
    let row = call.constant("QUEUE_ROW")? as u32;
    let unpacked: Vec<OnceLock<UnpackedLigand>> =
        books.ligands.iter().map(|_| OnceLock::new()).collect();
    call.for_each_group(|[slot, y, z]| {
        let individuals = waiting(&books, slot, (y + row * z) * poses, poses);
        if individuals.is_empty() {
            return;
        }
        let ligand = unpacked[slot as usize]
            .get_or_init(|| UnpackedLigand::new(&books.ligands[slot as usize], books.topology));
        call.level().run(Group {
            rule,
            books: &books,
            ligand,
            slot,
            individuals: &individuals,
        });
    });
    Ok(())
}

/// Part of the queue of a ligand's individuals that are due in this round, `count` from `first`; none where the ligand's
/// runs agreed: it stopped with individuals in its queue, and nobody takes stock of them any more.
fn waiting(books: &Books, slot: u32, first: u32, count: u32) -> Vec<u32> {
    let progress = books.progress(slot);
    let parity = progress.round & 1;
    let end = match progress.running {
        0 => 0,
        _ => (first + count).min(progress.waiting[parity as usize]),
    };
    (first..end)
        .map(|at| books.queued(slot, parity, at))
        .collect()
}

/// The individuals of a workgroup.
struct Group<'a, R> {
    rule: &'a R,
    books: &'a Books<'a>,
    ligand: &'a UnpackedLigand,
    slot: u32,
    individuals: &'a [u32],
}

impl<R: Rule> Body for Group<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        let mut work = Workspace::new(Lanes::splat(simd, 0.0));
        for individuals in self.individuals.chunks(Lanes::<S>::COUNT) {
            let team = Team {
                books: self.books,
                ligand: self.ligand,
                slot: self.slot,
                individuals,
            };
            self.rule.improve(simd, &team, &mut work);
        }
    }
}
