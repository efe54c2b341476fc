//! Limb-major results made an array again: one number after another, without leading zeros.

use super::upload::BLOCK;
use crate::Result;
use crate::integers::Array;
use rayon::prelude::*;

/// Numbers that a thread does in one go: whole words of signs, whole blocks.
const PIECE: usize = 1 << 10;

/// The array of `count` numbers whose word k stands at [k x count + i]; `negative` says the sign of those that are not 0.
///
/// # Errors
/// None but of a mistake in here: the array is checked.
pub fn array(
    words: &[u32],
    count: usize,
    negative: impl Fn(usize) -> bool + Sync,
) -> Result<Array> {
    let rows = words.len().checked_div(count).unwrap_or(0);
    let numbers = 0..count;
    let length = |i: usize| (0..rows).rev().find(|k| words[k * count + i] != 0);
    let lengths: Vec<usize> = numbers
        .into_par_iter()
        .with_min_len(PIECE)
        .map(|i| length(i).map_or(0, |top| top + 1))
        .collect();
    let mut offsets = Vec::with_capacity(count + 1);
    let mut end = 0;
    offsets.push(0);
    for length in &lengths {
        end += *length as u64;
        offsets.push(end);
    }
    let sign_bit = |i: usize| u64::from(lengths[i] > 0 && negative(i)) << (i % 64);
    let sign_word = |at: usize| {
        let bits = at * 64..count.min(at * 64 + 64);
        bits.fold(0, |word, i| word | sign_bit(i))
    };
    let signs = (0..count.div_ceil(64)).into_par_iter().with_min_len(64);
    let signs = signs.map(sign_word).collect();
    let limbs = limbs(words, count, &lengths, end as usize);
    Array::from_parts(limbs, offsets, signs)
}

/// The numbers one after another, each with so many of its words.
fn limbs(words: &[u32], count: usize, lengths: &[usize], total: usize) -> Vec<u32> {
    let mut limbs = vec![0; total];
    let mut rest = &mut limbs[..];
    let mut pieces = Vec::with_capacity(count.div_ceil(PIECE));
    for (piece, lengths) in lengths.chunks(PIECE).enumerate() {
        let (piece_limbs, behind) = rest.split_at_mut(lengths.iter().sum());
        pieces.push((piece * PIECE, lengths, piece_limbs));
        rest = behind;
    }
    pieces
        .into_par_iter()
        .for_each(|(begin, lengths, limbs)| fill(words, count, begin, lengths, limbs));
    limbs
}

/// Writes the numbers from `begin` on, a block after the other.
fn fill(words: &[u32], count: usize, begin: usize, lengths: &[usize], mut limbs: &mut [u32]) {
    let rows = words.len() / count;
    let mut tile = vec![0; BLOCK * rows];
    for (block, lengths) in lengths.chunks(BLOCK).enumerate() {
        let first = begin + block * BLOCK;
        let longest = lengths.iter().copied().max().unwrap_or(0);
        for k in 0..longest {
            let row = &words[k * count + first..][..lengths.len()];
            for (i, word) in row.iter().enumerate() {
                tile[i * rows + k] = *word;
            }
        }
        for (i, length) in lengths.iter().enumerate() {
            let (number, behind) = limbs.split_at_mut(*length);
            number.copy_from_slice(&tile[i * rows..][..*length]);
            limbs = behind;
        }
    }
}
