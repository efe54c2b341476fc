//! Why arrays have no result: the element that is to blame, or all of them.

use super::{Failure, Operation};
use crate::Error;
use std::fmt;

/// Why an operation on arrays has no result.
#[derive(Debug)]
pub enum Refusal {
    /// One element has none.
    Element(Blame),
    /// Operands do not fit together, or the device failed.
    Other(Error),
}

/// An element without a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// Its index; none where elements have been joined with others.
    pub element: Option<u64>,
    /// What was to be done with it.
    pub operation: Operation,
    /// Characters before that in an expression.
    pub column: Option<usize>,
    /// Why it cannot be.
    pub failure: Failure,
}

impl Refusal {
    /// An element without a result.
    pub fn element(element: usize, operation: Operation, failure: Failure) -> Refusal {
        Refusal::Element(Blame {
            element: Some(element as u64),
            operation,
            column: None,
            failure,
        })
    }

    /// The same with the place in an expression.
    pub fn at_column(self, column: usize) -> Refusal {
        self.blaming(|blame| Blame {
            column: Some(column),
            ..blame
        })
    }

    /// The same, seen from an array in which this one begins at element `base`.
    pub fn shifted(self, base: u64) -> Refusal {
        self.blaming(|blame| Blame {
            element: blame.element.map(|element| element + base),
            ..blame
        })
    }

    /// The same where the elements are results of others.
    pub fn joined(self) -> Refusal {
        self.blaming(|blame| Blame {
            element: None,
            ..blame
        })
    }

    fn blaming(self, change: impl FnOnce(Blame) -> Blame) -> Refusal {
        match self {
            Refusal::Element(blame) => Refusal::Element(change(blame)),
            other => other,
        }
    }
}

impl fmt::Display for Blame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(element) = self.element {
            write!(f, "element {element}: ")?;
        }
        write!(f, "{} ({}", self.failure, self.operation)?;
        if let Some(column) = self.column {
            write!(f, ", column {} of the expression", column + 1)?;
        }
        f.write_str(")")
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Other(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        match refusal {
            Refusal::Element(blame) => Error::Item(blame.to_string()),
            Refusal::Other(error) => error,
        }
    }
}
