//! Functions of expressions: the operations by name, and how many numbers they take.

use super::Wrong;
use super::parser::DEEPEST;
use super::tree::Node;
use crate::bigint::Operation;

/// Functions that go by another name than their operation.
const OTHER_NAMES: [(&str, Operation); 5] = [
    ("powmod", Operation::ModPow),
    ("mulmod", Operation::ModMul),
    ("addmod", Operation::ModAdd),
    ("submod", Operation::ModSub),
    ("invmod", Operation::ModInv),
];

/// The operation of a function.
pub fn function(name: &str) -> Option<Operation> {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    other
        .map(|(_, operation)| *operation)
        .or_else(|| Operation::named(name))
}

/// A call with as many operands as the function takes; those of gcd, lcm, min and max may be more than two.
pub fn call(
    name: &str,
    operation: Operation,
    operands: Vec<Node>,
    column: usize,
) -> Result<Node, Wrong> {
    let (takes, given) = (operation.operands(), operands.len());
    let many = matches!(
        operation,
        Operation::Gcd | Operation::Lcm | Operation::Min | Operation::Max
    );
    if given != takes && !(many && given > takes) {
        return Err(Wrong::new(
            column,
            format!("`{name}` takes {takes} numbers, not {given}"),
        ));
    }
    if given == takes {
        return Ok(Node::apply(operation, operands, column));
    }
    let joined = operands
        .into_iter()
        .reduce(|left, right| Node::apply(operation, vec![left, right], column));
    let shallow = joined.filter(|node| node.depth() <= DEEPEST);
    shallow.ok_or_else(|| Wrong::new(column, format!("`{name}` takes {DEEPEST} numbers at most")))
}
