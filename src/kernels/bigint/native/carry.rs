//! Sums of columns made words on lanes: the text of shaders/bigint/carry.wgsl.

use super::operands::{GROUP, Operand};
use crate::Result;
use crate::gpu::{Call, Strip};
use crate::kernels::bigint::carry::Columns;
use crate::lanes::{Body, Instructions, Words};

/// The body of `bigint/carry`.
///
/// # Errors
/// What the bindings report.
pub fn carry(call: &Call) -> Result<()> {
    let columns: Columns = call.uniform("columns")?;
    let count = columns.count as usize;
    let sums = Operand {
        all: call.read("sums")?,
        first: 0,
        stride: count,
        step: 1,
    };
    let names = ["products", "carries"];
    call.for_each_strip(
        names,
        [count, GROUP],
        |first, count, [products, carries]| {
            call.level().run(Group {
                columns,
                sums,
                numbers: [first, count],
                products,
                carries,
            });
        },
    )
}

/// The numbers of a group.
struct Group<'a> {
    columns: Columns,
    sums: Operand<'a>,
    numbers: [usize; 2],
    products: Strip<'a>,
    carries: Strip<'a>,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        let [first, count] = self.numbers;
        let Columns { begin, end, .. } = self.columns;
        let none = Words::<S>::splat(simd, 0);
        for at in (0..count).step_by(Words::<S>::COUNT) {
            let mut above = match begin {
                0 => none,
                _ => Words::load(simd, &self.carries.row(0)[at..]),
            };
            for column in begin as usize..end as usize {
                let (mut word, mut carry) = (above, none);
                for below in 0..3.min(column + 1) {
                    let row = 3 * (column - below) + below;
                    let part = self.sums.lanes(simd, row, first + at, count - at);
                    let over;
                    (word, over) = word.add_carry(part, none);
                    carry = carry + over;
                }
                word.store(&mut self.products.row(column)[at..]);
                above = carry;
            }
            above.store(&mut self.carries.row(0)[at..]);
        }
    }
}
