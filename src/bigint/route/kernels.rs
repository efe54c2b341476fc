//! What the engine asks of a device.

use crate::Result;
use crate::bigint::polynomial::Polynomial;
use crate::bigint::{Answer, Operation};
use crate::integers::{Array, View};

/// Kernels of a device, seen from here.
pub trait Kernels: Send + Sync {
    /// The device, in the words of `trimaran devices`.
    fn device(&self) -> String;

    /// Computes `length` elements; operands of one number are repeated. No divisor or modulus is zero. Elements that there
    /// is no kernel for (too long, an even modulus) are left to the host's threads, which name one that has no result.
    ///
    /// # Errors
    /// What the device reports.
    fn apply(&self, operation: Operation, operands: &[View], length: usize) -> Result<Answer>;

    /// Joins neighbours of numbers whose count is a power of two, and their results again, as often as there are kernels
    /// for: a smaller power of two is left. None where there is no kernel for it.
    ///
    /// # Errors
    /// What the device reports.
    fn fold(&self, _operation: Operation, _numbers: View) -> Result<Option<Array>> {
        Ok(None)
    }

    /// A polynomial's value for `length` elements, in one pass; operands of one number are repeated. None where there is no
    /// kernel for it.
    ///
    /// # Errors
    /// What the device reports.
    fn polynomial(
        &self,
        _polynomial: &Polynomial,
        _operands: &[View],
        _length: usize,
    ) -> Result<Option<Array>> {
        Ok(None)
    }

    /// As [`Kernels::fold`], neighbours being joined by a polynomial of two operands.
    ///
    /// # Errors
    /// What the device reports.
    fn fold_polynomial(&self, _polynomial: &Polynomial, _numbers: View) -> Result<Option<Array>> {
        Ok(None)
    }
}
