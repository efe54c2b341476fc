//! Sums, differences and shifts of residues as limbs, one number a lane, without branches.

use crate::lanes::{Instructions, Limbs};

/// a + b mod n; `room` is as long as n.
#[inline(always)]
pub fn sum<S: Instructions>(
    simd: S,
    [a, b]: [&[Limbs<S>]; 2],
    n: &[Limbs<S>],
    room: &mut [Limbs<S>],
    result: &mut [Limbs<S>],
) {
    let none = Limbs::splat(simd, 0);
    let mut carry = none;
    for at in 0..n.len() {
        let sum = a[at] + b[at] + carry;
        room[at] = sum & Limbs::<S>::MASK;
        carry = sum >> Limbs::<S>::BITS;
    }
    let mut borrow = none;
    for at in 0..n.len() {
        let difference = room[at] - n[at] - borrow;
        result[at] = difference & Limbs::<S>::MASK;
        borrow = difference >> 63;
    }
    // A carry out of the last limb is 1 only where n was subtracted rightly, and makes up for that borrow.
    let below = borrow - carry;
    for at in 0..n.len() {
        result[at] = Limbs::select_equal(below, none, result[at], room[at]);
    }
}

/// a - b mod n.
#[inline(always)]
pub fn difference<S: Instructions>(
    simd: S,
    [a, b]: [&[Limbs<S>]; 2],
    n: &[Limbs<S>],
    result: &mut [Limbs<S>],
) {
    let none = Limbs::splat(simd, 0);
    let mut borrow = none;
    for at in 0..n.len() {
        let difference = a[at] - b[at] - borrow;
        result[at] = difference & Limbs::<S>::MASK;
        borrow = difference >> 63;
    }
    let mut carry = none;
    for at in 0..n.len() {
        let lacking = Limbs::select_equal(borrow, none, none, n[at]);
        let sum = result[at] + lacking + carry;
        result[at] = sum & Limbs::<S>::MASK;
        carry = sum >> Limbs::<S>::BITS;
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
