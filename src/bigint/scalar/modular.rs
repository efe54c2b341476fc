//! Arithmetic modulo a number of either sign, with residues in `0..|m|`.

use crate::bigint::{Failure, Operation};
use dashu_int::fast_div::ConstDivisor;
use dashu_int::monty::MontgomeryRepr;
use dashu_int::ops::{BitTest, RemEuclid, UnsignedAbs};
use dashu_int::{IBig, UBig};

/// None where the operation does not take three numbers.
pub fn ternary(
    operation: Operation,
    a: &IBig,
    b: &IBig,
    m: &IBig,
) -> Option<Result<IBig, Failure>> {
    Some(match operation {
        Operation::ModAdd => residue(&(a + b), m),
        Operation::ModSub => residue(&(a - b), m),
        Operation::ModMul => super::multiply::product(operation, a, b).and_then(|c| residue(&c, m)),
        Operation::ModPow => power(a, b, m),
        _ => return None,
    })
}

/// The modulus without its sign.
fn modulus(m: &IBig) -> Result<UBig, Failure> {
    match m.is_zero() {
        true => Err(Failure::DivisionByZero),
        false => Ok(m.unsigned_abs()),
    }
}

fn residue(a: &IBig, m: &IBig) -> Result<IBig, Failure> {
    modulus(m)?;
    Ok(a.rem_euclid(m).into())
}

/// The inverse of a.
pub fn inverse(a: &IBig, m: &IBig) -> Result<IBig, Failure> {
    let m = modulus(m)?;
    if m.is_one() {
        return Ok(IBig::ZERO);
    }
    let ring = ConstDivisor::new(m);
    let inverse = ring.reduce(a.clone()).inv();
    inverse
        .map(|found| found.residue().into())
        .ok_or(Failure::NotInvertible)
}

/// a^b; where b is negative, the inverse of a to the power of -b.
fn power(a: &IBig, b: &IBig, m: &IBig) -> Result<IBig, Failure> {
    let exponent = b.unsigned_abs();
    if *b < IBig::ZERO {
        return power(&inverse(a, m)?, &exponent.into(), m);
    }
    let m = modulus(m)?;
    Ok(if m.is_one() {
        IBig::ZERO
    } else if m.bit(0) {
        let ring = MontgomeryRepr::new(m);
        ring.reduce(a.clone()).pow(&exponent).residue().into()
    } else {
        let ring = ConstDivisor::new(m);
        ring.reduce(a.clone()).pow(&exponent).residue().into()
    })
}

/// The Jacobi symbol, by reciprocity (Cohen, A Course in Computational Algebraic Number Theory, algorithm 1.4.12).
pub fn jacobi(a: &IBig, n: &IBig) -> Result<IBig, Failure> {
    if *n <= IBig::ZERO || !n.bit(0) {
        return Err(Failure::Domain(
            "the lower number of jacobi must be odd and positive".into(),
        ));
    }
    let mut n = n.unsigned_abs();
    let mut a: UBig = a.rem_euclid(IBig::from(n.clone()));
    let mut sign = 1;
    while let Some(twos) = a.trailing_zeros() {
        a >>= twos;
        // (2/n) = -1 for n = 3, 5 (mod 8).
        if twos % 2 == 1 && n.bit(1) != n.bit(2) {
            sign = -sign;
        }
        if a.bit(1) && n.bit(1) {
            sign = -sign;
        }
        std::mem::swap(&mut a, &mut n);
        a %= &n;
    }
    Ok(IBig::from(if n.is_one() { sign } else { 0 }))
}
