//! Numbers one after another with equally many words of each: as arrays lie where all numbers are of one length.

use crate::Result;
use crate::integers::{Array, View};
use rayon::prelude::*;
use std::borrow::Cow;

/// Numbers that a thread takes in one go: whole words of signs.
const PIECE: usize = 1 << 12;

/// The limbs of numbers, filled up with zeros to so many words of each, which none has more of.
pub fn put(numbers: View, words: usize) -> Cow<[u32]> {
    if numbers.limbs().len() == numbers.len() * words {
        return Cow::Borrowed(numbers.limbs());
    }
    let mut rows = vec![0; numbers.len() * words];
    let pieces = rows.par_chunks_mut(PIECE * words).enumerate();
    pieces.for_each(|(piece, rows)| {
        for (at, row) in rows.chunks_exact_mut(words).enumerate() {
            let limbs = numbers.get(piece * PIECE + at).limbs;
            row[..limbs.len()].copy_from_slice(limbs);
        }
    });
    Cow::Owned(rows)
}

/// The array of numbers that are not negative and have so many words each, of which the upper ones may be zero.
///
/// # Errors
/// None but of a mistake in here: the array is checked.
pub fn array(rows: Vec<u32>, words: usize) -> Result<Array> {
    let count = rows.len() / words;
    let full = rows
        .par_chunks(words * PIECE)
        .all(|piece| piece.chunks_exact(words).all(|row| row[words - 1] != 0));
    if full {
        let offsets = (0..=count as u64).map(|at| at * words as u64).collect();
        return Array::from_parts(rows, offsets, vec![0; count.div_ceil(64)]);
    }
    let piece = |rows: &[u32]| {
        let mut piece = Array::with_capacity(rows.len() / words, rows.len());
        for row in rows.chunks_exact(words) {
            piece.push(false, row);
        }
        piece
    };
    let pieces: Vec<Array> = rows.par_chunks(words * PIECE).map(piece).collect();
    let mut whole = Array::with_capacity(count, rows.len());
    pieces.iter().for_each(|piece| whole.extend(piece.view()));
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_with_and_without_zeros_at_their_top() {
        for top in [0, 7] {
            let mut numbers = Array::new();
            for at in 0..10_000_u32 {
                let cut = if at % 3 == 0 { top } else { 5 };
                numbers.push(false, &[at, 1, cut]);
            }
            let rows = put(numbers.view(), 3).into_owned();
            assert_eq!(rows.len(), 30_000);
            assert_eq!(array(rows, 3).unwrap(), numbers);
        }
    }
}
