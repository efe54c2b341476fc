//! An expression as a tree of operations on arrays and constants.

use super::one_pass::OnePass;
use super::single;
use crate::bigint::{Operation, scalar};
use crate::integers::Array;
use dashu_int::IBig;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A number of the text, as an array of one.
    Constant(Array),
    /// An array, by its place among the operands.
    Operand(usize),
    /// An operation on other parts.
    Apply(Apply),
    /// A part that is done in one pass where there is a kernel for it.
    OnePass(Box<OnePass>),
}

/// An operation on other parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apply {
    /// The operation.
    pub operation: Operation,
    /// As many parts as it takes.
    pub operands: Vec<Node>,
    /// Characters before it in the text.
    pub column: usize,
    /// Whether it is a modular operation that stands for `%` behind another: the residue then has the modulus's sign,
    /// as that of `%`, and an exponent below zero is none that takes the inverse.
    pub fused: bool,
}

impl Node {
    /// An operation on other parts.
    pub fn apply(operation: Operation, operands: Vec<Node>, column: usize) -> Node {
        Node::Apply(Apply {
            operation,
            operands,
            column,
            fused: false,
        })
    }

    /// Operations on the longest way down.
    pub fn depth(&self) -> usize {
        match self {
            Node::Apply(apply) => 1 + apply.operands.iter().map(Node::depth).max().unwrap_or(0),
            Node::OnePass(part) => part.plain.depth(),
            Node::Constant(_) | Node::Operand(_) => 0,
        }
    }

    /// The same with parts of constants alone as one constant each; those without a value stay, for who evaluates them.
    pub fn folded(self) -> Node {
        let Node::Apply(apply) = self else {
            return self;
        };
        let operands: Vec<Node> = apply.operands.into_iter().map(Node::folded).collect();
        let numbers = operands.iter().map(|operand| match operand {
            Node::Constant(number) => Some(number.get(0).value()),
            _ => None,
        });
        let numbers: Option<Vec<IBig>> = numbers.collect();
        let value = numbers.and_then(|numbers| {
            let numbers: Vec<&IBig> = numbers.iter().collect();
            scalar::apply(apply.operation, &numbers).ok()
        });
        match value {
            Some(value) => Node::Constant(single(&value)),
            None => Node::Apply(Apply { operands, ..apply }),
        }
    }

    /// The same with `(x * y) % m` as one modular operation, and likewise sums, differences and powers: a kernel does it
    /// in one pass, and no number grows larger than it must.
    pub fn fused(self) -> Node {
        let Node::Apply(Apply {
            operation,
            operands,
            column,
            fused,
        }) = self
        else {
            return self;
        };
        let mut operands: Vec<Node> = operands.into_iter().map(Node::fused).collect();
        let modular = match (operation, operands.first()) {
            (Operation::FloorMod, Some(Node::Apply(inner))) => modular(inner.operation),
            _ => None,
        };
        let Some(operation) = modular else {
            return Node::Apply(Apply {
                operation,
                operands,
                column,
                fused,
            });
        };
        if let Node::Apply(inner) = operands.remove(0) {
            operands.splice(0..0, inner.operands);
        }
        Node::Apply(Apply {
            operation,
            operands,
            column,
            fused: true,
        })
    }
}

/// The modular operation that does this one and takes the residue.
fn modular(operation: Operation) -> Option<Operation> {
    match operation {
        Operation::Add => Some(Operation::ModAdd),
        Operation::Sub => Some(Operation::ModSub),
        Operation::Mul => Some(Operation::ModMul),
        Operation::Pow => Some(Operation::ModPow),
        _ => None,
    }
}
