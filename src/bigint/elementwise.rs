//! An operation on whole arrays by the host's threads, with single numbers repeated.

use super::{Failure, Operation, magnitude, scalar};
use crate::integers::{Array, View};
use crate::{Error, Result};
use dashu_int::IBig;
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;

/// Numbers that a thread takes at a time at most.
const PIECE: usize = 1024;

/// Pieces that each thread should get, so that those with long numbers even out.
const PIECES_A_THREAD: usize = 8;

/// How many results operands have: their common length, where those of length 1 are repeated.
///
/// # Errors
/// [`Error::Usage`] where two lengths differ.
pub fn length(operands: &[View]) -> Result<usize> {
    let length = operands
        .iter()
        .map(View::len)
        .find(|length| *length != 1)
        .unwrap_or(1);
    match operands
        .iter()
        .map(View::len)
        .find(|other| ![1, length].contains(other))
    {
        Some(other) => Err(Error::Usage(format!(
            "arrays of {length} and {other} numbers: lengths must be equal, or 1 for a number that is repeated"
        ))),
        None => Ok(length),
    }
}

/// Applies `operation` to every element of operands whose common length is `length`.
///
/// # Errors
/// The first element that has no result, and why.
pub fn apply(
    operation: Operation,
    operands: &[View],
    length: usize,
) -> std::result::Result<Array, (usize, Failure)> {
    let piece = length
        .div_ceil(PIECES_A_THREAD * rayon::current_num_threads())
        .clamp(1, PIECE);
    let starts: Vec<usize> = (0..length).step_by(piece).collect();
    let run = |start: &usize| part(operation, operands, *start, length.min(start + piece));
    let parts: Vec<_> = starts.par_iter().map(run).collect();
    let mut whole = Array::new();
    for part in parts {
        whole.extend(part?.view());
    }
    Ok(whole)
}

/// Elements `start..end`.
fn part(
    operation: Operation,
    operands: &[View],
    start: usize,
    end: usize,
) -> std::result::Result<Array, (usize, Failure)> {
    let mut out = Array::with_capacity(end - start, 0);
    if by_limbs(operation, operands, start..end, &mut out) {
        return Ok(out);
    }
    let repeated: Vec<Option<IBig>> = operands
        .iter()
        .map(|o| (o.len() == 1).then(|| o.get(0).value()))
        .collect();
    for at in start..end {
        let values = operands
            .iter()
            .zip(&repeated)
            .map(|(operand, repeated)| match repeated {
                Some(value) => Cow::Borrowed(value),
                None => Cow::Owned(operand.get(at).value()),
            });
        let values: Vec<Cow<IBig>> = values.collect();
        let values: Vec<&IBig> = values.iter().map(Cow::as_ref).collect();
        out.push_value(&scalar::apply(operation, &values).map_err(|failure| (at, failure))?);
    }
    Ok(out)
}

/// Does an operation that needs no number of its own for each operand; false where it is none of these.
fn by_limbs(operation: Operation, operands: &[View], range: Range<usize>, out: &mut Array) -> bool {
    let number = |operand: usize, at: usize| {
        let view = operands[operand];
        view.get(if view.len() == 1 { 0 } else { at })
    };
    match operation {
        Operation::Add | Operation::Sub => {
            let subtract = operation == Operation::Sub;
            range.for_each(|at| magnitude::push_sum(out, number(0, at), number(1, at), subtract));
        }
        Operation::Neg | Operation::Abs => range.for_each(|at| {
            let a = number(0, at);
            out.push(operation == Operation::Neg && !a.negative, a.limbs);
        }),
        Operation::Min | Operation::Max => range.for_each(|at| {
            let (a, b) = (number(0, at), number(1, at));
            let taken = if (a < b) == (operation == Operation::Min) {
                a
            } else {
                b
            };
            out.push(taken.negative, taken.limbs);
        }),
        _ => return false,
    }
    true
}
