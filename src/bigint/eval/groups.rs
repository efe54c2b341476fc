//! Cases of one operation as one array, so that a device gets more than a number at a time.

use super::Line;
use super::answer::hexadecimal;
use super::case::Case;
use crate::bigint::{Engine, Operation, scalar};
use crate::integers::{Array, View};
use dashu_int::IBig;
use serde_json::Value;
use std::collections::BTreeMap;

/// Lines of one operation, and a list for each of its operands.
#[derive(Default)]
struct Group {
    lines: Vec<usize>,
    operands: [Array; 3],
}

/// Results by the number of their line, of lines that went in groups. Others are to be answered one by one: those whose
/// operation no kernel does, and those of groups in which an element has no result.
pub fn results(lines: &[Line], engine: &Engine) -> BTreeMap<usize, Value> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some((name, numbers)) = member(line) {
            let group = groups.entry(name).or_default();
            group.lines.push(at);
            for (operand, number) in group.operands.iter_mut().zip(&numbers) {
                operand.push_value(number);
            }
        }
    }
    let each = groups
        .iter()
        .map(|(name, group)| group.results(name, engine));
    each.flatten().flatten().collect()
}

impl Group {
    /// None where an element has no result.
    fn results(&self, name: &str, engine: &Engine) -> Option<Vec<(usize, Value)>> {
        let operations = operations(name);
        let operands: Vec<View> = self.operands.iter().map(Array::view).collect();
        let apply = |operation: &Operation| {
            let operands = &operands[..operation.operands()];
            engine.apply(*operation, operands).ok()
        };
        let results = operations
            .iter()
            .map(apply)
            .collect::<Option<Vec<Array>>>()?;
        let value = |at: usize| match &results[..] {
            [result] => hexadecimal(result.get(at)),
            several => several
                .iter()
                .map(|result| hexadecimal(result.get(at)))
                .collect(),
        };
        let lines = self.lines.iter().enumerate();
        Some(lines.map(|(at, line)| (*line, value(at))).collect())
    }
}

/// The operations whose results are that of a case; none where it is not one for groups.
fn operations(name: &str) -> Vec<Operation> {
    use Operation::*;
    match name {
        "fdivrem" => vec![FloorDiv, FloorMod],
        "tdivrem" => vec![TruncDiv, TruncRem],
        "edivrem" => vec![EuclidDiv, EuclidRem],
        "add" | "sub" | "mul" | "sqr" | "neg" | "abs" | "cmp" | "modadd" | "modsub" | "modmul"
        | "modpow" | "gcd" => Operation::named(name).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A case's operation and numbers, where it is one for groups and has a result.
fn member(line: &Line) -> Option<(&str, Vec<IBig>)> {
    let Line::Case { case, .. } = line else {
        return None;
    };
    let name = case.operation().ok()?;
    let operation = *operations(name).first()?;
    let numbers = numbers(case, operation)?;
    let divides_by_zero = scalar::divides(operation) && numbers.last()?.is_zero();
    // A negative exponent takes an inverse, which there may not be.
    let inverts = operation == Operation::ModPow && numbers[1] < IBig::ZERO;
    (!divides_by_zero && !inverts).then_some((name, numbers))
}

fn numbers(case: &Case, operation: Operation) -> Option<Vec<IBig>> {
    let names = &["a", "b", "m"][..operation.operands()];
    names.iter().map(|name| case.number(name).ok()).collect()
}
