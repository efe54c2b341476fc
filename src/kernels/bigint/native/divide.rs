//! Quotients and remainders, one number after another by digits of 64 bits: what shaders/bigint/divide.wgsl computes, all
//! steps in the first dispatch.

use super::operands::{Both, GROUP};
use super::scalars::{Numbers, length};
use crate::Result;
use crate::gpu::Call;

/// Words of a row in a line of a cache.
const LINE: usize = 16;

/// The body of `bigint/divide`. What is left to later dispatches of a device with a time limit is done in the first.
///
/// # Errors
/// What the bindings report.
pub fn divide(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    if both.operands.begin > 0 {
        return Ok(());
    }
    // Digits of a group that the first level of a cache holds.
    let width = (1 << 12) / (both.words() + 1) / LINE * LINE;
    let rows = [both.count(), width.clamp(LINE, GROUP)];
    let names = ["quotients", "rests"];
    call.for_each_strip(names, rows, |first, count, [mut quotients, mut rests]| {
        let [quotient, rest] = all(&both, [first, count]);
        quotient.store(&mut quotients, both.words());
        rest.store(&mut rests, both.operands.right_words as usize);
    })
}

/// Quotients and remainders of a group, so many numbers from one on.
fn all(both: &Both, [first, count]: [usize; 2]) -> [Numbers; 2] {
    let (words, divisor_words) = (both.words(), both.operands.right_words as usize);
    let digits = words.div_ceil(2);
    // A digit more, for what is moved out of the upper one.
    let mut rests = Numbers::load(&both.left, [words, first, count], digits + 1);
    let place = [divisor_words, first, count];
    let mut divisors = Numbers::load(&both.right, place, divisor_words.div_ceil(2));
    let mut quotients = Numbers::zeros(count, digits);
    let numbers = rests.each().zip(divisors.each()).zip(quotients.each());
    for ((rest, divisor), quotient) in numbers {
        let len = length(divisor);
        if len > 0 {
            long_division(rest, &mut divisor[..len], quotient);
        }
    }
    [quotients, rests]
}

/// A divisor's upper two digits, its highest bit set, and the quotient of 2^192 - 1 by them, less 2^64.
struct Upper {
    two: u128,
    reciprocal: u64,
}

const fn wide(low: u64, high: u64) -> u128 {
    (high as u128) << 64 | low as u128
}

impl Upper {
    /// Algorithm 6 of Moeller and Granlund.
    fn new(low: u64, high: u64) -> Self {
        let mut reciprocal = (wide(u64::MAX, !high) / u128::from(high)) as u64;
        let (mut product, over) = high.wrapping_mul(reciprocal).overflowing_add(low);
        if over {
            reciprocal = reciprocal.wrapping_sub(1);
            if product >= high {
                reciprocal = reciprocal.wrapping_sub(1);
                product -= high;
            }
            product = product.wrapping_sub(high);
        }
        let lower = u128::from(reciprocal) * u128::from(low);
        let (product, over) = product.overflowing_add((lower >> 64) as u64);
        let two = wide(low, high);
        if over {
            let again = wide(lower as u64, product) >= two;
            reciprocal = reciprocal.wrapping_sub(1 + u64::from(again));
        }
        Upper { two, reciprocal }
    }

    /// The quotient of three digits, the upper two of which are less than the divisor's: their algorithm 4.
    fn quotient(&self, low: u64, upper: u128) -> u64 {
        let (d0, d1) = (self.two as u64, (self.two >> 64) as u64);
        let estimate = u128::from(self.reciprocal) * (upper >> 64);
        let estimate = estimate.wrapping_add(upper);
        let mut quotient = (estimate >> 64) as u64;
        let middle = (upper as u64).wrapping_sub(quotient.wrapping_mul(d1));
        let mut rest = wide(low, middle)
            .wrapping_sub(u128::from(d0) * u128::from(quotient))
            .wrapping_sub(self.two);
        quotient = quotient.wrapping_add(1);
        if (rest >> 64) as u64 >= estimate as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.two);
        }
        quotient.wrapping_add(u64::from(rest >= self.two))
    }
}

/// The quotient of `rest`, whose highest digit is 0, by a divisor whose highest digit is not, added to a quotient of
/// zeros; what remains stands in `rest`.
fn long_division(rest: &mut [u64], divisor: &mut [u64], quotient: &mut [u64]) {
    let len = divisor.len();
    let shift = divisor[len - 1].leading_zeros();
    move_up(rest, shift);
    move_up(divisor, shift);
    let below = if len > 1 { divisor[len - 2] } else { 0 };
    let upper = Upper::new(below, divisor[len - 1]);
    for place in (0..rest.len() - len).rev() {
        let window = &mut rest[place..=place + len];
        let two = wide(window[len - 1], window[len]);
        if two >> 64 == 0 && window[len - 1] < divisor[len - 1] {
            continue;
        }
        let low = if len > 1 { window[len - 2] } else { 0 };
        let mut digit = match two == upper.two {
            true => u64::MAX,
            false => upper.quotient(low, two),
        };
        // The digits below the upper two may make it one too large.
        if subtract_multiple(window, divisor, digit) {
            add_back(window, divisor);
            digit -= 1;
        }
        quotient[place] = digit;
    }
    if shift > 0 {
        for k in 0..rest.len() {
            let above = rest.get(k + 1).copied().unwrap_or(0);
            rest[k] = rest[k] >> shift | above << (64 - shift);
        }
    }
}

fn move_up(digits: &mut [u64], shift: u32) {
    let mut below = 0;
    for digit in digits.iter_mut().filter(|_| shift > 0) {
        let moved = *digit << shift | below;
        below = *digit >> (64 - shift);
        *digit = moved;
    }
}

/// Takes a multiple of the divisor; whether it was too much.
fn subtract_multiple(window: &mut [u64], divisor: &[u64], digit: u64) -> bool {
    let mut carry = 0;
    for (rest, divisor) in window.iter_mut().zip(divisor) {
        let product = u128::from(digit) * u128::from(*divisor) + u128::from(carry);
        let (difference, under) = rest.overflowing_sub(product as u64);
        *rest = difference;
        carry = (product >> 64) as u64 + u64::from(under);
    }
    let top = &mut window[divisor.len()];
    let (difference, under) = top.overflowing_sub(carry);
    *top = difference;
    under
}

fn add_back(window: &mut [u64], divisor: &[u64]) {
    let mut carry = false;
    for (rest, divisor) in window.iter_mut().zip(divisor) {
        let (sum, over) = rest.overflowing_add(*divisor);
        let (sum, again) = sum.overflowing_add(u64::from(carry));
        (*rest, carry) = (sum, over || again);
    }
    let top = &mut window[divisor.len()];
    *top = top.wrapping_add(u64::from(carry));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits of 64 bits at their borders, where estimates of quotients are one too large, or all ones.
    #[test]
    fn quotients_and_rests_make_the_dividend() {
        let digits = [0, 1, 1 << 63, (1 << 63) + 1, u64::MAX - 1, u64::MAX];
        let pick = |number: usize, k: u32| digits[number / 6_usize.pow(k) % 6];
        for number in 0..6_usize.pow(6) {
            let dividend = [pick(number, 0), pick(number, 1), pick(number, 2), 0];
            let divisor = [pick(number, 3), pick(number, 4), pick(number, 5)];
            let len = length(&divisor);
            if len == 0 {
                continue;
            }
            let (mut rest, mut by, mut quotient) = (dividend, divisor, [0; 3]);
            long_division(&mut rest, &mut by[..len], &mut quotient);
            let order = rest[..3].iter().rev().cmp(divisor.iter().rev());
            assert!(order.is_lt(), "{dividend:?} / {divisor:?}");
            let mut sum = rest;
            for (k, digit) in quotient.iter().enumerate() {
                let mut carry = 0;
                for at in k..3 {
                    let product = u128::from(*digit) * u128::from(divisor[at - k]);
                    let whole = product + u128::from(sum[at]) + carry;
                    (sum[at], carry) = (whole as u64, whole >> 64);
                }
            }
            assert_eq!(sum[..3], dividend[..3], "{dividend:?} / {divisor:?}");
        }
    }
}
