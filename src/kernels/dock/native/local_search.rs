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
    fn improve<S: Instructions>(&self, simd: S, team: &Team, work: &mut Workspace<S>);
}

/// Individuals of one ligand that search side by side, one a lane.
pub struct Team<'a> {
    /// The search's state.
    pub books: &'a Books<'a>,
    /// Their ligand.
    pub ligand: &'a UnpackedLigand,
    /// Its place in the batch.
    pub slot: usize,
    /// Who they are: as many as there are lanes, or less.
    pub individuals: &'a [u32],
}

/// Runs a rule over the queues of all ligands: the body of its kernel.
///
/// # Errors
/// What the bindings report.
pub fn search(call: &Call, rule: &impl Rule) -> Result<()> {
    let books = Books::new(call)?;
    let poses = call.constant("WORKGROUP")? as usize;
    let row = call.constant("QUEUE_ROW")? as usize;
    let unpacked: Vec<OnceLock<UnpackedLigand>> =
        books.ligands.iter().map(|_| OnceLock::new()).collect();
    call.for_each_group(|group| {
        let [slot, y, z] = group.map(|place| place as usize);
        let individuals = books.waiting(slot, (y + row * z) * poses, poses);
        if individuals.is_empty() {
            return;
        }
        let ligand = unpacked[slot]
            .get_or_init(|| UnpackedLigand::new(&books.ligands[slot], books.topology));
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

/// The individuals of a workgroup.
struct Group<'a, R> {
    rule: &'a R,
    books: &'a Books<'a>,
    ligand: &'a UnpackedLigand,
    slot: usize,
    individuals: &'a [u32],
}

impl<R: Rule> Body for Group<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        let mut work = Workspace::new(simd);
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
    pub fn individual(&self, lane: usize) -> usize {
        self.individuals
            .get(lane)
            .unwrap_or(&self.individuals[0])
            .to_owned() as usize
    }

    /// Which lanes have an individual of their own.
    #[inline(always)]
    pub fn present<S: Instructions>(&self, simd: S) -> Mask<S> {
        let lanes = Lanes::from_fn(simd, |lane| lane as f32);
        lanes.less(lanes.like(self.individuals.len() as f32))
    }

    /// `count` numbers of every individual's row, from number `first`.
    #[inline(always)]
    pub fn load<S: Instructions>(&self, simd: S, first: usize, count: usize) -> Vec<Lanes<S>> {
        let column = |k| {
            Lanes::from_fn(simd, |lane| {
                self.books.number(first + k, self.individual(lane))
            })
        };
        (0..count).map(column).collect()
    }

    /// Writes numbers into the rows of the individuals that the mask chooses.
    #[inline(always)]
    pub fn store<S: Instructions>(&self, first: usize, numbers: &[Lanes<S>], chosen: Mask<S>) {
        for (lane, individual) in self.individuals.iter().enumerate() {
            if chosen.is_set(lane) {
                for (k, column) in numbers.iter().enumerate() {
                    let number = column.as_slice()[lane];
                    self.books
                        .set_number(first + k, *individual as usize, number);
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
        let reached = left.best <= self.books.ligands[self.slot].target_score;
        self.books.book(individual as usize, done, reached, over);
        let left = match over {
            true => Status {
                steps: 0,
                streak: 0,
                ..left
            },
            false => left,
        };
        self.books.set_status(individual as usize, left);
        if !over {
            let next = 1 - (self.books.progress(self.slot).round as usize & 1);
            self.books.enqueue(self.slot, next, individual);
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

/// Poses moved by these steps (A, radian): translation 3, rotation vector about the centre 3, torsions.
#[inline(always)]
pub fn displaced<S: Instructions>(pose: &[Lanes<S>], steps: &[Lanes<S>]) -> Vec<Lanes<S>> {
    let mut moved = pose.to_vec();
    for k in 0..3 {
        moved[k] += steps[k];
    }
    let turn = Quaternion::from_rotation_vector(Vector::new([steps[3], steps[4], steps[5]]));
    let orientation = Quaternion {
        v: Vector::new([pose[3], pose[4], pose[5]]),
        w: pose[6],
    };
    let turned = turn.compose(orientation).normalize();
    moved[3..6].copy_from_slice(&turned.v.to_array());
    moved[6] = turned.w;
    for (angle, step) in moved[7..].iter_mut().zip(&steps[6..]) {
        *angle += *step;
    }
    moved
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
