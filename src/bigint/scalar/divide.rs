//! The three divisions, common divisors and multiples, and remainders put together.

use crate::bigint::limits::{bits, check};
use crate::bigint::{Failure, Operation};
use dashu_int::IBig;
use dashu_int::ops::{DivRem, ExtendedGcd, Gcd};

/// Quotient rounded towards zero, and a rest of a's sign.
pub fn truncated(a: &IBig, b: &IBig) -> Result<(IBig, IBig), Failure> {
    if b.is_zero() {
        return Err(Failure::DivisionByZero);
    }
    Ok(a.div_rem(b))
}

/// Quotient rounded down, and a rest of b's sign.
pub fn floored(a: &IBig, b: &IBig) -> Result<(IBig, IBig), Failure> {
    let (quotient, rest) = truncated(a, b)?;
    if !rest.is_zero() && rest.sign() != b.sign() {
        return Ok((quotient - IBig::ONE, rest + b));
    }
    Ok((quotient, rest))
}

/// The quotient that leaves a rest in 0..|b|, and that rest.
pub fn euclidean(a: &IBig, b: &IBig) -> Result<(IBig, IBig), Failure> {
    let (quotient, rest) = truncated(a, b)?;
    if rest >= IBig::ZERO {
        return Ok((quotient, rest));
    }
    Ok(match *b > IBig::ZERO {
        true => (quotient - IBig::ONE, rest + b),
        false => (quotient + IBig::ONE, rest - b),
    })
}

/// The greatest common divisor; 0 of two zeros.
pub fn gcd(a: &IBig, b: &IBig) -> IBig {
    match (a.is_zero(), b.is_zero()) {
        (true, true) => IBig::ZERO,
        _ => a.gcd(b).into(),
    }
}

/// The least common multiple, not negative; 0 where one of them is 0.
pub fn lcm(a: &IBig, b: &IBig) -> Result<IBig, Failure> {
    let divisor = gcd(a, b);
    if a.is_zero() || b.is_zero() {
        return Ok(IBig::ZERO);
    }
    let rest = a / &divisor;
    check(
        Operation::Lcm,
        u128::from(bits(&rest)) + u128::from(bits(b)),
    )?;
    let product = rest * b;
    Ok(if product < IBig::ZERO {
        -product
    } else {
        product
    })
}

/// (g, s, t) with g = gcd(a, b) = s * a + t * b.
pub fn extended_gcd(a: &IBig, b: &IBig) -> (IBig, IBig, IBig) {
    if b.is_zero() {
        let sign = a.signum();
        return (a * &sign, sign, IBig::ZERO);
    }
    if a.is_zero() {
        let (g, t, s) = extended_gcd(b, a);
        return (g, s, t);
    }
    let (g, s, t) = a.gcd_ext(b);
    (g.into(), s, t)
}

/// The smallest number that is not negative and leaves these rests with these moduli, which need not be coprime.
///
/// # Errors
/// [`Failure::DivisionByZero`] for a modulus of zero, [`Failure::Domain`] where two rests contradict each other or the
/// lists differ in length.
pub fn crt(rests: &[IBig], moduli: &[IBig]) -> Result<IBig, Failure> {
    if rests.len() != moduli.len() {
        let (a, m) = (rests.len(), moduli.len());
        return Err(Failure::Domain(format!("{a} remainders for {m} moduli")));
    }
    let mut found = (IBig::ZERO, IBig::ONE);
    for (rest, modulus) in rests.iter().zip(moduli) {
        found = join(found, rest, modulus)?;
    }
    Ok(found.0)
}

/// Joins x = a (mod m), with 0 <= a < m, and x = b (mod n).
fn join((a, m): (IBig, IBig), b: &IBig, n: &IBig) -> Result<(IBig, IBig), Failure> {
    let (divisor, s, _) = extended_gcd(&m, n);
    let (steps, rest) = euclidean(&(b - &a), &divisor)?;
    if n.is_zero() {
        return Err(Failure::DivisionByZero);
    }
    if !rest.is_zero() {
        return Err(Failure::Domain(
            "the remainders contradict each other".into(),
        ));
    }
    let common = lcm(&m, n)?;
    let (_, x) = euclidean(&(a + steps * s * m), &common)?;
    Ok((x, common))
}
