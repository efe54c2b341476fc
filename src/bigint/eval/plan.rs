//! Cases that are nothing but operations on their numbers, so that equal ones can be done together.

use super::answer::text;
use super::case::Case;
use crate::bigint::scalar::apply;
use crate::bigint::{Failure, Operation};
use dashu_int::IBig;
use serde_json::Value;

/// Operations on the same numbers; the answer is their one result, or the list of them.
pub struct Plan {
    pub operations: Vec<Operation>,
    pub operands: Vec<IBig>,
}

impl Plan {
    /// The result, by this thread.
    ///
    /// # Errors
    /// That of the first operation that has none.
    pub fn answer(&self) -> Result<Value, Failure> {
        let operands: Vec<&IBig> = self.operands.iter().collect();
        let results = self
            .operations
            .iter()
            .map(|operation| Ok(text(&apply(*operation, &operands)?)));
        Ok(joined(results.collect::<Result<Vec<Value>, Failure>>()?))
    }
}

/// One result as it is, several as a list.
pub fn joined(mut results: Vec<Value>) -> Value {
    match results.len() {
        1 => results.remove(0),
        _ => Value::Array(results),
    }
}

/// The plan of a case; none for one of another kind.
///
/// # Errors
/// Which number is missing, or no integer.
pub fn plan(name: &str, case: &Case) -> Result<Option<Plan>, String> {
    let operations = match name {
        "fdivrem" => vec![Operation::FloorDiv, Operation::FloorMod],
        "tdivrem" => vec![Operation::TruncDiv, Operation::TruncRem],
        "edivrem" => vec![Operation::EuclidDiv, Operation::EuclidRem],
        // These are reductions of a list in cases.
        "min" | "max" => return Ok(None),
        _ => match Operation::named(name) {
            Some(operation) => vec![operation],
            None => return Ok(None),
        },
    };
    let plain: [&[&str]; 3] = [&["a"], &["b"], &["m"]];
    let names: &[&[&str]] = match name {
        "shl" | "shr" | "iroot" | "pow" => &[&["a"], &["k", "b", "n"]],
        "modinv" => &[&["a"], &["m"]],
        _ => &plain[..operations[0].operands()],
    };
    let operands = names
        .iter()
        .map(|names| case.number_of(names))
        .collect::<Result<Vec<IBig>, String>>()?;
    Ok(Some(Plan {
        operations,
        operands,
    }))
}
