//! Every operation on single numbers, as the conventions of [`super`] define it: small cases, and what has no kernel.

mod bits;
mod divide;
mod modular;
mod multiply;
mod prime;
mod roots;

pub use divide::{crt, euclidean, extended_gcd, floored, truncated};

use super::{Failure, Operation};
use dashu_int::IBig;
use std::cmp::Ordering;

/// Applies an operation to as many numbers as it takes.
///
/// # Errors
/// [`Failure`] where the numbers have no result, or one beyond [`super::limits`].
pub fn apply(operation: Operation, operands: &[&IBig]) -> Result<IBig, Failure> {
    match *operands {
        [a] => unary(operation, a),
        [a, b] => binary(operation, a, b),
        [a, b, m] => modular::ternary(operation, a, b, m),
        _ => None,
    }
    .unwrap_or_else(|| Err(takes(operation, operands.len())))
}

fn takes(operation: Operation, given: usize) -> Failure {
    let takes = operation.operands();
    Failure::Domain(format!("{operation} takes {takes} numbers, not {given}"))
}

/// None where the operation does not take one number.
fn unary(operation: Operation, a: &IBig) -> Option<Result<IBig, Failure>> {
    Some(match operation {
        Operation::Sqr => multiply::product(operation, a, a),
        Operation::Neg => Ok(-a),
        Operation::Abs => Ok(if *a < IBig::ZERO { -a } else { a.clone() }),
        Operation::Sign => Ok(order(a.cmp(&IBig::ZERO))),
        Operation::Not => Ok(!a.clone()),
        Operation::Popcount => bits::popcount(a),
        Operation::Bitlen => Ok(super::limits::bits(a).into()),
        Operation::Isqrt => roots::isqrt(a),
        Operation::IsSquare => Ok(roots::is_square(a).into()),
        Operation::IsPrime => Ok(prime::is_prime(a).into()),
        _ => return None,
    })
}

/// None where the operation does not take two numbers.
fn binary(operation: Operation, a: &IBig, b: &IBig) -> Option<Result<IBig, Failure>> {
    Some(match operation {
        Operation::Add => Ok(a + b),
        Operation::Sub => Ok(a - b),
        Operation::Mul => multiply::product(operation, a, b),
        Operation::Cmp => Ok(order(a.cmp(b))),
        Operation::Min => Ok(a.min(b).clone()),
        Operation::Max => Ok(a.max(b).clone()),
        Operation::And => Ok(a & b),
        Operation::Or => Ok(a | b),
        Operation::Xor => Ok(a ^ b),
        Operation::Shl => bits::shift_left(a, b),
        Operation::Shr => bits::shift_right(a, b),
        Operation::FloorDiv => floored(a, b).map(|(quotient, _)| quotient),
        Operation::FloorMod => floored(a, b).map(|(_, rest)| rest),
        Operation::TruncDiv => truncated(a, b).map(|(quotient, _)| quotient),
        Operation::TruncRem => truncated(a, b).map(|(_, rest)| rest),
        Operation::EuclidDiv => euclidean(a, b).map(|(quotient, _)| quotient),
        Operation::EuclidRem => euclidean(a, b).map(|(_, rest)| rest),
        Operation::ModInv => modular::inverse(a, b),
        Operation::Gcd => Ok(divide::gcd(a, b)),
        Operation::Lcm => divide::lcm(a, b),
        Operation::Iroot => roots::iroot(a, b),
        Operation::Pow => multiply::power(a, b),
        Operation::Jacobi => modular::jacobi(a, b),
        _ => return None,
    })
}

/// Whether an operation divides by its last operand, which must not be zero.
pub fn divides(operation: Operation) -> bool {
    use Operation::*;
    matches!(
        operation,
        FloorDiv
            | FloorMod
            | TruncDiv
            | TruncRem
            | EuclidDiv
            | EuclidRem
            | ModAdd
            | ModSub
            | ModMul
            | ModPow
            | ModInv
    )
}

fn order(order: Ordering) -> IBig {
    IBig::from(order as i8)
}
