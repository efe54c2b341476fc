//! Sums of numbers limb by limb, without a number of its own for each operand.

use crate::integers::{Array, Integer};
use std::cmp::Ordering;

/// Appends a + b, or a - b where `subtract`.
pub fn push_sum(out: &mut Array, a: Integer, b: Integer, subtract: bool) {
    let b_negative = b.negative != subtract;
    out.push_with(|limbs| {
        if a.negative == b_negative {
            add(limbs, a.limbs, b.limbs);
            return a.negative;
        }
        match compare(a.limbs, b.limbs) {
            Ordering::Less => {
                difference(limbs, b.limbs, a.limbs);
                b_negative
            }
            _ => {
                difference(limbs, a.limbs, b.limbs);
                a.negative
            }
        }
    });
}

fn compare(a: &[u32], b: &[u32]) -> Ordering {
    let lengths = a.len().cmp(&b.len());
    lengths.then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// Appends a + b with the last carry.
fn add(out: &mut Vec<u32>, a: &[u32], b: &[u32]) {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let mut carry = 0;
    for (x, y) in long.iter().zip(short) {
        let sum = u64::from(*x) + u64::from(*y) + carry;
        out.push(sum as u32);
        carry = sum >> u32::BITS;
    }
    for x in &long[short.len()..] {
        let sum = u64::from(*x) + carry;
        out.push(sum as u32);
        carry = sum >> u32::BITS;
    }
    out.push(carry as u32);
}

/// Appends a - b, of which a is not the smaller; zeros may lead.
fn difference(out: &mut Vec<u32>, a: &[u32], b: &[u32]) {
    let mut borrow = false;
    let lower = b.iter().copied().chain(std::iter::repeat(0));
    for (x, y) in a.iter().zip(lower) {
        let (partial, below) = x.overflowing_sub(y);
        let (limb, below_too) = partial.overflowing_sub(u32::from(borrow));
        out.push(limb);
        borrow = below || below_too;
    }
}
