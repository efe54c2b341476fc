//! Polynomials modulo a number on the device: elements by elements, and neighbours joined level by level.

use super::Device;
use super::plan::{Pending, Plan};
use crate::Result;
use crate::bigint::polynomial::Polynomial;
use crate::integers::{Array, View};

/// A polynomial's value for `length` elements of whole operands, of which a single number is repeated; none where there is
/// no kernel for numbers of this length.
///
/// # Errors
/// What the device reports.
pub fn values(
    device: &Device,
    polynomial: &Polynomial,
    operands: &[View],
    length: usize,
) -> Result<Option<Array>> {
    let Some(plan) = Plan::new(device.gpu(), polynomial, operands) else {
        return Ok(None);
    };
    let at_once = device.numbers_of(plan.words * (operands.len() + 1));
    let mut all = Array::new();
    let mut waiting: Option<Pending> = None;
    for begin in (0..length).step_by(at_once) {
        let piece = begin..length.min(begin + at_once);
        let operands = operands.iter().map(|operand| match operand.len() {
            1 => *operand,
            _ => operand.slice(piece.clone()),
        });
        let operands: Vec<View> = operands.collect();
        let next = plan.submit(polynomial, &operands, piece.len())?;
        if let Some(done) = waiting.replace(next) {
            all.extend(done.finish()?.view());
        }
    }
    match waiting {
        // The only piece, as a rule.
        Some(last) if all.is_empty() => last.finish().map(Some),
        Some(last) => {
            all.extend(last.finish()?.view());
            Ok(Some(all))
        }
        None => Ok(Some(all)),
    }
}

/// Neighbours of numbers whose count is a power of two joined by a polynomial of a left and a right one, and their results
/// again: a smaller power of two is left. None where there is no kernel for it.
///
/// # Errors
/// What the device reports.
pub fn fold(device: &Device, polynomial: &Polynomial, numbers: View) -> Result<Option<Array>> {
    let Some(plan) = Plan::new(device.gpu(), polynomial, &[numbers; 2]) else {
        return Ok(None);
    };
    let at_once = device.numbers_of(plan.words).min(numbers.len());
    let at_once = 1 << at_once.max(1).ilog2();
    if at_once < 2 {
        return Ok(None);
    }
    let mut results = Array::new();
    for begin in (0..numbers.len()).step_by(at_once) {
        let piece = numbers.slice(begin..begin + at_once);
        results.extend(plan.levels(polynomial, piece)?.view());
    }
    Ok(Some(results))
}
