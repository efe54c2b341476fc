//! Results of a group of numbers: rows of a strip, written where they belong or, where they are many, in near memory first.

use crate::gpu::Strip;

/// Rows that the processor writes side by side as fast as one after another.
const FEW_ROWS: usize = 32;

/// A word of each number in each row.
pub type Rows<'a> = [&'a mut [u32]];

/// Does work on so many rows of a strip, from one on, each with a word of each of so many numbers.
pub fn write(
    strip: Strip,
    first_row: usize,
    [rows, numbers]: [usize; 2],
    work: impl FnOnce(&mut Rows),
) {
    let mut far = strip.into_rows(first_row..first_row + rows);
    if rows <= FEW_ROWS {
        return work(&mut far);
    }
    let mut near = vec![0; rows * numbers];
    work(&mut near.chunks_exact_mut(numbers.max(1)).collect::<Vec<_>>());
    for (far, near) in far.into_iter().zip(near.chunks_exact(numbers.max(1))) {
        if far.len() == near.len() {
            far.copy_from_slice(near);
        }
    }
}
