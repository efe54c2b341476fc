//! Numbers that lie one after another, put limb-major for the device.

use super::buckets::number;
use crate::Result;
use crate::gpu::{Buffer, Gpu};
use crate::integers::View;
use crate::kernels::bigint::operands::Numbers;
use rayon::prelude::*;

/// Numbers of a block: as many words as a line of cache has, so that each line is written once.
pub const BLOCK: usize = 16;

/// Blocks that a thread does in one go.
const BLOCKS: usize = 64;

/// Numbers on the device.
pub struct Placed {
    words: Buffer<u32>,
    /// A sign of each, 0 or 1.
    pub signs: Buffer<u32>,
    count: usize,
    one: bool,
}

impl Placed {
    /// The numbers as kernels take them.
    pub fn numbers(&self) -> Numbers<'_> {
        match self.one {
            true => Numbers::one(&self.words),
            false => Numbers::all(&self.words, self.count),
        }
    }
}

/// Uploads these elements of an operand with so many words of each; a single number is uploaded once.
///
/// # Errors
/// What the device reports.
pub fn place(gpu: &Gpu, operand: View, elements: &[u32], words: usize) -> Result<Placed> {
    let one = operand.len() == 1;
    let elements = if one { &[0] } else { elements };
    let signs = |at: &u32| u32::from(number(operand, *at as usize).negative);
    let signs: Vec<u32> = elements
        .par_iter()
        .with_min_len(1 << 14)
        .map(signs)
        .collect();
    Ok(Placed {
        words: gpu.storage(&limb_major(operand, elements, words))?,
        signs: gpu.storage(&signs)?,
        count: elements.len(),
        one,
    })
}

/// Word k of the i-th of these elements at [k x elements + i], 0 where a number has no such word.
pub fn limb_major(operand: View, elements: &[u32], words: usize) -> Vec<u32> {
    let (count, columns) = (elements.len(), BLOCK * BLOCKS);
    let mut all = vec![0; count * words];
    if all.is_empty() {
        return all;
    }
    // For every run of columns its piece of each row.
    let mut pieces: Vec<Vec<&mut [u32]>> = Vec::new();
    pieces.resize_with(count.div_ceil(columns), || Vec::with_capacity(words));
    for row in all.chunks_mut(count) {
        for (piece, columns) in pieces.iter_mut().zip(row.chunks_mut(columns)) {
            piece.push(columns);
        }
    }
    let runs = pieces.into_par_iter().zip(elements.par_chunks(columns));
    runs.for_each(|(mut rows, elements)| fill(operand, elements, &mut rows));
    all
}

/// Fills rows of so many columns, a block of numbers after the other.
fn fill(operand: View, elements: &[u32], rows: &mut [&mut [u32]]) {
    let words = rows.len();
    let mut tile = vec![0; BLOCK * words];
    for (block, elements) in elements.chunks(BLOCK).enumerate() {
        for (line, at) in tile.chunks_mut(words).zip(elements) {
            let limbs = number(operand, *at as usize).limbs;
            line[..limbs.len()].copy_from_slice(limbs);
            line[limbs.len()..].fill(0);
        }
        let begin = block * BLOCK;
        for (k, row) in rows.iter_mut().enumerate() {
            let columns = &mut row[begin..begin + elements.len()];
            for (i, column) in columns.iter_mut().enumerate() {
                *column = tile[i * words + k];
            }
        }
    }
}
