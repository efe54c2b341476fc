//! Residues as limbs, one a lane: Montgomery's reduction of sums of products.

use super::limbs::{TILE, carry, rows};
use crate::lanes::{Instructions, Limbs};

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

/// Sums / radix^limbs mod n, for sums less than n radix^limbs and twice as long as n.
#[inline(always)]
pub fn reduced<S: Instructions>(
    simd: S,
    modulus: &Modulus<S>,
    sums: &mut [Limbs<S>],
    result: &mut [Limbs<S>],
) {
    let n = modulus.limbs;
    reduce(simd, n, modulus.inverse, sums);
    reduced_once(simd, n, &mut sums[n.len()..], result);
}

/// Twice a residue mod n; sums as long as it serve on the way.
#[inline(always)]
pub fn double<S: Instructions>(
    simd: S,
    n: &[Limbs<S>],
    residue: &mut [Limbs<S>],
    sums: &mut [Limbs<S>],
) {
    for at in 0..n.len() {
        sums[at] = residue[at] + residue[at];
    }
    reduced_once(simd, n, sums, residue);
}

/// Sums less than 2 n, less n where they are not less than it.
#[inline(always)]
fn reduced_once<S: Instructions>(
    simd: S,
    n: &[Limbs<S>],
    sums: &mut [Limbs<S>],
    result: &mut [Limbs<S>],
) {
    // Where the modulus takes all bits of its limbs, one goes beyond them.
    let beyond = carry(simd, sums);
    let mut borrow = Limbs::splat(simd, 0);
    for at in 0..n.len() {
        let difference = sums[at] - n[at] - borrow;
        result[at] = difference & Limbs::<S>::MASK;
        borrow = difference >> 63;
    }
    for at in 0..n.len() {
        result[at] = Limbs::select_less(beyond, borrow, sums[at], result[at]);
    }
}
