//! Expressions over arrays, such as `(a * b + c) % m`: text to a tree, and a tree to an array.
//!
//! Operators, from the loosest to the tightest, with Python's meaning: `|`, `^`, `&`, `<<` `>>`, `+` `-`, `*` `//` `%`,
//! unary `-` `+` `~`, and `**`, which groups to the right. Functions are the operations by name, and `powmod(a, e, m)`,
//! `mulmod`, `addmod`, `submod` and `invmod(a, m)`; gcd, lcm, min and max take two numbers or more.

mod evaluate;
mod functions;
mod lexer;
mod one_pass;
mod parser;
mod tree;

use super::reduction::Combine;
use super::{Engine, Refusal, elementwise};
use crate::integers::{Array, View};
use crate::{Error, Result};
use dashu_int::IBig;
use tree::Node;

/// What the names of an expression stand for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    operands: Vec<String>,
    constants: Vec<(String, Array)>,
}

impl Names {
    /// Names of the arrays, in the order in which they are given to [`Expression::evaluate`].
    pub fn new<S: Into<String>>(operands: impl IntoIterator<Item = S>) -> Names {
        Names {
            operands: operands.into_iter().map(Into::into).collect(),
            constants: Vec::new(),
        }
    }

    /// Adds a constant from text such as `m=2**61-1`; constants before it may be named.
    ///
    /// # Errors
    /// [`Error::Usage`] where it is no name and value, or the name stands for something else already.
    pub fn define(&mut self, text: &str, engine: &Engine) -> Result<()> {
        let expected = || {
            Error::Usage(format!(
                "`{text}` is no constant: write NAME=VALUE, such as m=2**61-1"
            ))
        };
        let (name, value) = text.split_once('=').ok_or_else(expected)?;
        let name = name.trim();
        if !lexer::is_name(name) {
            return Err(expected());
        }
        if self.find(name).is_some() || functions::function(name).is_some() {
            return Err(Error::Usage(format!(
                "`{name}` stands for something else already"
            )));
        }
        let known = Names {
            operands: Vec::new(),
            constants: self.constants.clone(),
        };
        let value = Expression::parse(value, &known)?.evaluate(&[], engine)?;
        self.constants.push((name.to_owned(), value));
        Ok(())
    }

    /// What a name stands for.
    fn find(&self, name: &str) -> Option<Node> {
        if let Some(at) = self.operands.iter().position(|operand| operand == name) {
            return Some(Node::Operand(at));
        }
        let constant = self.constants.iter().find(|(constant, _)| constant == name);
        constant.map(|(_, value)| Node::Constant(value.clone()))
    }

    /// All names, as a message lists them.
    fn list(&self) -> String {
        let constants = self.constants.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = self
            .operands
            .iter()
            .map(String::as_str)
            .chain(constants)
            .collect();
        names.join(" ")
    }
}

/// An expression whose names and functions are known.
#[derive(Clone, Debug)]
pub struct Expression {
    tree: Node,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`Error::Usage`] with the text, the column and a caret under it.
    pub fn parse(text: &str, names: &Names) -> Result<Expression> {
        let tree = parser::parse(text, names).map_err(|wrong| wrong.in_text(text))?;
        let tree = tree.folded().fused().in_one_pass();
        Ok(Expression { tree })
    }

    /// Its value for every element of arrays of one length; those of one number are repeated, and without arrays there
    /// is one value.
    ///
    /// # Errors
    /// [`Refusal`]: the element that has no result, with the operation and its column; lengths that differ.
    pub fn evaluate(
        &self,
        operands: &[View],
        engine: &Engine,
    ) -> std::result::Result<Array, Refusal> {
        let length = elementwise::length(operands)?;
        let value = evaluate::value(&self.tree, operands, engine)?.into_array();
        Ok(if value.len() == length {
            value
        } else {
            repeated(&value, length)
        })
    }
}

/// Neighbours are joined by an expression of two arrays, the left one and the right one.
#[derive(Debug)]
pub struct Joined<'a> {
    /// Who does it.
    pub engine: &'a Engine,
    /// What is done.
    pub expression: &'a Expression,
}

impl Combine for Joined<'_> {
    fn pairs(&self, left: View, right: View) -> std::result::Result<Array, Refusal> {
        let result = self.expression.evaluate(&[left, right], self.engine);
        result.map_err(Refusal::joined)
    }

    fn levels(&self, numbers: View) -> std::result::Result<Option<Array>, Refusal> {
        Ok(match &self.expression.tree {
            Node::OnePass(part) => self.engine.fold_polynomial(&part.polynomial, numbers)?,
            _ => None,
        })
    }
}

/// The value of an expression that names none of the longer arrays, once for each element.
fn repeated(value: &Array, length: usize) -> Array {
    let mut all = Array::with_capacity(length, length * value.limbs().len());
    (0..length).for_each(|_| all.extend(value.view()));
    all
}

/// What is wrong with a text, and where.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    /// Characters before the place.
    column: usize,
    what: String,
}

impl Wrong {
    fn new(column: usize, what: impl Into<String>) -> Wrong {
        Wrong {
            column,
            what: what.into(),
        }
    }

    fn in_text(self, text: &str) -> Error {
        let Wrong { column, what } = self;
        // Tabs and line ends would put the caret elsewhere.
        let line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let caret = " ".repeat(column);
        Error::Usage(format!(
            "expression, column {}: {what}\n  {line}\n  {caret}^",
            column + 1
        ))
    }
}

/// An array of one number.
fn single(value: &IBig) -> Array {
    [value].into_iter().collect()
}

#[cfg(test)]
mod tests;
