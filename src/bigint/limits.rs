//! How large a number may become: checked before the memory is asked for.

use super::{Failure, Operation};
use crate::integers::View;
use dashu_int::IBig;
use dashu_int::ops::BitTest;

/// Bits that a number may have: 2 GiB of limbs. Larger results are refused before anything is allocated.
pub const MAX_BITS: u64 = 1 << 34;

/// Bits that the results of one operation on an array, or on a chunk of a file, may have: 8 GiB.
pub const MAX_ARRAY_BITS: u64 = 1 << 36;

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

/// Lets an operation whose results may be far larger than its operands begin on whole arrays.
///
/// # Errors
/// [`Failure::TooLarge`] where all results together would be larger than [`MAX_ARRAY_BITS`].
pub(super) fn check_array(
    operation: Operation,
    operands: &[View],
    length: usize,
) -> Result<(), Failure> {
    if !matches!(operation, Operation::Pow | Operation::Shl) {
        return Ok(());
    }
    let number = |operand: usize, at| {
        let view: View = operands[operand];
        view.get(if view.len() == 1 { 0 } else { at })
    };
    let result = |at| {
        let (base, exponent) = (number(0, at), number(1, at));
        let exponent = match exponent.limbs {
            [] => 0,
            [low] => u128::from(*low),
            _ => u128::from(MAX_BITS),
        };
        match operation {
            Operation::Pow => u128::from(base.bits().saturating_sub(1)) * exponent,
            _ if base.is_zero() => 0,
            _ => u128::from(base.bits()) + exponent,
        }
    };
    let bits: u128 = (0..length).map(result).sum();
    // A single number is told its own limit, by name.
    if length == 1 || bits <= u128::from(MAX_ARRAY_BITS) {
        return Ok(());
    }
    Err(Failure::TooLarge(format!(
        "{length} results of {operation} would have {bits} bits in all; there is room for {MAX_ARRAY_BITS} (8 GiB)"
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
