//! What local searches on lanes share: who comes next, what individuals remember, how poses move, how books are closed.
//! The text of shaders/lib/local_search.wgsl.

use super::ligand::UnpackedLigand;
use super::pose_energy::Workspace;
use super::quaternion::Quaternion;
use super::search_state::Books;
use super::vector::Vector;
use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::search_state::Status;
use crate::lanes::{Body, Instructions, Lanes, Mask, Real};
use std::sync::OnceLock;

/// A rule by which poses are improved, with its constants.
pub trait Rule: Sync {
    /// Some steps of the individuals of a team; says what became of each.
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<Lanes<S>>);
}

/// Individuals of one ligand that search side by side, one a lane.
pub struct Team<'a> {
    /// The search's state.
    pub books: &'a Books<'a>,
    /// Their ligand.
    pub ligand: &'a UnpackedLigand,
    /// Its place in the batch.
    pub slot: u32,
    /// Who they are: as many as there are lanes, or less.
    pub individuals: &'a [u32],
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

impl Team<'_> {
    /// The individual of a lane; lanes beyond the last one repeat the first, and what they do is not kept.
    #[inline(always)]
    pub fn individual(&self, lane: usize) -> u32 {
        *self.individuals.get(lane).unwrap_or(&self.individuals[0])
    }

    /// Which lanes have an individual of their own.
    #[inline(always)]
    pub fn present<S: Instructions>(&self, simd: S) -> Mask<S> {
        let lanes = Lanes::from_fn(simd, |lane| lane as f32);
        lanes.less(lanes.like(self.individuals.len() as f32))
    }

    /// `count` numbers of every individual's row, from number `first`.
    #[inline(always)]
    pub fn load<S: Instructions>(&self, simd: S, first: u32, count: usize) -> Vec<Lanes<S>> {
        let mut numbers = Vec::with_capacity(count);
        for number in first..first + count as u32 {
            let of = |lane| self.books.number(number, self.individual(lane));
            numbers.push(Lanes::from_fn(simd, of));
        }
        numbers
    }

    /// Writes numbers into the rows of the individuals that the mask chooses.
    #[inline(always)]
    pub fn store<S: Instructions>(&self, first: u32, numbers: &[Lanes<S>], chosen: Mask<S>) {
        for (lane, &individual) in self.individuals.iter().enumerate() {
            if chosen.is_set(lane) {
                for (number, column) in (first..).zip(numbers) {
                    let value = column.as_slice()[lane];
                    self.books.set_number(number, individual, value);
                }
            }
        }
    }

    /// Something of every individual's status.
    #[inline(always)]
    pub fn status<S: Instructions>(&self, simd: S, of: impl Fn(Status) -> f32) -> Lanes<S> {
        Lanes::from_fn(simd, |lane| of(self.books.status(self.individual(lane))))
    }

    /// Books the evaluations of this dispatch; where the search goes on, the individual waits for the next round.
    pub fn close(&self, lane: usize, left: Status, done: u32, over: bool) {
        let Some(&individual) = self.individuals.get(lane) else {
            return;
        };
        let (books, run) = (self.books, individual / self.books.search.population);
        books.add_evaluations(run, done);
        if left.best <= books.ligands[self.slot as usize].target_score {
            books.reach_target(run);
        }
        if over {
            books.finish_one(run);
            let (steps, streak) = (0, 0);
            books.set_status(
                individual,
                Status {
                    steps,
                    streak,
                    ..left
                },
            );
        } else {
            books.set_status(individual, left);
            let next = 1 - (books.progress(self.slot).round & 1);
            books.enqueue(self.slot, next, individual);
        }
    }
}

/// `yes` in the lanes that the mask chooses, `no` in the others.
#[inline(always)]
pub fn choose<S: Instructions>(chosen: Mask<S>, yes: &[Lanes<S>], no: &mut [Lanes<S>]) {
    for (no, yes) in no.iter_mut().zip(yes) {
        *no = Lanes::select(chosen, *yes, *no);
    }
}

/// Moves poses by these steps (A, radian): translation 3, rotation vector about the centre 3, torsions.
#[inline(always)]
pub fn displace<S: Instructions>(pose: &mut [Lanes<S>], steps: &[Lanes<S>]) {
    for k in 0..3 {
        pose[k] += steps[k];
    }
    let turn = Quaternion::from_rotation_vector(Vector::new([steps[3], steps[4], steps[5]]));
    let orientation = Quaternion {
        v: Vector::new([pose[3], pose[4], pose[5]]),
        w: pose[6],
    };
    let turned = turn.compose(orientation).normalize();
    pose[3..6].copy_from_slice(&turned.v.to_array());
    pose[6] = turned.w;
    for (angle, step) in pose[7..].iter_mut().zip(&steps[6..]) {
        *angle += *step;
    }
}

/// The unit that steps in direction k are measured in: of translation (A), rotation, torsion (radian).
#[inline(always)]
pub fn unit_of(units: [f32; 3], k: usize) -> f32 {
    units[(k / 3).min(2)]
}

/// The three units as the kernel's constants say them.
///
/// # Errors
/// Where it has no such constants.
pub fn units(call: &Call) -> Result<[f32; 3]> {
    let [shift, turn, angle] =
        ["SHIFT_UNIT", "TURN_UNIT", "ANGLE_UNIT"].map(|name| call.constant(name));
    Ok([shift? as f32, turn? as f32, angle? as f32])
}
