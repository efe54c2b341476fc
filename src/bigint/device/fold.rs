//! Reductions: the levels of a tree on the device, one after the other, without the host between them.
//!
//! Numbers are uploaded in the order of their indices' reversed bits. Then the neighbours of every level stand in the two
//! halves of its buffer, one behind the other, and so do their results.

use super::Device;
use super::download;
use super::shape::REGISTERS;
use super::sums::Signed;
use super::upload::limb_major;
use crate::Result;
use crate::bigint::Operation;
use crate::gpu::{Batch, Gpu};
use crate::integers::{Array, View};
use crate::kernels::bigint::add::{self, Sums};
use crate::kernels::bigint::multiply::{self, size};
use crate::kernels::bigint::operands::{MOST_WORDS, Numbers, Pairs};
use crate::kernels::bigint::power::TURNS;
use crate::kernels::bigint::{extreme, gcd};

/// Words of numbers whose common divisor is looked for.
const MOST_DIVISOR_WORDS: usize = 64;

/// Some of the lower levels of the tree over numbers whose count is a power of two: as many results, a smaller power of
/// two, as are left. None where the device has no kernel for it, or would go over more zeros than words.
///
/// # Errors
/// What the device reports.
pub fn fold(device: &Device, operation: Operation, numbers: View) -> Result<Option<Array>> {
    use Operation::{Add, Gcd, Max, Min, Mul};
    let (count, longest) = (numbers.len(), numbers.longest().max(1));
    let filled = count * longest <= 2 * (numbers.limbs().len() + count);
    if count < 2 || !filled || !matches!(operation, Add | Min | Max | Mul | Gcd) {
        return Ok(None);
    }
    let words = size_of_first(device.gpu(), operation, longest);
    // The largest buffer is that of a divisor's state, of twice as many words as its numbers.
    let at_once = device.numbers_of(2 * words + 4).min(count);
    let at_once = 1 << at_once.ilog2();
    if at_once < 2 || most_levels(operation, words, at_once) == 0 {
        return Ok(None);
    }
    let mut results = Array::new();
    for begin in (0..count).step_by(at_once) {
        let piece = numbers.slice(begin..begin + at_once);
        results.extend(levels(device.gpu(), operation, piece, words)?.view());
    }
    Ok(Some(results))
}

fn size_of_first(gpu: &Gpu, operation: Operation, words: usize) -> usize {
    match operation {
        Operation::Mul => size(gpu, words),
        _ => words,
    }
}

/// How many levels there are kernels for.
fn most_levels(operation: Operation, words: usize, count: usize) -> u32 {
    let all = count.ilog2();
    match operation {
        Operation::Mul if words > REGISTERS => 0,
        // Factors of the last level are at most as long as registers are.
        Operation::Mul => all.min((REGISTERS / words).ilog2() + 1),
        Operation::Gcd if words > MOST_DIVISOR_WORDS => 0,
        _ if words + all as usize > MOST_WORDS => 0,
        _ => all,
    }
}

/// A level of the tree.
struct Level {
    signed: Signed,
    count: usize,
    words: usize,
}

impl Level {
    /// The left and the right neighbours.
    fn pairs(&self) -> Pairs<'_> {
        let (words, count) = (&self.signed.words, self.count);
        Pairs {
            count: count / 2,
            words: self.words,
            left: Numbers::from(words, count, 0),
            right: Numbers::from(words, count, count / 2),
        }
    }
}

/// All levels of one piece in one batch.
fn levels(gpu: &Gpu, operation: Operation, piece: View, words: usize) -> Result<Array> {
    let (count, depth) = (piece.len(), piece.len().ilog2());
    let reversed = |at: u32| at.reverse_bits() >> (u32::BITS - depth);
    let order: Vec<u32> = (0..count as u32).map(reversed).collect();
    let signs: Vec<u32> = order
        .iter()
        .map(|at| u32::from(piece.get(*at as usize).negative))
        .collect();
    let mut level = Level {
        signed: Signed {
            words: gpu.storage(&limb_major(piece, &order, words))?,
            signs: gpu.storage(&signs)?,
        },
        count,
        words,
    };
    let mut batch = gpu.batch();
    for _ in 0..most_levels(operation, words, count) {
        level = next(gpu, &mut batch, operation, &level)?;
    }
    let (left, words) = (level.count, batch.download(&level.signed.words)?);
    let made = batch.download(&level.signed.signs)?;
    let submitted = batch.submit()?;
    let (words, made) = (submitted.read(words)?, submitted.read(made)?);
    let product_negative = |i: usize| signs.iter().skip(i).step_by(left).sum::<u32>() % 2 == 1;
    let negative = |i: usize| match operation {
        Operation::Mul => product_negative(i),
        Operation::Gcd => false,
        _ => made[i] == 1,
    };
    Ok(in_order(download::array(&words, left, negative)?))
}

/// Results that stand in the order of reversed bits, in that of their indices.
fn in_order(results: Array) -> Array {
    let Some(depth) = results.len().checked_ilog2().filter(|depth| *depth > 0) else {
        return results;
    };
    let mut ordered = Array::with_capacity(results.len(), results.limbs().len());
    for at in 0..results.len() as u32 {
        let number = results.get((at.reverse_bits() >> (u32::BITS - depth)) as usize);
        ordered.push(number.negative, number.limbs);
    }
    ordered
}

/// Records the next level.
fn next(gpu: &Gpu, batch: &mut Batch, operation: Operation, level: &Level) -> Result<Level> {
    let (count, words) = (level.count / 2, level.words);
    let words = match operation {
        Operation::Add => words + 1,
        Operation::Mul => 2 * words,
        _ => words,
    };
    let next = Level {
        signed: Signed {
            words: gpu.zeroed(words * count)?,
            signs: gpu.zeroed(count)?,
        },
        count,
        words,
    };
    // Signs stand where their numbers do, in halves as well.
    let signs = [&level.signed.signs; 2];
    let made = Sums {
        words: &next.signed.words,
        signs: &next.signed.signs,
    };
    match operation {
        Operation::Add => add::record(gpu, batch, level.pairs(), signs, false, made)?,
        Operation::Mul => multiply::record(gpu, batch, level.pairs(), made.words)?,
        Operation::Gcd => {
            let state = gpu.zeroed(gcd::state_words(words, count))?;
            gcd::record(gpu, batch, level.pairs(), [&state, made.words], TURNS)?;
        }
        _ => {
            let greater = operation == Operation::Max;
            extreme::record(gpu, batch, level.pairs(), signs, greater, made)?;
        }
    }
    Ok(next)
}
