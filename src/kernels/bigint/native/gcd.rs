//! Greatest common divisors, one number after another by digits of 64 bits: what shaders/bigint/gcd.wgsl computes, all
//! passes in the first dispatch.

use super::operands::{Both, GROUP};
use super::scalars::{length, load, store};
use crate::Result;
use crate::gpu::{Call, Strip};

/// Steps of a pass over the numbers.
const STEPS: u32 = 62;

/// The body of `bigint/gcd`. What is left to later dispatches of a device with a time limit is done in the first.
///
/// # Errors
/// What the bindings report.
pub fn gcd(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    if both.operands.begin > 0 {
        return Ok(());
    }
    let rows = [both.count(), GROUP];
    call.for_each_strip(["divisors"], rows, |first, count, [divisors]| {
        all(&both, [first, count], divisors);
    })
}

/// The numbers of a group.
fn all(both: &Both, [first, count]: [usize; 2], mut divisors: Strip) {
    let words = both.words();
    let digits = words.div_ceil(2);
    // A digit more, for signs.
    let (mut f, mut g) = (vec![0; digits + 1], vec![0; digits + 1]);
    for at in 0..count {
        load(&both.left, [words, first + at], &mut f);
        load(&both.right, [words, first + at], &mut g);
        let twos = take_twos(&mut f, &mut g);
        if f[0] & 1 == 0 {
            std::mem::swap(&mut f, &mut g);
        }
        let mut delta = 1;
        while length(&g) > 0 {
            Transition::of(&mut delta, f[0], g[0]).apply(&mut f, &mut g);
        }
        if f[digits] >> 63 == 1 {
            negate(&mut f);
        }
        move_up(&mut f, twos);
        store(&mut divisors, [words, at], &f);
    }
}

/// What the steps of a pass make of f and g, times 2^62: (u f + v g, q f + r g).
struct Transition {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

impl Transition {
    /// The steps look at no more than the lowest digits; those that halve are done together.
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
            g = g.wrapping_add(f);
            (q, r) = (q + u, r + v);
        }
    }

    /// The steps on the whole numbers, whose highest digit holds the sign.
    fn apply(&self, f: &mut [u64], g: &mut [u64]) {
        let top = f.len() - 1;
        let [u, v, q, r] = [self.u, self.v, self.q, self.r].map(i128::from);
        let (mut f_sum, mut g_sum) = (0, 0);
        let (mut f_below, mut g_below) = (0, 0);
        for k in 0..=top {
            let digit = |digit: u64| match k == top {
                true => i128::from(digit as i64),
                false => i128::from(digit),
            };
            let (a, b) = (digit(f[k]), digit(g[k]));
            f_sum += u * a + v * b;
            g_sum += q * a + r * b;
            let (f_low, g_low) = (f_sum as u64, g_sum as u64);
            if k > 0 {
                f[k - 1] = f_below >> STEPS | f_low << (64 - STEPS);
                g[k - 1] = g_below >> STEPS | g_low << (64 - STEPS);
            }
            (f_below, g_below) = (f_low, g_low);
            (f_sum, g_sum) = (f_sum >> 64, g_sum >> 64);
        }
        f[top] = f_below >> STEPS | (f_sum as u64) << (64 - STEPS);
        g[top] = g_below >> STEPS | (g_sum as u64) << (64 - STEPS);
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

fn negate(digits: &mut [u64]) {
    let mut carry = true;
    for digit in digits {
        let over;
        (*digit, over) = (!*digit).overflowing_add(u64::from(carry));
        carry = over;
    }
}
