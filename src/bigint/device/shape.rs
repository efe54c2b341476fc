//! Which way an element takes on a device, and how long its numbers are to a power of two: elements of a shape go together.

use crate::bigint::Operation;
use crate::integers::Integer;
use crate::kernels::bigint::multiply::SIZES;
use crate::kernels::bigint::operands::MOST_WORDS;

/// Words of the longest numbers that kernels with limbs in registers take.
pub const REGISTERS: usize = SIZES[SIZES.len() - 1];

/// Words of a product's or a dividend's operands. Longer ones are better off with the host's faster methods.
const MOST_FACTOR_WORDS: usize = 1 << 11;

/// Words of numbers whose common divisors are looked for: work grows with the square, dispatches with the length.
const MOST_DIVISOR_WORDS: usize = 1 << 8;

/// Words of an exponent.
const MOST_EXPONENT_WORDS: usize = 1 << 8;

/// Kernels in a row that do an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A sum or a difference.
    Sum,
    /// Which of two is the greater one.
    Order,
    /// The lesser or the greater one.
    Extreme,
    /// A product within registers.
    Product,
    /// A product by columns.
    LongProduct,
    /// A quotient or a rest.
    Division,
    /// A common divisor.
    Divisor,
    /// A sum or a difference, then its rest.
    SumRest,
    /// A product within registers, then its rest.
    ProductRest,
    /// A product by columns, then its rest.
    LongProductRest,
    /// A product of residues in Montgomery's form.
    Montgomery,
    /// A power in Montgomery's form.
    Power,
}

/// What elements that go together have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    /// Their kernels.
    pub way: Way,
    /// Their operands' words, to a power of two; 0 where another operand's say it.
    pub words: [usize; 3],
}

/// Why an element is left to the host's threads.
pub type Reason = &'static str;

/// No kernel does the operation.
pub const NO_KERNEL: Reason = "no kernel";
const TOO_LONG: Reason = "too long for the kernel";
const EVEN: Reason = "even modulus";
const ONE: Reason = "modulus of one";
const NEGATIVE: Reason = "negative exponent";

/// The shape of an element with these operands; `one_modulus` says that they all share theirs.
///
/// # Errors
/// Why the host does it.
pub fn shape(
    operation: Operation,
    operands: &[Integer],
    one_modulus: bool,
) -> Result<Shape, Reason> {
    use Operation::*;
    match (operation, operands) {
        (Add | Sub, [a, b]) => linear(Way::Sum, *a, *b, MOST_WORDS),
        (Cmp, [a, b]) => linear(Way::Order, *a, *b, MOST_WORDS),
        (Min | Max, [a, b]) => linear(Way::Extreme, *a, *b, MOST_WORDS),
        (Gcd, [a, b]) => linear(Way::Divisor, *a, *b, MOST_DIVISOR_WORDS),
        (Mul, [a, b]) => product(*a, *b),
        (Sqr, [a]) => product(*a, *a),
        (FloorDiv | FloorMod | TruncDiv | TruncRem | EuclidDiv | EuclidRem, [a, b]) => {
            division(Way::Division, [words(*a), 0], *b)
        }
        (ModAdd | ModSub, [a, b, m]) => division(Way::SumRest, [words(*a).max(words(*b)), 0], *m),
        (ModMul, [a, b, m]) => modular_product(*a, *b, *m, one_modulus),
        (ModPow, [_, exponent, m]) => power(*exponent, *m),
        _ => Err(NO_KERNEL),
    }
}

fn words(number: Integer) -> usize {
    number.limbs.len()
}

/// To a power of two, at least 1.
fn class(words: usize) -> usize {
    words.next_power_of_two()
}

fn linear(way: Way, a: Integer, b: Integer, most: usize) -> Result<Shape, Reason> {
    let longest = words(a).max(words(b));
    if longest > most {
        return Err(TOO_LONG);
    }
    let words = [class(longest), 0, 0];
    Ok(Shape { way, words })
}

fn product(a: Integer, b: Integer) -> Result<Shape, Reason> {
    let (longest, shortest) = (words(a).max(words(b)), words(a).min(words(b)));
    if longest <= REGISTERS {
        let words = [class(longest), 0, 0];
        let way = Way::Product;
        return Ok(Shape { way, words });
    }
    if longest > MOST_WORDS || shortest > MOST_FACTOR_WORDS {
        return Err(TOO_LONG);
    }
    let words = [class(words(a)), class(words(b)), 0];
    let way = Way::LongProduct;
    Ok(Shape { way, words })
}

fn division(way: Way, [a, b]: [usize; 2], divisor: Integer) -> Result<Shape, Reason> {
    if a + b > 2 * MOST_FACTOR_WORDS || words(divisor) > MOST_FACTOR_WORDS {
        return Err(TOO_LONG);
    }
    let left = if b == 0 { a.max(words(divisor)) } else { a };
    let words = [
        class(left),
        if b == 0 { 0 } else { class(b) },
        class(words(divisor)),
    ];
    Ok(Shape { way, words })
}

fn modular_product(
    a: Integer,
    b: Integer,
    modulus: Integer,
    one_modulus: bool,
) -> Result<Shape, Reason> {
    let odd = modulus.limbs.first().is_some_and(|limb| limb % 2 == 1);
    let fits = one_modulus && odd && words(modulus) <= REGISTERS;
    if fits && is_residue(a, modulus) && is_residue(b, modulus) {
        let words = [0, 0, class(words(modulus))];
        let way = Way::Montgomery;
        return Ok(Shape { way, words });
    }
    let of_product = product(a, b)?;
    let half = words(modulus).div_ceil(2);
    match of_product.way {
        Way::Product if half <= REGISTERS => {
            let longest = words(a).max(words(b)).max(half);
            division(Way::ProductRest, [class(longest), 0], modulus)
        }
        _ => division(
            Way::LongProductRest,
            [words(a).max(1), words(b).max(1)],
            modulus,
        ),
    }
}

fn power(exponent: Integer, modulus: Integer) -> Result<Shape, Reason> {
    if modulus.limbs.first().is_none_or(|limb| limb % 2 == 0) {
        return Err(EVEN);
    }
    if exponent.negative {
        return Err(NEGATIVE);
    }
    if modulus.limbs == [1] {
        return Err(ONE);
    }
    if words(modulus) > REGISTERS || words(exponent) > MOST_EXPONENT_WORDS {
        return Err(TOO_LONG);
    }
    let words = [0, class(words(exponent)), class(words(modulus))];
    let way = Way::Power;
    Ok(Shape { way, words })
}

/// Whether a number is in 0..|modulus|.
pub fn is_residue(number: Integer, modulus: Integer) -> bool {
    let magnitude = Integer {
        negative: false,
        limbs: modulus.limbs,
    };
    !number.negative && number < magnitude
}
