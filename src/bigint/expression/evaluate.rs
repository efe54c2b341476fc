//! A tree to its value, operation by operation on whole arrays.

use super::tree::{Apply, Node};
use crate::bigint::{Engine, Failure, Operation, Refusal};
use crate::integers::{Array, View};

/// An array that is lent, or one that was made.
pub enum Value<'a> {
    Lent(View<'a>),
    Made(Array),
}

impl Value<'_> {
    fn view(&self) -> View<'_> {
        match self {
            Value::Lent(view) => *view,
            Value::Made(array) => array.view(),
        }
    }

    /// The array, copied only where it was lent.
    pub fn into_array(self) -> Array {
        match self {
            Value::Lent(view) => view.to_array(),
            Value::Made(array) => array,
        }
    }
}

/// The value of a part.
pub fn value<'a>(
    node: &'a Node,
    operands: &[View<'a>],
    engine: &Engine,
) -> Result<Value<'a>, Refusal> {
    match node {
        Node::Constant(number) => Ok(Value::Lent(number.view())),
        Node::Operand(at) => Ok(Value::Lent(operands[*at])),
        Node::Apply(apply) => applied(apply, operands, engine).map(Value::Made),
        Node::OnePass(part) => match engine.polynomial(&part.polynomial, operands)? {
            Some(values) => Ok(Value::Made(values)),
            None => value(&part.plain, operands, engine),
        },
    }
}

fn applied(apply: &Apply, operands: &[View], engine: &Engine) -> Result<Array, Refusal> {
    let values = apply
        .operands
        .iter()
        .map(|part| value(part, operands, engine));
    let values = values.collect::<Result<Vec<Value>, Refusal>>()?;
    let views: Vec<View> = values.iter().map(Value::view).collect();
    let result = if apply.fused {
        residue(apply.operation, &views, engine)
    } else {
        engine.apply(apply.operation, &views)
    };
    result.map_err(|refusal| refusal.at_column(apply.column))
}

/// A modular operation that stands for `%`: its residue has the sign of the modulus.
fn residue(operation: Operation, operands: &[View], engine: &Engine) -> Result<Array, Refusal> {
    if operation == Operation::ModPow
        && let Some(element) = operands[1].iter().position(|exponent| exponent.negative)
    {
        let failure = Failure::Negative("exponent; powmod(a, e, m) takes the inverse");
        return Err(Refusal::element(element, Operation::Pow, failure));
    }
    let residues = engine.apply(operation, operands)?;
    let Some(moduli) = operands
        .last()
        .filter(|moduli| moduli.iter().any(|modulus| modulus.negative))
    else {
        return Ok(residues);
    };
    engine.apply(Operation::FloorMod, &[residues.view(), *moduli])
}
