//! Products and powers, refused where they would outgrow the limits.

use crate::bigint::limits::{bits, check, count};
use crate::bigint::{Failure, Operation};
use dashu_int::IBig;

/// a * b, under the name of the operation that asks for it.
pub fn product(operation: Operation, a: &IBig, b: &IBig) -> Result<IBig, Failure> {
    check(operation, u128::from(bits(a)) + u128::from(bits(b)))?;
    Ok(if std::ptr::eq(a, b) {
        a.sqr().into()
    } else {
        a * b
    })
}

/// a^k for k >= 0; 0^0 = 1.
pub fn power(a: &IBig, k: &IBig) -> Result<IBig, Failure> {
    let exponent = count(k, "exponent")?;
    if bits(a) <= 1 {
        // 0, 1 and -1 stay small whatever the exponent: its lowest bit decides.
        return Ok(a.pow(match exponent {
            0 => 0,
            _ => 2 - usize::from(k.trailing_zeros() == Some(0)),
        }));
    }
    check(
        Operation::Pow,
        u128::from(bits(a) - 1) * u128::from(exponent) + 1,
    )?;
    Ok(a.pow(exponent as usize))
}
