//! Sums of signed numbers on lanes: the text of shaders/bigint/add.wgsl.

use super::operands::{Both, GROUP, Operand};
use crate::Result;
use crate::gpu::{Call, Strip};
use crate::lanes::{Body, Instructions, Words};

/// The body of `bigint/add`.
///
/// # Errors
/// What the bindings report.
pub fn add(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let signs = both.signs(call)?;
    let subtract = call.constant("SUBTRACT")? as u32;
    let rows = [both.count(), GROUP];
    call.for_each_strip(["sums", "signs"], rows, |first, count, [sums, result]| {
        call.level().run(Group {
            both,
            signs,
            subtract,
            numbers: [first, count],
            sums,
            result,
        });
    })
}

/// The numbers of a group.
struct Group<'a> {
    both: Both<'a>,
    signs: [Operand<'a>; 2],
    subtract: u32,
    numbers: [usize; 2],
    sums: Strip<'a>,
    result: Strip<'a>,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        let [first, count] = self.numbers;
        for at in (0..count).step_by(Words::<S>::COUNT) {
            self.some(simd, first + at, at, count - at);
        }
    }
}

impl Group<'_> {
    /// As many as there are lanes, from this number on, which stands `at` places into the strip.
    #[inline(always)]
    fn some<S: Instructions>(&mut self, simd: S, number: usize, at: usize, live: usize) {
        let Both { left, right, .. } = self.both;
        let words = self.both.words();
        let [none, one] = [Words::<S>::splat(simd, 0), Words::splat(simd, 1)];
        let [minus, other] = [self.signs[0], self.signs[1]];
        let minus = minus.lanes(simd, 0, number, live);
        let other = other.lanes(simd, 0, number, live);
        let differ = minus ^ other ^ Words::splat(simd, self.subtract);
        let complement = none - differ;
        let (mut carry, mut any) = (differ, none);
        for k in 0..words {
            let other = right.lanes(simd, k, number, live) ^ complement;
            let (sum, next) = left.lanes(simd, k, number, live).add_carry(other, carry);
            (carry, any) = (next, any | sum);
            sum.store(&mut self.sums.row(k)[at..]);
        }
        let negative = differ & (carry ^ one);
        let top = carry & (differ ^ one);
        top.store(&mut self.sums.row(words)[at..]);
        let sign = Words::select((any | top).equal(none), none, minus ^ negative);
        sign.store(&mut self.result.row(0)[at..]);
        if !negative.equal(one).any() {
            return;
        }
        let (complement, mut carry) = (none - negative, negative);
        for k in 0..words {
            let row = &mut self.sums.row(k)[at..];
            let sum = Words::load(simd, row) ^ complement;
            let (sum, next) = sum.add_carry(none, carry);
            carry = next;
            sum.store(row);
        }
    }
}
