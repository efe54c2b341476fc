//! Orders of signed numbers on lanes: the text of shaders/bigint/compare.wgsl.

use super::operands::{Both, GROUP, Operand};
use crate::Result;
use crate::gpu::{Call, Strip};
use crate::lanes::{Body, Instructions, Words};

/// The body of `bigint/compare`.
///
/// # Errors
/// What the bindings report.
pub fn compare(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let signs = both.signs(call)?;
    let rows = [both.count(), GROUP];
    call.for_each_strip(["orders"], rows, |first, count, [orders]| {
        call.level().run(Group {
            both,
            signs,
            numbers: [first, count],
            orders,
        });
    })
}

/// The numbers of a group.
struct Group<'a> {
    both: Both<'a>,
    signs: [Operand<'a>; 2],
    numbers: [usize; 2],
    orders: Strip<'a>,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        let [first, count] = self.numbers;
        for at in (0..count).step_by(Words::<S>::COUNT) {
            let orders = self.some(simd, first + at, count - at);
            orders.store(&mut self.orders.row(0)[at..]);
        }
    }
}

impl Group<'_> {
    /// Of as many as there are lanes, from this number on.
    #[inline(always)]
    fn some<S: Instructions>(&self, simd: S, number: usize, live: usize) -> Words<S> {
        order(simd, &self.both, self.signs, [number, live])
    }
}

/// -1, 0 or 1 for the numbers of all lanes, from this number on, `live` of them.
#[inline(always)]
pub(super) fn order<S: Instructions>(
    simd: S,
    Both {
        left,
        right,
        operands,
    }: &Both,
    [minus, other]: [Operand; 2],
    [number, live]: [usize; 2],
) -> Words<S> {
    let [none, one] = [Words::<S>::splat(simd, 0), Words::splat(simd, 1)];
    let mut order = none;
    for k in 0..operands.words as usize {
        let a = left.lanes(simd, k, number, live);
        let b = right.lanes(simd, k, number, live);
        order = Words::select(b.less(a), one, order);
        order = Words::select(a.less(b), none - one, order);
    }
    let minus = minus.lanes(simd, 0, number, live);
    let other = other.lanes(simd, 0, number, live);
    let order = Words::select(minus.equal(other), order, one);
    Words::select(minus.equal(none), order, none - order)
}
