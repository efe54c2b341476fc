//! The answer to a case that is more than operations on its numbers: lists, factors, texts, elements of fields.

use super::case::Case;
use crate::bigint::galois::Field;
use crate::bigint::reduction::{Reduction, Tree, reduce};
use crate::bigint::scalar::{crt, extended_gcd};
use crate::bigint::{Engine, Failure, Operation, Refusal};
use crate::integers::{Array, Integer, View, write_hexadecimal};
use dashu_int::IBig;
use serde_json::{Value, json};

/// Operations on matrices and polynomials, which are known by name alone so far.
const NOT_YET: [&str; 19] = [
    "matmul",
    "matmul_mod",
    "matadd",
    "matsub",
    "matpow",
    "det",
    "rank",
    "solve",
    "charpoly",
    "snf",
    "hnf",
    "det_mod",
    "inv_mod",
    "rank_mod",
    "polymul",
    "polyeval",
    "polymul_mod",
    "polydivrem_mod",
    "polygcd_mod",
];

/// Why there is no result.
pub enum Trouble {
    /// The numbers have none.
    Failure(Failure),
    /// The line is no case.
    Line(String),
    /// The operation is known and not there yet.
    Unsupported,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Failure(failure)
    }
}

impl From<String> for Trouble {
    fn from(what: String) -> Trouble {
        Trouble::Line(what)
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        match refusal {
            Refusal::Element(blame) => Trouble::Failure(blame.failure),
            Refusal::Other(error) => Trouble::Line(error.to_string()),
        }
    }
}

/// The result of a case that is no plan: of a list, or with several numbers.
///
/// # Errors
/// [`Trouble`]: no operation of that name, numbers that are missing or are none, or that have no result.
pub fn answer(case: &Case, engine: &Engine) -> Result<Value, Trouble> {
    let name = case.operation()?;
    if let Some(reduction) = reduction(name) {
        return Ok(text(&reduce(reduction, case.array("a")?.view(), engine)?));
    }
    match name {
        "vadd" => elementwise(Operation::Add, case, engine).map(|sums| list(&sums)),
        "vsub" => elementwise(Operation::Sub, case, engine).map(|differences| list(&differences)),
        "vmul" => elementwise(Operation::Mul, case, engine).map(|products| list(&products)),
        "dot" => {
            let products = elementwise(Operation::Mul, case, engine)?;
            Ok(text(&reduce(Reduction::Sum, products.view(), engine)?))
        }
        "custom_reduce" => custom(case, engine),
        "xgcd" => {
            let (g, s, t) = extended_gcd(&case.number("a")?, &case.number("b")?);
            Ok(json!([text(&g), text(&s), text(&t)]))
        }
        "crt" => Ok(text(&crt(&case.numbers("a")?, &case.numbers("m")?)?)),
        "to_dec" => Ok(case.number("a")?.to_string().into()),
        "from_dec" => Ok(text(&case.number("a")?)),
        "gfq_add" | "gfq_mul" | "gfq_inv" => field_element(name, case),
        _ if NOT_YET.contains(&name) => Err(Trouble::Unsupported),
        _ => Err(Trouble::Line(format!("no operation `{name}`"))),
    }
}

/// Whether the operation of this name is one on lists, which takes the engine's route.
pub fn is_of_lists(name: &str) -> bool {
    let elementwise = ["vadd", "vsub", "vmul", "dot", "custom_reduce"];
    elementwise.contains(&name) || reduction(name).is_some()
}

/// The reductions that the names of cases mean: gcd and lcm are those of two numbers.
fn reduction(name: &str) -> Option<Reduction> {
    match name {
        "prod" => Some(Reduction::Product),
        "gcd_reduce" => Some(Reduction::Gcd),
        "lcm_reduce" => Some(Reduction::Lcm),
        "sum" | "min" | "max" => Reduction::named(name),
        _ => None,
    }
}

/// An operation on two lists, by the engine's route.
fn elementwise(operation: Operation, case: &Case, engine: &Engine) -> Result<Array, Trouble> {
    let [a, b] = [case.array("a")?, case.array("b")?];
    Ok(engine.apply(operation, &[a.view(), b.view()])?)
}

fn field_element(name: &str, case: &Case) -> Result<Value, Trouble> {
    let prime = case.number("m")?;
    let field = Field::new(&prime, &case.numbers("f")?)?;
    let a = case.numbers("a")?;
    let element = match name {
        "gfq_add" => field.add(&a, &case.numbers("b")?)?,
        "gfq_mul" => field.multiply(&a, &case.numbers("b")?)?,
        _ => field.inverse(&a)?,
    };
    Ok(element.iter().map(text).collect())
}

/// (x + 1)(y + 1) - 1 modulo m, the example of a reduction that has no name.
fn custom(case: &Case, engine: &Engine) -> Result<Value, Trouble> {
    let modulus: Array = [case.number("m")?].iter().collect();
    let combine = |x: View, y: View| {
        let product = engine.apply(Operation::Mul, &[x, y])?;
        let sum = engine.apply(Operation::Add, &[x, y])?;
        engine.apply(
            Operation::ModAdd,
            &[product.view(), sum.view(), modulus.view()],
        )
    };
    let mut tree = Tree::new();
    tree.push(case.array("a")?.view(), &combine)?;
    let result = tree.finish(&combine)?.ok_or(Failure::Empty)?;
    Ok(hexadecimal(result.get(0)))
}

fn list(array: &Array) -> Value {
    array.iter().map(hexadecimal).collect()
}

/// A number as answers have it.
pub fn text(number: &IBig) -> Value {
    let array: Array = [number].into_iter().collect();
    hexadecimal(array.get(0))
}

/// An array's number as answers have it.
pub fn hexadecimal(number: Integer) -> Value {
    let mut text = String::with_capacity(number.limbs.len() * 8 + 3);
    // Writing to a String cannot fail.
    let _ = write_hexadecimal(number, &mut text);
    text.into()
}
