//! Patterns of atoms and bonds, written as SMARTS, and where they occur in a molecule.
//!
//! What is understood: elements, `a`, `A`, `*`, `#n`, `D`, `X`, `H`, `v`, `R`, `r`, charges, `$(...)`, the signs
//! `! & , ;`, all bonds but directed ones, branches and ring closures. Hydrogens are atoms of the molecule.

mod atom_test;
mod bond_test;
mod cursor;
mod parse;
mod search;

use atom_test::AtomTest;
use bond_test::BondTest;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Tests of its atoms, in the order of the text.
    atoms: Vec<AtomTest>,
    /// For each atom but the first, its bonds to earlier ones: their indices and the tests.
    bonds: Vec<Vec<(usize, BondTest)>>,
}

/// SMARTS that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("SMARTS `{text}`, character {place}: {what}")]
pub struct PatternError {
    /// The text.
    pub text: String,
    /// Where in it, from 1.
    pub place: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl Pattern {
    /// Number of atoms.
    pub fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Whether it has no atoms; none that was read is so.
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }
}

#[cfg(test)]
mod tests;
