//! The route of polynomials, which kernels alone do in one pass.

use super::{Engine, Work};
use crate::Result;
use crate::bigint::elementwise;
use crate::bigint::polynomial::Polynomial;
use crate::integers::{Array, View};

impl Engine {
    /// A polynomial's value element by element where the route takes kernels and there is one for it; operands of one
    /// number are repeated. It has a value for all numbers.
    ///
    /// # Errors
    /// Lengths that differ; what the device reports.
    pub fn polynomial(&self, polynomial: &Polynomial, operands: &[View]) -> Result<Option<Array>> {
        let length = elementwise::length(operands)?;
        let Some(kernels) = &self.kernels else {
            return Ok(None);
        };
        if !self.wants(Work::Much, operands, length) {
            return Ok(None);
        }
        let values = kernels.polynomial(polynomial, operands, length)?;
        self.count_all(polynomial, values.as_ref().map_or(0, Array::len));
        Ok(values)
    }

    /// Joins neighbours of numbers whose count is a power of two by a polynomial of two operands, as
    /// [`fold`](Engine::fold) does by an operation.
    ///
    /// # Errors
    /// What the device reports.
    pub fn fold_polynomial(&self, polynomial: &Polynomial, numbers: View) -> Result<Option<Array>> {
        let Some(kernels) = &self.kernels else {
            return Ok(None);
        };
        if !self.wants(Work::Much, &[numbers], numbers.len()) {
            return Ok(None);
        }
        let folded = kernels.fold_polynomial(polynomial, numbers)?;
        let joined = folded.as_ref().map_or(0, |left| numbers.len() - left.len());
        self.count_all(polynomial, joined);
        Ok(folded)
    }

    fn count_all(&self, polynomial: &Polynomial, elements: usize) {
        for operation in polynomial.operations() {
            self.count(*operation, "device", None, elements);
        }
    }
}
