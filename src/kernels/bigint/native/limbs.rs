//! Numbers as limbs, one number a lane: limbs of words and words of limbs, products, squares.
//!
//! Sums of products wait for their carries until a number is done, as in limbs of 12 bits of the WGSL.

use crate::lanes::{Instructions, Limbs};

/// Rows that are multiplied together, so that sums stay in registers for as many products.
pub(super) const TILE: usize = 4;

/// Limbs that so many words take.
#[inline(always)]
pub fn count<S: Instructions>(words: usize) -> usize {
    (32 * words).div_ceil(Limbs::<S>::BITS as usize)
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
    let bits = Limbs::<S>::BITS;
    // The limb that is next, and how far it is to be moved.
    let (mut next, mut moved) = (0, 0);
    let mut rest = none;
    for joined in pairs {
        let mut pair = rest;
        while moved < 64 {
            let limb = if next < limbs.len() {
                limbs[next]
            } else {
                none
            };
            pair = pair | (limb << moved);
            rest = limb >> (64 - moved).min(63);
            (next, moved) = (next + 1, moved + bits);
        }
        moved -= 64;
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
pub(super) fn rows<S: Instructions, const R: usize>(
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

/// Adds a square to sums twice as long as its root, which must be none before: half of the products count twice.
#[inline(always)]
pub fn square<S: Instructions>(simd: S, root: &[Limbs<S>], sums: &mut [Limbs<S>]) {
    let len = root.len();
    if len > Limbs::<S>::TERMS {
        // Carries that go on between rows must not be doubled.
        return product(simd, root, root, sums);
    }
    let whole = len - len % TILE;
    for i in (0..whole).step_by(TILE) {
        let digits = [root[i], root[i + 1], root[i + 2], root[i + 3]];
        for r in 0..TILE {
            for next in r + 1..TILE {
                let at = 2 * i + r + next;
                sums[at] = sums[at].add_low(digits[r], digits[next]);
                sums[at + 1] = sums[at + 1].add_high(digits[r], digits[next]);
            }
        }
        let above = &mut sums[2 * i + TILE..i + len + TILE];
        rows(simd, digits, &root[i + TILE..], above);
    }
    for i in whole..len {
        rows(
            simd,
            [root[i]],
            &root[i + 1..],
            &mut sums[2 * i + 1..i + len + 1],
        );
    }
    for i in 0..len {
        let [low, high] = [sums[2 * i], sums[2 * i + 1]];
        sums[2 * i] = (low << 1).add_low(root[i], root[i]);
        sums[2 * i + 1] = (high << 1).add_high(root[i], root[i]);
    }
}
