//! Arithmetic of numbers as limbs, one number a lane: products, Montgomery's reduction, words in and out.
//!
//! Sums of products wait for their carries until a number is done, as in limbs of 12 bits of the WGSL.

use super::operands::Operand;
use crate::gpu::Strip;
use crate::lanes::{Instructions, Limbs, Words};

/// Rows that are multiplied together, so that sums stay in registers for as many products.
const TILE: usize = 4;

/// Limbs that so many words take.
#[inline(always)]
pub fn count<S: Instructions>(words: usize) -> usize {
    (32 * words).div_ceil(Limbs::<S>::BITS as usize)
}

/// Words of numbers, two and two in 64 bits, from number `number` on; the first half of the lanes and the second.
#[inline(always)]
pub fn load<S: Instructions>(
    simd: S,
    operand: &Operand,
    [words, number, live]: [usize; 3],
    [first, second]: [&mut [Limbs<S>]; 2],
) {
    for k in (0..words).step_by(2) {
        let low = operand.lanes(simd, k, number, live);
        let high = match k + 1 < words {
            true => operand.lanes(simd, k + 1, number, live),
            false => Words::splat(simd, 0),
        };
        [first[k / 2], second[k / 2]] = Limbs::from_words(low, high);
    }
}

/// [`load`] undone, into rows of `numbers` words each, from column `at` on.
#[inline(always)]
pub fn store<S: Instructions>(
    rows: &mut [u32],
    [words, numbers, at]: [usize; 3],
    [first, second]: [&[Limbs<S>]; 2],
) {
    for k in (0..words).step_by(2) {
        let [low, high] = Limbs::to_words([first[k / 2], second[k / 2]]);
        low.store(&mut rows[k * numbers + at..(k + 1) * numbers]);
        if k + 1 < words {
            high.store(&mut rows[(k + 1) * numbers + at..(k + 2) * numbers]);
        }
    }
}

/// Copies rows into those of a strip, from its row `first` on.
pub fn store_rows(strip: &mut Strip, first: usize, numbers: usize, rows: &[u32]) {
    for (k, row) in rows.chunks_exact(numbers.max(1)).enumerate() {
        let far = strip.row(first + k);
        if far.len() == row.len() {
            far.copy_from_slice(row);
        }
    }
}

/// Limbs of a number times 2^moved, from its words two and two in 64 bits.
#[inline(always)]
pub fn split<S: Instructions>(simd: S, pairs: &[Limbs<S>], moved: usize, limbs: &mut [Limbs<S>]) {
    let none = Limbs::splat(simd, 0);
    let bits = Limbs::<S>::BITS as usize;
    for (at, limb) in limbs.iter_mut().enumerate() {
        // Of the bit before the number's first, 64 x (pair - 1) + shift from it.
        let place = at * bits + 64 - moved;
        let (pair, shift) = (place / 64, place % 64);
        let low = match pair >= 1 && pair <= pairs.len() {
            true => pairs[pair - 1] >> shift as u32,
            false => none,
        };
        let high = match pair < pairs.len() && shift + bits > 64 {
            true => pairs[pair] << (64 - shift) as u32,
            false => none,
        };
        *limb = (low | high) & Limbs::<S>::MASK;
    }
}

/// Words two and two in 64 bits, from limbs without carries.
#[inline(always)]
pub fn join<S: Instructions>(simd: S, limbs: &[Limbs<S>], pairs: &mut [Limbs<S>]) {
    let none = Limbs::splat(simd, 0);
    let bits = Limbs::<S>::BITS as usize;
    for (at, joined) in pairs.iter_mut().enumerate() {
        let (first, shift) = (64 * at / bits, 64 * at % bits);
        let mut pair = match first < limbs.len() {
            true => limbs[first] >> shift as u32,
            false => none,
        };
        let mut next = 1;
        while next * bits < 64 + shift {
            if first + next < limbs.len() {
                pair = pair | (limbs[first + next] << (next * bits - shift) as u32);
            }
            next += 1;
        }
        *joined = pair;
    }
}

/// Takes the carries of sums to the limbs above; returns what goes beyond the last.
#[inline(always)]
pub fn carry<S: Instructions>(simd: S, sums: &mut [Limbs<S>]) -> Limbs<S> {
    let mut carry = Limbs::splat(simd, 0);
    for sum in sums {
        let whole = *sum + carry;
        *sum = whole & Limbs::<S>::MASK;
        carry = whole >> Limbs::<S>::BITS;
    }
    carry
}

/// Adds the products of `R` digits and all limbs of `b` to the sums, whose first belongs to the first digit.
#[inline(always)]
fn rows<S: Instructions, const R: usize>(
    simd: S,
    digits: [Limbs<S>; R],
    b: &[Limbs<S>],
    sums: &mut [Limbs<S>],
) {
    let none = Limbs::splat(simd, 0);
    // Lower halves belong to the limbs from that of `b` on, upper ones to those behind them.
    let (mut low, mut high, mut above) = ([none; R], [none; R], none);
    for j in 0..b.len() {
        for r in 0..R {
            low[r] = low[r].add_low(digits[r], b[j]);
            high[r] = high[r].add_high(digits[r], b[j]);
        }
        sums[j] = sums[j] + low[0] + above;
        above = high[0];
        for r in 1..R {
            (low[r - 1], high[r - 1]) = (low[r], high[r]);
        }
        (low[R - 1], high[R - 1]) = (none, none);
    }
    for r in 0..R {
        sums[b.len() + r] = sums[b.len() + r] + low[r] + above;
        above = high[r];
    }
}

/// Adds a product to sums as long as both operands together, which must be none before.
#[inline(always)]
pub fn product<S: Instructions>(simd: S, a: &[Limbs<S>], b: &[Limbs<S>], sums: &mut [Limbs<S>]) {
    let whole = a.len() - a.len() % TILE;
    for i in (0..whole).step_by(TILE) {
        if i % Limbs::<S>::TERMS == 0 && i > 0 {
            carry(simd, sums);
        }
        let digits = [a[i], a[i + 1], a[i + 2], a[i + 3]];
        rows(simd, digits, b, &mut sums[i..i + b.len() + TILE]);
    }
    for i in whole..a.len() {
        rows(simd, [a[i]], b, &mut sums[i..i + b.len() + 1]);
    }
}

/// Adds such multiples of `n` to sums that their lower half, as long as `n`, is none; the digits of the multiple are the
/// sums' own times `inverse`, which is -1 / n.
#[inline(always)]
fn reduce<S: Instructions>(simd: S, n: &[Limbs<S>], inverse: Limbs<S>, sums: &mut [Limbs<S>]) {
    let whole = n.len() - n.len() % TILE;
    if n.len() > Limbs::<S>::TERMS {
        carry(simd, sums);
    }
    for i in (0..whole).step_by(TILE) {
        if i % Limbs::<S>::TERMS == 0 && i > 0 {
            carry(simd, &mut sums[i..]);
        }
        reduce_rows::<S, TILE>(simd, n, inverse, &mut sums[i..]);
    }
    for i in whole..n.len() {
        reduce_rows::<S, 1>(simd, n, inverse, &mut sums[i..]);
    }
}

/// [`reduce`] for the lowest `R` limbs.
#[inline(always)]
fn reduce_rows<S: Instructions, const R: usize>(
    simd: S,
    n: &[Limbs<S>],
    inverse: Limbs<S>,
    sums: &mut [Limbs<S>],
) {
    let none = Limbs::splat(simd, 0);
    let (mut digits, mut lowest) = ([none; R], [none; R]);
    lowest.copy_from_slice(&sums[..R]);
    for r in 0..R {
        digits[r] = none.add_low(lowest[r] & Limbs::<S>::MASK, inverse) & Limbs::<S>::MASK;
        // What this row adds to the limbs whose digits are to come.
        for next in r..R {
            lowest[next] = lowest[next].add_low(digits[r], n[next - r]);
            if next + 1 < R {
                lowest[next + 1] = lowest[next + 1].add_high(digits[r], n[next - r]);
            }
        }
        if r + 1 < R {
            lowest[r + 1] = lowest[r + 1] + (lowest[r] >> Limbs::<S>::BITS);
        }
    }
    rows(simd, digits, n, &mut sums[..n.len() + R]);
    for r in 0..R {
        sums[r + 1] = sums[r + 1] + (sums[r] >> Limbs::<S>::BITS);
    }
}

/// A modulus of each lane.
pub struct Modulus<'a, S: Instructions> {
    /// Its limbs.
    pub limbs: &'a [Limbs<S>],
    /// -1 / n mod the radix.
    pub inverse: Limbs<S>,
}

/// -1 / n mod the radix for odd n. Each step of Newton's doubles the bits that are right; n itself has three.
#[inline(always)]
pub fn negative_inverse<S: Instructions>(simd: S, n: Limbs<S>) -> Limbs<S> {
    let (none, two) = (Limbs::splat(simd, 0), Limbs::splat(simd, 2));
    let mut inverse = n;
    for _ in 0..5 {
        let error = (two - none.add_low(n, inverse)) & Limbs::<S>::MASK;
        inverse = none.add_low(inverse, error) & Limbs::<S>::MASK;
    }
    (none - inverse) & Limbs::<S>::MASK
}

/// a b / radix^limbs mod n, for a b < n radix^limbs. The sums are twice as long and none before.
#[inline(always)]
pub fn montgomery<S: Instructions>(
    simd: S,
    [a, b]: [&[Limbs<S>]; 2],
    modulus: &Modulus<S>,
    sums: &mut [Limbs<S>],
    result: &mut [Limbs<S>],
) {
    let (n, len) = (modulus.limbs, modulus.limbs.len());
    product(simd, a, b, sums);
    reduce(simd, n, modulus.inverse, sums);
    let upper = &mut sums[len..];
    // Less than 2 n: where the modulus takes all bits of its limbs, one goes beyond them.
    let beyond = carry(simd, upper);
    let mut borrow = Limbs::splat(simd, 0);
    for at in 0..len {
        let difference = upper[at] - n[at] - borrow;
        result[at] = difference & Limbs::<S>::MASK;
        borrow = difference >> 63;
    }
    for at in 0..len {
        result[at] = Limbs::select_less(beyond, borrow, upper[at], result[at]);
    }
}

/// Limbs times 2^bits, for fewer bits than a limb has and limbs that have room for them.
#[inline(always)]
pub fn moved<S: Instructions>(simd: S, limbs: &[Limbs<S>], bits: u32, moved: &mut [Limbs<S>]) {
    let mut below = Limbs::splat(simd, 0);
    for (limb, moved) in limbs.iter().zip(moved) {
        *moved = ((*limb << bits) & Limbs::<S>::MASK) | below;
        below = *limb >> (Limbs::<S>::BITS - bits);
    }
}
