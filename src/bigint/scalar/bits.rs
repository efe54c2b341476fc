//! Shifts and counts of bits.

use crate::bigint::limits::{bits, check, count};
use crate::bigint::{Failure, Operation};
use dashu_int::IBig;

/// a * 2^b for b >= 0.
pub fn shift_left(a: &IBig, b: &IBig) -> Result<IBig, Failure> {
    let places = count(b, "shift")?;
    if a.is_zero() {
        return Ok(IBig::ZERO);
    }
    check(Operation::Shl, u128::from(bits(a)) + u128::from(places))?;
    Ok(a << places as usize)
}

/// a / 2^b for b >= 0, rounded down.
pub fn shift_right(a: &IBig, b: &IBig) -> Result<IBig, Failure> {
    let places = count(b, "shift")?;
    if places >= bits(a) {
        return Ok(if *a < IBig::ZERO {
            IBig::NEG_ONE
        } else {
            IBig::ZERO
        });
    }
    Ok(a >> places as usize)
}

/// Ones among the bits of a number that is not negative.
pub fn popcount(a: &IBig) -> Result<IBig, Failure> {
    match a.as_ubig() {
        Some(magnitude) => Ok(magnitude.count_ones().into()),
        None => Err(Failure::Negative("number has ones without end")),
    }
}
