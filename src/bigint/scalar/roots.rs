//! Roots, rounded down.

use crate::bigint::Failure;
use crate::bigint::limits::{bits, count};
use dashu_int::IBig;
use dashu_int::ops::{SquareRoot, SquareRootRem};

/// The square root of a number that is not negative.
pub fn isqrt(a: &IBig) -> Result<IBig, Failure> {
    let magnitude = a
        .as_ubig()
        .ok_or(Failure::Negative("number under a root"))?;
    Ok(magnitude.sqrt().into())
}

/// Whether a number is the square of another.
pub fn is_square(a: &IBig) -> bool {
    a.as_ubig()
        .is_some_and(|magnitude| magnitude.sqrt_rem().1.is_zero())
}

/// Root number k >= 1 of a number that is not negative.
pub fn iroot(a: &IBig, k: &IBig) -> Result<IBig, Failure> {
    let magnitude = a
        .as_ubig()
        .ok_or(Failure::Negative("number under a root"))?;
    let degree = count(k, "degree of a root")?;
    if degree == 0 {
        return Err(Failure::Domain(
            "a root needs a degree of at least 1".into(),
        ));
    }
    // From here on the root is 1, or 0 of 0.
    if degree >= bits(a) {
        return Ok(IBig::from(u8::from(!a.is_zero())));
    }
    Ok(magnitude.nth_root(degree as usize).into())
}
