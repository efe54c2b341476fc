//! Polynomials in several operands modulo an odd number: what of an expression is done in one pass, since its residue
//! needs no number that is longer than the modulus.

use super::Operation;
use super::scalar::euclidean;
use dashu_int::IBig;
use dashu_int::ops::BitTest;

/// Terms at most. An expression that a person wrote has fewer.
const MOST_TERMS: usize = 128;

/// A term, over terms before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// An operand, by its place.
    Operand(usize),
    /// A residue.
    Constant(IBig),
    /// left + right.
    Sum([usize; 2]),
    /// left - right.
    Difference([usize; 2]),
    /// left x right.
    Product([usize; 2]),
}

/// A polynomial as a list of terms, the last of which is its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polynomial {
    modulus: IBig,
    terms: Vec<Term>,
    operations: Vec<Operation>,
}

impl Polynomial {
    /// One without terms; none for a modulus that is even or less than 3.
    pub fn new(modulus: IBig) -> Option<Polynomial> {
        let fits = modulus > IBig::ONE && modulus.bit(0);
        fits.then(|| Polynomial {
            modulus,
            terms: Vec::new(),
            operations: Vec::new(),
        })
    }

    /// The modulus: odd, at least 3.
    pub fn modulus(&self) -> &IBig {
        &self.modulus
    }

    /// All terms; those that a term is over stand before it.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The operations that it stands for.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Whether its value depends on this operand.
    pub fn names(&self, operand: usize) -> bool {
        self.terms.contains(&Term::Operand(operand))
    }

    /// Notes an operation that its terms stand for.
    pub fn stands_for(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// The place of a number's residue.
    pub fn constant(&mut self, number: &IBig) -> Option<usize> {
        let (_, residue) = euclidean(number, &self.modulus).ok()?;
        self.term(Term::Constant(residue))
    }

    /// The place of a term, which is there once; none where there are too many.
    pub fn term(&mut self, term: Term) -> Option<usize> {
        if let Some(value) = self.value(&term) {
            return self.constant(&value);
        }
        if let Some(at) = self.terms.iter().position(|known| *known == term) {
            return Some(at);
        }
        self.terms.push(term);
        (self.terms.len() <= MOST_TERMS).then(|| self.terms.len() - 1)
    }

    /// The value of a term over constants.
    fn value(&self, term: &Term) -> Option<IBig> {
        let constant = |at: usize| match &self.terms[at] {
            Term::Constant(value) => Some(value),
            _ => None,
        };
        Some(match *term {
            Term::Sum([a, b]) => constant(a)? + constant(b)?,
            Term::Difference([a, b]) => constant(a)? - constant(b)?,
            Term::Product([a, b]) => constant(a)? * constant(b)?,
            Term::Operand(_) | Term::Constant(_) => return None,
        })
    }
}
