//! Why an operation has no result for the numbers it got.

use std::fmt;

/// What is wrong with the operands of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A divisor or a modulus is zero.
    DivisionByZero,
    /// An inverse was asked for, and the number and the modulus have a common factor.
    NotInvertible,
    /// An operand is below zero where that has no meaning; the word says which.
    Negative(&'static str),
    /// An operand is outside the domain otherwise: a sentence says how.
    Domain(String),
    /// A reduction without a neutral element got no numbers.
    Empty,
    /// The result would be larger than a number may be: operation and size.
    TooLarge(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::DivisionByZero => f.write_str("division by zero"),
            Failure::NotInvertible => f.write_str("not invertible"),
            Failure::Negative(what) => write!(f, "negative {what}"),
            Failure::Empty => f.write_str("empty: there is no number to begin with"),
            Failure::Domain(what) | Failure::TooLarge(what) => f.write_str(what),
        }
    }
}
