//! The answer to one case: every operation by its name.

use super::case::{Case, Fields};
use crate::bigint::galois::Field;
use crate::bigint::reduction::{Reduction, Tree, reduce};
use crate::bigint::scalar::{apply, crt, euclidean, extended_gcd, floored, truncated};
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

/// Why there is no result: the numbers have none, or the line is no case.
enum Trouble {
    Failure(Failure),
    Line(String),
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

/// A division with rest.
type Division = fn(&IBig, &IBig) -> Result<(IBig, IBig), Failure>;

/// The members of the answer but for its id.
///
/// # Errors
/// What is wrong with the line: no operation of that name, numbers that are missing or are none.
pub fn answer(case: &Case, engine: &Engine) -> Result<Fields, String> {
    let name = case.operation()?;
    let mut fields = Fields::new();
    match result(name, case, engine) {
        _ if NOT_YET.contains(&name) => fields.insert("unsupported".into(), true.into()),
        Ok(result) => fields.insert("result".into(), result),
        Err(Trouble::Failure(failure)) => fields.insert("error".into(), failure.to_string().into()),
        Err(Trouble::Line(what)) => return Err(what),
    };
    Ok(fields)
}

fn result(name: &str, case: &Case, engine: &Engine) -> Result<Value, Trouble> {
    if let Some(result) = array_result(name, case, engine)? {
        return Ok(result);
    }
    if let Some(reduction) = reduction(name) {
        return Ok(text(&reduce(reduction, case.array("a")?.view(), engine)?));
    }
    if let Some(result) = several(name, case)? {
        return Ok(result);
    }
    Ok(text(&match name {
        "shl" | "shr" | "iroot" | "pow" => two(name, case, &["k", "b", "n"])?,
        "modinv" => two(name, case, &["m"])?,
        "crt" => crt(&case.numbers("a")?, &case.numbers("m")?)?,
        "from_dec" => case.number("a")?,
        _ => plain(name, case)?,
    }))
}

/// Whether the operation of this name works on arrays, by the engine's route.
pub fn is_of_arrays(name: &str) -> bool {
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

fn named(name: &str) -> Result<Operation, String> {
    Operation::named(name).ok_or_else(|| format!("no operation `{name}`"))
}

/// An operation whose second number has a name of its own.
fn two(name: &str, case: &Case, names: &[&str]) -> Result<IBig, Trouble> {
    Ok(apply(
        named(name)?,
        &[&case.number("a")?, &case.number_of(names)?],
    )?)
}

/// An operation on a, b and m.
fn plain(name: &str, case: &Case) -> Result<IBig, Trouble> {
    let operation = named(name)?;
    let names = &["a", "b", "m"][..operation.operands()];
    let numbers = names
        .iter()
        .map(|name| case.number(name))
        .collect::<Result<Vec<IBig>, String>>()?;
    Ok(apply(operation, &numbers.iter().collect::<Vec<_>>())?)
}

/// Operations with more than one number as their result, or with a text.
fn several(name: &str, case: &Case) -> Result<Option<Value>, Trouble> {
    let pair = |divide: Division| -> Result<Value, Trouble> {
        let (quotient, rest) = divide(&case.number("a")?, &case.number("b")?)?;
        Ok(json!([text(&quotient), text(&rest)]))
    };
    Ok(Some(match name {
        "fdivrem" => pair(floored)?,
        "tdivrem" => pair(truncated)?,
        "edivrem" => pair(euclidean)?,
        "xgcd" => {
            let (g, s, t) = extended_gcd(&case.number("a")?, &case.number("b")?);
            json!([text(&g), text(&s), text(&t)])
        }
        "to_dec" => case.number("a")?.to_string().into(),
        "gfq_add" | "gfq_mul" | "gfq_inv" => field_element(name, case)?,
        _ => return Ok(None),
    }))
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

/// Operations on arrays, which take the engine's route.
fn array_result(name: &str, case: &Case, engine: &Engine) -> Result<Option<Value>, Trouble> {
    let operation = match name {
        "vadd" => Operation::Add,
        "vsub" => Operation::Sub,
        "vmul" | "dot" => Operation::Mul,
        "custom_reduce" => return custom(case, engine).map(Some),
        _ => return Ok(None),
    };
    let [a, b] = [case.array("a")?, case.array("b")?];
    let result = engine.apply(operation, &[a.view(), b.view()])?;
    Ok(Some(match name {
        "dot" => text(&reduce(Reduction::Sum, result.view(), engine)?),
        _ => list(&result),
    }))
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

fn text(number: &IBig) -> Value {
    let array: Array = [number].into_iter().collect();
    hexadecimal(array.get(0))
}

pub(super) fn hexadecimal(number: Integer) -> Value {
    let mut text = String::with_capacity(number.limbs.len() * 8 + 3);
    // Writing to a String cannot fail.
    let _ = write_hexadecimal(number, &mut text);
    text.into()
}
