//! Greatest common divisors, one number after another by digits of 62 bits: what shaders/bigint/gcd.wgsl computes, all
//! passes in the first dispatch.

use super::operands::{Both, GROUP};
use super::scalars::Numbers;
use crate::Result;
use crate::gpu::Call;

/// Steps of a pass over the numbers, and bits of their digits: a pass leaves a digit out.
const STEPS: u32 = 62;
/// The bits of a digit.
const MASK: i64 = (1 << STEPS) - 1;

/// The body of `bigint/gcd`. What is left to later dispatches of a device with a time limit is done in the first.
///
/// # Errors
/// What the bindings report.
pub fn gcd(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    if both.operands.begin > 0 {
        return Ok(());
    }
    let words = both.words();
    let rows = [both.count(), GROUP];
    call.for_each_strip(["divisors"], rows, |first, count, [mut divisors]| {
        let place = [words, first, count];
        let digits = words.div_ceil(2);
        let mut left = Numbers::load(&both.left, place, digits);
        let mut right = Numbers::load(&both.right, place, digits);
        for (a, b) in left.each().zip(right.each()) {
            divide_out(a, b);
        }
        left.store(&mut divisors, words);
    })
}

/// Makes the greatest common divisor of the first number.
fn divide_out(a: &mut [u64], b: &mut [u64]) {
    let twos = take_twos(a, b);
    let (mut f, mut g) = (signed_digits(a), signed_digits(b));
    if f[0] & 1 == 0 {
        std::mem::swap(&mut f, &mut g);
    }
    let (mut delta, mut len) = (1, f.len());
    while g[..len].iter().any(|digit| *digit != 0) {
        let transition = Transition::of(&mut delta, f[0] as u64, g[0] as u64);
        transition.apply(&mut f[..len], &mut g[..len]);
        len = shortened(&mut f[..len], &mut g[..len]);
    }
    magnitude(&mut f[..len], a);
    move_up(a, twos);
}

/// Digits of 62 bits, of which the highest has the sign.
fn signed_digits(number: &[u64]) -> Vec<i64> {
    let digit = |k: usize| number.get(k).map_or(0, |digit| u128::from(*digit));
    let digits = (64 * number.len() + 1).div_ceil(STEPS as usize);
    let all = (0..digits).map(|at| {
        let (k, shift) = (at * STEPS as usize / 64, at * STEPS as usize % 64);
        let pair = digit(k) | digit(k + 1) << 64;
        (pair >> shift) as i64 & MASK
    });
    all.collect()
}

/// The magnitude of a number in digits of 64 bits, which it fills from below.
fn magnitude(f: &mut [i64], number: &mut [u64]) {
    let sign = f[f.len() - 1] >> 63;
    let mut carry = -sign;
    for digit in f.iter_mut() {
        let whole = ((*digit & MASK) ^ (sign & MASK)) + carry;
        (*digit, carry) = (whole & MASK, whole >> STEPS);
    }
    let digit = |at: usize| f.get(at).map_or(0, |digit| *digit as u128);
    for (k, joined) in number.iter_mut().enumerate() {
        let (at, shift) = (64 * k / STEPS as usize, 64 * k % STEPS as usize);
        let pair = digit(at) | digit(at + 1) << STEPS;
        *joined = (pair >> shift) as u64;
    }
}

/// Takes the sign of both numbers down where their highest digits hold nothing else; how many digits they have then.
fn shortened(f: &mut [i64], g: &mut [i64]) -> usize {
    let len = f.len();
    let only_sign = |digit: i64| digit == 0 || digit == -1;
    if len < 2 || !only_sign(f[len - 1]) || !only_sign(g[len - 1]) {
        return len;
    }
    for number in [f, g] {
        number[len - 2] |= number[len - 1] << STEPS;
    }
    len - 1
}

/// What the steps of a pass make of f and g, times 2^62: (u f + v g, q f + r g).
struct Transition {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

impl Transition {
    /// The steps look at no more than the lowest digits. Those that halve are done together, and those that add f
    /// before the next exchange as one that adds a multiple.
    fn of(delta: &mut i64, mut f: u64, mut g: u64) -> Self {
        let [mut u, mut v, mut q, mut r] = [1_i64, 0, 0, 1];
        let mut left = STEPS;
        loop {
            let halvings = (g | u64::MAX << left).trailing_zeros();
            g >>= halvings;
            (u, v) = (u << halvings, v << halvings);
            *delta += i64::from(halvings);
            left -= halvings;
            if left == 0 {
                return Transition { u, v, q, r };
            }
            if *delta > 0 {
                *delta = -*delta;
                (f, g) = (g, f.wrapping_neg());
                (u, v, q, r) = (q, r, -u, -v);
            }
            // Steps until delta may be above 0; f (f f - 2) is -1 / f modulo 64.
            let steps = (1 - *delta).min(i64::from(left)).min(6);
            let inverse = f.wrapping_mul(f.wrapping_mul(f).wrapping_sub(2));
            let multiple = g.wrapping_mul(inverse) & ((1 << steps) - 1);
            g = g.wrapping_add(f.wrapping_mul(multiple));
            let multiple = multiple as i64;
            (q, r) = (q + u * multiple, r + v * multiple);
        }
    }

    /// The steps on the whole numbers, whose highest digit holds the sign.
    fn apply(&self, f: &mut [i64], g: &mut [i64]) {
        let [u, v, q, r] = [self.u, self.v, self.q, self.r].map(i128::from);
        let (mut f_sum, mut g_sum) = (0, 0);
        for k in 0..f.len() {
            let (a, b) = (i128::from(f[k]), i128::from(g[k]));
            f_sum += u * a + v * b;
            g_sum += q * a + r * b;
            if k > 0 {
                f[k - 1] = f_sum as i64 & MASK;
                g[k - 1] = g_sum as i64 & MASK;
            }
            (f_sum, g_sum) = (f_sum >> STEPS, g_sum >> STEPS);
        }
        let top = f.len() - 1;
        (f[top], g[top]) = (f_sum as i64, g_sum as i64);
    }
}

/// Takes common factors 2 out, all that there are, and says how many; of two zeros none.
fn take_twos(f: &mut [u64], g: &mut [u64]) -> usize {
    let both = |k: usize| f[k] | g[k];
    let Some(zeros) = (0..f.len()).find(|k| both(*k) != 0) else {
        return 0;
    };
    let bits = both(zeros).trailing_zeros() as usize;
    for digits in [f, g] {
        for k in 0..digits.len() {
            let digit = |k: usize| digits.get(k).map_or(0, |digit| u128::from(*digit));
            let pair = digit(k + zeros) | digit(k + zeros + 1) << 64;
            digits[k] = (pair >> bits) as u64;
        }
    }
    64 * zeros + bits
}

/// Puts so many factors 2 back.
fn move_up(digits: &mut [u64], twos: usize) {
    let (zeros, bits) = (twos / 64, twos % 64);
    for k in (0..digits.len()).rev() {
        let digit = |back: usize| {
            let below = k.checked_sub(zeros + back);
            below.map_or(0, |k| u128::from(digits[k]))
        };
        let pair = digit(1) | digit(0) << 64;
        digits[k] = ((pair << bits) >> 64) as u64;
    }
}
