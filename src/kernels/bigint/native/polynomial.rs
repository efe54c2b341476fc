//! Polynomials modulo n on lanes: shaders/bigint/polynomial.wgsl, for any count of words. A group's numbers stay in near
//! memory while all steps are done with them.

use super::limbs::{count, join, product, split};
use super::operands::{Operand, group};
use super::polynomial_inputs::{Inputs, Near};
use super::reduction::{Modulus, negative_inverse, reduced};
use super::residues::{difference, moved, sum};
use super::results::Rows;
use super::rooms::{load, store};
use crate::Result;
use crate::gpu::Call;
use crate::kernels::bigint::polynomial::{Run, SLOTS};
use crate::kernels::bigint::steps::{Action, Source, Step};
use crate::lanes::{Body, Instructions, Limbs, Words};

/// The body of `bigint/polynomial`.
///
/// # Errors
/// What the bindings report.
pub fn polynomial(call: &Call) -> Result<()> {
    let run: Run = call.uniform("run")?;
    let words = run.words as usize;
    let codes = call.read::<[u32; 4]>("steps")?.iter();
    let steps: Vec<Step> = codes
        .take(run.steps as usize)
        .filter_map(Step::of)
        .collect();
    let inputs = Inputs {
        steps: &steps,
        words,
        constants: call.read("constants")?,
        places: call.read("places")?,
        numbers: call.read("numbers")?,
        signs: call.read("signs")?,
    };
    let width = group((inputs.places.len() + 1) * words) * words;
    let row = run.count as usize * words;
    call.for_each_strip(["results"], [row, width], |first, length, [mut results]| {
        let (element, count) = (first / words, length / words);
        let near = inputs.near(element, count);
        let mut made = vec![0; length];
        let mut rows: Vec<&mut [u32]> = made.chunks_exact_mut(count.max(1)).collect();
        call.level().run(Group {
            inputs: &inputs,
            near: &near,
            count,
            results: &mut rows,
        });
        number_by_number(&made, words, results.row(0));
    })
}

/// Words that stand limb-major put number by number.
fn number_by_number(limb_major: &[u32], words: usize, numbers: &mut [u32]) {
    let count = limb_major.len() / words;
    for (i, number) in numbers.chunks_exact_mut(words).enumerate() {
        for (k, word) in number.iter_mut().enumerate() {
            *word = limb_major[k * count + i];
        }
    }
}

/// The elements of a group.
struct Group<'a, 'r> {
    inputs: &'a Inputs<'a>,
    near: &'a [Near],
    count: usize,
    results: &'a mut Rows<'r>,
}

/// Room for the numbers of a vector, as limbs of one half of the lanes but where a pair of rooms holds both halves.
struct Room<R> {
    constants: Vec<R>,
    operands: Vec<[R; 2]>,
    /// 1 where an operand is below zero.
    signs: Vec<[R; 2]>,
    slots: Vec<R>,
    pairs: [R; 2],
    /// The left factor, moved up as far as all limbs together are longer than the words.
    moved: R,
    sums: R,
    result: R,
}

impl Body for Group<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        match self.inputs.words {
            // Loops of known length are written out, and limbs stay in registers.
            8 => self.all(simd, 8, || [Limbs::<S>::splat(simd, 0); 20]),
            words => {
                let room = 2 * count::<S>(words).max(words);
                self.all(simd, words, || vec![Limbs::<S>::splat(simd, 0); room]);
            }
        }
    }
}

impl Group<'_, '_> {
    /// All elements, of so many words, in such rooms.
    #[inline(always)]
    fn all<S: Instructions, R: AsMut<[Limbs<S>]> + AsRef<[Limbs<S>]>>(
        &mut self,
        simd: S,
        words: usize,
        room: impl Fn() -> R,
    ) {
        let mut rooms = Room {
            constants: Vec::new(),
            operands: Vec::new(),
            signs: Vec::new(),
            slots: Vec::new(),
            pairs: [room(), room()],
            moved: room(),
            sums: room(),
            result: room(),
        };
        for _ in 0..SLOTS {
            rooms.slots.push(room());
        }
        for _ in 0..self.near.len() {
            rooms.operands.push([room(), room()]);
            rooms.signs.push([room(), room()]);
        }
        for at in 0..self.inputs.constants.len() / words {
            rooms.constants.push(room());
            self.constant(simd, words, at, &mut rooms);
        }
        for at in (0..self.count).step_by(Words::<S>::COUNT) {
            self.some(simd, words, at, &mut rooms);
        }
    }

    /// A constant in all lanes.
    #[inline(always)]
    fn constant<S: Instructions, R: AsMut<[Limbs<S>]> + AsRef<[Limbs<S>]>>(
        &self,
        simd: S,
        words: usize,
        at: usize,
        room: &mut Room<R>,
    ) {
        let constant = Operand {
            all: self.inputs.constants,
            first: at * words,
            stride: 1,
            step: 0,
        };
        let [x, y] = &mut room.pairs;
        load(simd, &constant, [words, 0, 1], [x.as_mut(), y.as_mut()]);
        let limbs = &mut room.constants[at].as_mut()[..count::<S>(words)];
        split(simd, &x.as_mut()[..words.div_ceil(2)], 0, limbs);
    }

    /// As many as there are lanes, from this element on.
    #[inline(always)]
    fn some<S: Instructions, R: AsMut<[Limbs<S>]> + AsRef<[Limbs<S>]>>(
        &mut self,
        simd: S,
        words: usize,
        at: usize,
        room: &mut Room<R>,
    ) {
        for operand in 0..self.near.len() {
            self.operand(simd, words, [operand, at], room);
        }
        let (limbs, pairs) = (count::<S>(words), words.div_ceil(2));
        let inverse = negative_inverse(simd, room.constants[0].as_ref()[0]);
        for half in 0..2 {
            for step in self.inputs.steps {
                self.step(simd, words, step, [half, limbs], inverse, room);
            }
            let last = self
                .inputs
                .steps
                .last()
                .map_or(0, |step| step.slot as usize);
            let value = &room.slots[last % SLOTS].as_ref()[..limbs];
            join(simd, value, &mut room.pairs[half].as_mut()[..pairs]);
        }
        let [x, y] = &mut room.pairs;
        store(self.results, [words, at], [x.as_mut(), y.as_mut()]);
    }

    /// The limbs of an operand's numbers.
    #[inline(always)]
    fn operand<S: Instructions, R: AsMut<[Limbs<S>]> + AsRef<[Limbs<S>]>>(
        &self,
        simd: S,
        words: usize,
        [operand, at]: [usize; 2],
        room: &mut Room<R>,
    ) {
        let near = &self.near[operand];
        let stride = if near.one { 1 } else { self.count };
        let step = usize::from(!near.one);
        let (first, live) = (at * step, self.count - at);
        let of = |all| Operand {
            all,
            first,
            stride,
            step,
        };
        let [x, y] = &mut room.pairs;
        let place = [words, 0, live];
        load(simd, &of(&near.words), place, [x.as_mut(), y.as_mut()]);
        for half in 0..2 {
            let limbs = &mut room.operands[operand][half].as_mut()[..count::<S>(words)];
            split(
                simd,
                &room.pairs[half].as_mut()[..words.div_ceil(2)],
                0,
                limbs,
            );
        }
        if !near.signs.is_empty() {
            let [x, y] = &mut room.signs[operand];
            let place = [1, 0, live];
            load(simd, &of(&near.signs), place, [x.as_mut(), y.as_mut()]);
        }
    }

    /// One step for one half of the lanes.
    #[inline(always)]
    fn step<S: Instructions, R: AsMut<[Limbs<S>]> + AsRef<[Limbs<S>]>>(
        &self,
        simd: S,
        words: usize,
        step: &Step,
        [half, limbs]: [usize; 2],
        inverse: Limbs<S>,
        room: &mut Room<R>,
    ) {
        let Room {
            constants,
            operands,
            signs,
            slots,
            moved: raised,
            sums,
            result,
            ..
        } = room;
        let value = |source| match source {
            Source::Slot(at) => &slots[at as usize].as_ref()[..limbs],
            Source::Constant(at) => &constants[at as usize].as_ref()[..limbs],
            Source::Operand(at) => &operands[at as usize][half].as_ref()[..limbs],
        };
        let (left, right) = (value(step.left), value(step.right));
        let n = &constants[0].as_ref()[..limbs];
        let (result, sums) = (&mut result.as_mut()[..limbs], sums.as_mut());
        match (step.action, step.right) {
            (Action::Sum, _) => sum(simd, [left, right], n, &mut sums[..limbs], result),
            (Action::Difference, _) => difference(simd, [left, right], n, result),
            (Action::Product, _) => {
                let surplus = limbs as u32 * Limbs::<S>::BITS - 32 * words as u32;
                let raised = &mut raised.as_mut()[..limbs];
                moved(simd, left, surplus, raised);
                let sums = &mut sums[..2 * limbs];
                sums.fill(Limbs::splat(simd, 0));
                let modulus = Modulus { limbs: n, inverse };
                product(simd, raised, right, sums);
                reduced(simd, &modulus, sums, result);
            }
            (Action::Signed, Source::Operand(at)) => {
                let none = Limbs::splat(simd, 0);
                let zero = &mut sums[..limbs];
                zero.fill(none);
                difference(simd, [zero, left], n, result);
                let sign = signs[at as usize][half].as_ref()[0];
                for (limb, left) in result.iter_mut().zip(left) {
                    *limb = Limbs::select_equal(sign, none, *left, *limb);
                }
            }
            (Action::Signed, _) => result.copy_from_slice(left),
        }
        slots[step.slot as usize].as_mut()[..limbs].copy_from_slice(result);
    }
}
