//! What a case holds: numbers and lists of numbers by name.

use crate::integers::{Array, parse};
use dashu_int::IBig;
use serde_json::{Map, Value};

/// The members of a line's object.
pub type Fields = Map<String, Value>;

/// A case without its id.
pub struct Case(pub Fields);

impl Case {
    /// Name of the operation.
    ///
    /// # Errors
    /// That it is missing, or no text.
    pub fn operation(&self) -> Result<&str, String> {
        match self.0.get("op") {
            Some(Value::String(name)) => Ok(name),
            Some(_) => Err("`op` is not a string".into()),
            None => Err("no `op`: name the operation, such as \"add\"".into()),
        }
    }

    fn field(&self, name: &str) -> Result<&Value, String> {
        self.0
            .get(name)
            .ok_or_else(|| format!("no `{name}`, which this operation takes"))
    }

    /// The number of this name.
    ///
    /// # Errors
    /// That it is missing, or no integer.
    pub fn number(&self, name: &str) -> Result<IBig, String> {
        number(self.field(name)?).map_err(|what| format!("`{name}`: {what}"))
    }

    /// The first number that is there under one of these names.
    ///
    /// # Errors
    /// That none is there, or that it is no integer.
    pub fn number_of(&self, names: &[&str]) -> Result<IBig, String> {
        let there = names.iter().find(|name| self.0.contains_key(**name));
        self.number(there.unwrap_or(&names[0]))
    }

    /// The list of numbers of this name.
    ///
    /// # Errors
    /// That it is missing or no list, or which element is no integer.
    pub fn numbers(&self, name: &str) -> Result<Vec<IBig>, String> {
        let Value::Array(values) = self.field(name)? else {
            return Err(format!("`{name}` is not a list"));
        };
        let element =
            |(at, value)| number(value).map_err(|what| format!("`{name}`, element {at}: {what}"));
        values.iter().enumerate().map(element).collect()
    }

    /// The list of numbers of this name as an array.
    ///
    /// # Errors
    /// That it is missing or no list, or which element is no integer.
    pub fn array(&self, name: &str) -> Result<Array, String> {
        Ok(self.numbers(name)?.iter().collect())
    }
}

fn number(value: &Value) -> Result<IBig, String> {
    match value {
        Value::String(text) => parse(text),
        Value::Number(number) if number.is_u64() || number.is_i64() => parse(&number.to_string()),
        Value::Number(number) => Err(format!(
            "{number} is no integer of 64 bits: write larger ones as strings"
        )),
        _ => Err("neither a string nor an integer".into()),
    }
}
