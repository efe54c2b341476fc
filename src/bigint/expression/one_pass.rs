//! Parts of an expression that are polynomials modulo a constant, and so are done in one pass.

use super::tree::{Apply, Node};
use crate::bigint::Operation;
use crate::bigint::polynomial::{Polynomial, Term};
use dashu_int::IBig;

/// The largest exponent that is written out as products.
const MOST_EXPONENT: u8 = 64;

/// A part that is a polynomial, and the same operation by operation for whom has no kernel for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnePass {
    /// Its operands are the expression's.
    pub polynomial: Polynomial,
    /// The part as it was.
    pub plain: Node,
}

impl Node {
    /// The same with the largest parts that are polynomials marked as such.
    pub fn in_one_pass(self) -> Node {
        if let Some(polynomial) = polynomial(&self) {
            return Node::OnePass(Box::new(OnePass {
                polynomial,
                plain: self,
            }));
        }
        match self {
            Node::Apply(apply) => {
                let operands = apply.operands.into_iter().map(Node::in_one_pass).collect();
                Node::Apply(Apply { operands, ..apply })
            }
            leaf => leaf,
        }
    }
}

/// The polynomial that a part is whose last operation takes a residue.
fn polynomial(node: &Node) -> Option<Polynomial> {
    let Node::Apply(apply) = node else {
        return None;
    };
    takes_residue(apply.operation).then_some(())?;
    let mut polynomial = Polynomial::new(number(apply.operands.last()?)?)?;
    let value = term(node, &mut polynomial)?;
    let last = polynomial.terms().get(value)?;
    // Constant terms are values already.
    let computed = !matches!(last, Term::Constant(_)) && value + 1 == polynomial.terms().len();
    computed.then_some(polynomial)
}

fn takes_residue(operation: Operation) -> bool {
    use Operation::{EuclidRem, FloorMod, ModAdd, ModMul, ModPow, ModSub};
    matches!(
        operation,
        EuclidRem | FloorMod | ModAdd | ModSub | ModMul | ModPow
    )
}

fn number(node: &Node) -> Option<IBig> {
    match node {
        Node::Constant(number) => Some(number.get(0).value()),
        _ => None,
    }
}

/// The place of a part's value among the terms; none where it is something else than sums, differences and products.
fn term(node: &Node, polynomial: &mut Polynomial) -> Option<usize> {
    match node {
        Node::Constant(number) => polynomial.constant(&number.get(0).value()),
        Node::Operand(at) => polynomial.term(Term::Operand(*at)),
        Node::Apply(apply) => applied(apply, polynomial),
        Node::OnePass(_) => None,
    }
}

fn applied(apply: &Apply, polynomial: &mut Polynomial) -> Option<usize> {
    use Operation::{
        Add, EuclidRem, FloorMod, ModAdd, ModMul, ModPow, ModSub, Mul, Neg, Pow, Sqr, Sub,
    };
    let other_modulus = |modulus: &Node| number(modulus).as_ref() != Some(polynomial.modulus());
    if takes_residue(apply.operation) && apply.operands.last().is_none_or(other_modulus) {
        return None;
    }
    polynomial.stands_for(apply.operation);
    match (apply.operation, &apply.operands[..]) {
        (Add | ModAdd, [a, b, ..]) => {
            let both = [term(a, polynomial)?, term(b, polynomial)?];
            polynomial.term(Term::Sum(both))
        }
        (Sub | ModSub, [a, b, ..]) => {
            let both = [term(a, polynomial)?, term(b, polynomial)?];
            polynomial.term(Term::Difference(both))
        }
        (Mul | ModMul, [a, b, ..]) => {
            let both = [term(a, polynomial)?, term(b, polynomial)?];
            polynomial.term(Term::Product(both))
        }
        (Neg, [a]) => {
            let both = [polynomial.constant(&IBig::ZERO)?, term(a, polynomial)?];
            polynomial.term(Term::Difference(both))
        }
        (Sqr, [a]) => power(a, 2, polynomial),
        (Pow | ModPow, [a, exponent, ..]) => {
            let exponent = u8::try_from(number(exponent)?).ok()?;
            power(a, exponent, polynomial)
        }
        (FloorMod | EuclidRem, [a, _]) => term(a, polynomial),
        _ => None,
    }
}

/// A power, squared and multiplied from the exponent's highest bit on.
fn power(base: &Node, exponent: u8, polynomial: &mut Polynomial) -> Option<usize> {
    if exponent > MOST_EXPONENT {
        return None;
    }
    let base = term(base, polynomial)?;
    let Some(highest) = exponent.checked_ilog2() else {
        return polynomial.constant(&IBig::ONE);
    };
    let mut value = base;
    for bit in (0..highest).rev() {
        value = polynomial.term(Term::Product([value; 2]))?;
        if exponent >> bit & 1 == 1 {
            value = polynomial.term(Term::Product([value, base]))?;
        }
    }
    Some(value)
}
