//! How large a number may become: checked before the memory is asked for.

use super::{Failure, Operation};
use dashu_int::IBig;
use dashu_int::ops::BitTest;

/// Bits that a number may have: 2 GiB of limbs. Larger results are refused before anything is allocated.
pub const MAX_BITS: u64 = 1 << 34;

/// Bits of a magnitude.
pub(super) fn bits(number: &IBig) -> u64 {
    number.bit_len() as u64
}

/// Lets a result of so many bits pass.
///
/// # Errors
/// [`Failure::TooLarge`], which names the operation and the size.
pub(super) fn check(operation: Operation, bits: u128) -> Result<(), Failure> {
    if bits <= u128::from(MAX_BITS) {
        return Ok(());
    }
    Err(Failure::TooLarge(format!(
        "the result of {} would have {bits} bits; a number may have {MAX_BITS} (2 GiB)",
        operation.name(),
    )))
}

/// An exponent, shift or index as a machine's number, where larger ones are beyond all limits anyhow.
///
/// # Errors
/// [`Failure::Negative`] below zero.
pub(super) fn count(number: &IBig, what: &'static str) -> Result<u64, Failure> {
    if *number < IBig::ZERO {
        return Err(Failure::Negative(what));
    }
    Ok(u64::try_from(number).unwrap_or(u64::MAX))
}
