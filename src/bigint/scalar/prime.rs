//! Whether a number is a prime: the test of Baillie, Pomerance, Selfridge and Wagstaff.
//!
//! A strong test to base 2 and a strong Lucas test (Baillie and Wagstaff, Math. Comp. 1980, 35, 1391; parameters by
//! Selfridge's method A). No composite number is known that passes both, and none is below 2^64.

use super::modular::jacobi;
use super::roots::is_square;
use dashu_int::monty::{Montgomery, MontgomeryRepr};
use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

/// Divisors that are tried first.
const SMALL: [u16; 30] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113,
];

/// U, V and Q^k at one index k.
type Terms<'a> = (Montgomery<'a>, Montgomery<'a>, Montgomery<'a>);

/// Whether a is a prime; numbers below 2 are none.
pub fn is_prime(a: &IBig) -> bool {
    let Some(n) = a.as_ubig().filter(|n| n.bit_len() > 1) else {
        return false;
    };
    for small in SMALL {
        if (n % small) == 0 {
            return *n == UBig::from(small);
        }
    }
    n.bit_len() < 14 || (strong_base_2(n) && strong_lucas(n))
}

/// n - 1 = d * 2^s: whether 2^d = 1, or 2^(d * 2^r) = -1 for an r < s.
fn strong_base_2(n: &UBig) -> bool {
    let below = n - UBig::ONE;
    let twos = below.trailing_zeros().unwrap_or(0);
    let ring = MontgomeryRepr::new(n.clone());
    let mut power = ring.reduce(2).pow(&(&below >> twos));
    let minus_one = ring.reduce(below);
    if power == ring.reduce(1) {
        return true;
    }
    for _ in 0..twos {
        if power == minus_one {
            return true;
        }
        power = power.sqr();
    }
    false
}

/// n + 1 = d * 2^s: whether U(d) = 0, or V(d * 2^r) = 0 for an r < s, in the Lucas sequences with P = 1, Q = (1 - D)/4.
fn strong_lucas(n: &UBig) -> bool {
    let Some(discriminant) = discriminant(n) else {
        return false;
    };
    let above = n + UBig::ONE;
    let twos = above.trailing_zeros().unwrap_or(0);
    let ring = MontgomeryRepr::new(n.clone());
    let zero = ring.reduce(0);
    let (u, mut v, mut q) = lucas(&ring, discriminant, &(&above >> twos));
    if u == zero {
        return true;
    }
    for _ in 0..twos {
        if v == zero {
            return true;
        }
        v = v.sqr() - q.clone().dbl();
        q = q.sqr();
    }
    false
}

/// The first of 5, -7, 9, -11, ... whose symbol over n is -1; none where n is a square or has a small factor with one.
fn discriminant(n: &UBig) -> Option<i64> {
    let whole: IBig = n.clone().into();
    for step in 0.. {
        // A square never comes to an end; so late that others do not pay for it.
        if step == 20 && is_square(&whole) {
            return None;
        }
        let candidate = (5 + 2 * step) * if step % 2 == 0 { 1 } else { -1 };
        let symbol = jacobi(&candidate.into(), &whole).ok()?;
        if symbol == IBig::NEG_ONE {
            return Some(candidate);
        }
        if symbol.is_zero() && whole > IBig::from(candidate.abs()) {
            return None;
        }
    }
    None
}

/// U, V and Q^k at this index k, by doubling from its highest bit down.
fn lucas<'a>(ring: &'a MontgomeryRepr, discriminant: i64, index: &UBig) -> Terms<'a> {
    let d = ring.reduce(IBig::from(discriminant));
    let first_q = ring.reduce(IBig::from((1 - discriminant) / 4));
    let half = ring.reduce((d.modulus() + UBig::ONE) >> 1);
    let (mut u, mut v, mut q) = (ring.reduce(1), ring.reduce(1), first_q.clone());
    for at in (0..index.bit_len() - 1).rev() {
        u = &u * &v;
        v = v.sqr() - q.clone().dbl();
        q = q.sqr();
        if index.bit(at) {
            (u, v) = ((&u + &v) * &half, (&d * &u + &v) * &half);
            q *= &first_q;
        }
    }
    (u, v, q)
}
