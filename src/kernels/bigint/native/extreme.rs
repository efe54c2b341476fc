//! The lesser or the greater of two signed numbers on lanes: the text of shaders/bigint/extreme.wgsl.

use super::compare::order;
use super::operands::{Both, GROUP, Operand};
use crate::Result;
use crate::gpu::{Call, Strip};
use crate::lanes::{Body, Instructions, Words};

/// The body of `bigint/extreme`.
///
/// # Errors
/// What the bindings report.
pub fn extreme(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let signs = both.signs(call)?;
    let greater = call.constant("GREATER")? == 1.0;
    let rows = [both.count(), GROUP];
    call.for_each_strip(
        ["results", "signs"],
        rows,
        |first, count, [results, result_signs]| {
            call.level().run(Group {
                both,
                signs,
                greater,
                numbers: [first, count],
                results,
                result_signs,
            });
        },
    )
}

/// The numbers of a group.
struct Group<'a> {
    both: Both<'a>,
    signs: [Operand<'a>; 2],
    greater: bool,
    numbers: [usize; 2],
    results: Strip<'a>,
    result_signs: Strip<'a>,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        let [first, count] = self.numbers;
        let Both { left, right, .. } = self.both;
        // The order of which the right number is taken.
        let right_if = if self.greater { u32::MAX } else { 1 };
        for at in (0..count).step_by(Words::<S>::COUNT) {
            let (number, live) = (first + at, count - at);
            let order = order(simd, &self.both, self.signs, [number, live]);
            let takes_right = order.equal(Words::splat(simd, right_if));
            for k in 0..self.both.words() {
                let a = left.lanes(simd, k, number, live);
                let b = right.lanes(simd, k, number, live);
                let word = Words::select(takes_right, b, a);
                word.store(&mut self.results.row(k)[at..]);
            }
            let [minus, other] = self.signs;
            let minus = minus.lanes(simd, 0, number, live);
            let other = other.lanes(simd, 0, number, live);
            let sign = Words::select(takes_right, other, minus);
            sign.store(&mut self.result_signs.row(0)[at..]);
        }
    }
}
