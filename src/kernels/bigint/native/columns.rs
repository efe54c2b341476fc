//! Sums of columns, a number after another: what shaders/bigint/columns.wgsl computes, all turns in the first dispatch.

use super::operands::{Both, GROUP};
use crate::Result;
use crate::gpu::Call;

/// The body of `bigint/columns`. What is left to later dispatches of a device with a time limit is done in the first.
///
/// # Errors
/// What the bindings report.
pub fn columns(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    if both.operands.begin > 0 {
        return Ok(());
    }
    let (words, right_words) = (both.words(), both.operands.right_words as usize);
    // A few long numbers are work for several threads only if each has its own.
    let width = if words * right_words > 1000 { 1 } else { GROUP };
    let rows = [both.count(), width];
    call.for_each_strip(["sums"], rows, |first, count, [mut sums]| {
        for at in 0..count {
            for column in 0..words + right_words {
                let from = (column + 1).saturating_sub(right_words);
                let mut sum = 0;
                for j in from..words.min(column + 1) {
                    let a = both.left.word(j, first + at);
                    let b = both.right.word(column - j, first + at);
                    sum += u128::from(u64::from(a) * u64::from(b));
                }
                for (part, row) in (3 * column..3 * column + 3).enumerate() {
                    if let Some(word) = sums.row(row).get_mut(at) {
                        *word = (sum >> (32 * part)) as u32;
                    }
                }
            }
        }
    })
}
