//! Cases as JSON lines in, answers as JSON lines out, in the same order; a wrong line fails alone.
//!
//! A case is `{"op": "modmul", "a": "0x1f", "b": "-3", "m": "0x11", "id": 7}`: numbers are decimal or hexadecimal strings
//! or JSON integers, arrays are lists of them. Its answer has the same id: `{"id": 7, "result": "-0x1f"}`, or an
//! `error`, or `"unsupported": true` for an operation that is known and not there yet.

mod answer;
mod case;
mod groups;
mod lines;

pub use answer::answer;

use super::Engine;
use case::{Case, Fields};
use lines::Lines;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// Lines that were cases, and lines that were not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines answered by a result, or by an error that the numbers deserve.
    pub answered: u64,
    /// Lines that are no case.
    pub wrong: u64,
}

/// Answers every line of `input`, as soon as it is there: what has come so far is answered and flushed before more is
/// waited for. Cases of one operation that have come together are one array to a device.
///
/// # Errors
/// Those of reading and writing.
pub fn stream(input: impl Read, mut output: impl Write, engine: &Engine) -> io::Result<Summary> {
    let mut lines = Lines::new(input);
    let mut summary = Summary::default();
    let mut number = 0;
    while let Some(chunk) = lines.next_chunk()? {
        let chunk: Vec<(u64, &[u8])> = (number + 1..)
            .zip(chunk.split(|byte| *byte == b'\n'))
            .collect();
        let cases: Vec<Line> = chunk
            .par_iter()
            .map(|(at, line)| parsed(*at, line))
            .collect();
        let results = match engine.device() {
            Some(_) => groups::results(&cases, engine),
            None => BTreeMap::new(),
        };
        let answer = |at: usize| line_answer(&cases[at], results.get(&at), engine);
        // What takes the engine's route may wait for a device, which rayon's threads must not.
        let waits = |at: usize| engine.device().is_some() && cases[at].is_of_arrays();
        let answers: Vec<_> = (0..cases.len())
            .into_par_iter()
            .map(|at| (!waits(at)).then(|| answer(at)))
            .collect();
        for (at, text) in answers.into_iter().enumerate() {
            let Some((text, is_case)) = text.unwrap_or_else(|| answer(at)) else {
                continue;
            };
            output.write_all(text.as_bytes())?;
            output.write_all(b"\n")?;
            summary.answered += u64::from(is_case);
            summary.wrong += u64::from(!is_case);
        }
        output.flush()?;
        number += chunk.len() as u64;
    }
    Ok(summary)
}

/// A line of the stream.
enum Line {
    Empty,
    Case {
        number: u64,
        id: Value,
        case: Case,
    },
    /// No object; says why.
    Wrong {
        number: u64,
        what: String,
    },
}

impl Line {
    fn is_of_arrays(&self) -> bool {
        matches!(self, Line::Case { case, .. } if case.operation().is_ok_and(answer::is_of_arrays))
    }
}

fn parsed(number: u64, line: &[u8]) -> Line {
    if line.trim_ascii().is_empty() {
        return Line::Empty;
    }
    match serde_json::from_slice::<Fields>(line) {
        Ok(mut fields) => {
            let id = fields.remove("id").unwrap_or(Value::Null);
            let case = Case(fields);
            Line::Case { number, id, case }
        }
        Err(error) => {
            let what = format!("no JSON object: {error}");
            Line::Wrong { number, what }
        }
    }
}

/// The answer as text, and whether the line was a case; none for an empty line. The result may be known already.
fn line_answer(line: &Line, result: Option<&Value>, engine: &Engine) -> Option<(String, bool)> {
    let known =
        |result: Option<&Value>| Some(Fields::from_iter([("result".into(), result?.clone())]));
    let wrong = |number: u64, id: &Value, what: &str| {
        let text = json!({ "id": id, "error": format!("line {number}: {what}") });
        (text.to_string(), false)
    };
    let answered = |mut answer: Fields, id: &Value| {
        answer.insert("id".into(), id.clone());
        (Value::Object(answer).to_string(), true)
    };
    Some(match line {
        Line::Empty => return None,
        Line::Wrong { number, what } => wrong(*number, &Value::Null, what),
        Line::Case { number, id, case } => {
            match known(result).map_or_else(|| answer(case, engine), Ok) {
                Ok(answer) => answered(answer, id),
                Err(what) => wrong(*number, id, &what),
            }
        }
    })
}

#[cfg(test)]
mod tests;
