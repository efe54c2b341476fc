//! Cases as JSON lines in, answers as JSON lines out, in the same order; a wrong line fails alone.
//!
//! A case is `{"op": "modmul", "a": "0x1f", "b": "-3", "m": "0x11", "id": 7}`: numbers are decimal or hexadecimal strings
//! or JSON integers, arrays are lists of them. Its answer has the same id: `{"id": 7, "result": "-0x1f"}`, or an
//! `error`, or `"unsupported": true` for an operation that is known and not there yet.

mod answer;
mod case;
mod lines;

pub use answer::answer;

use super::Engine;
use lines::Lines;
use rayon::prelude::*;
use serde_json::{Value, json};
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
/// waited for.
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
        let answers: Vec<_> = chunk
            .par_iter()
            .map(|(number, line)| line_answer(*number, line, engine))
            .collect();
        for (text, is_case) in answers.iter().flatten() {
            output.write_all(text.as_bytes())?;
            output.write_all(b"\n")?;
            summary.answered += u64::from(*is_case);
            summary.wrong += u64::from(!is_case);
        }
        output.flush()?;
        number += chunk.len() as u64;
    }
    Ok(summary)
}

/// The answer as text, and whether the line was a case; none for an empty line.
fn line_answer(number: u64, line: &[u8], engine: &Engine) -> Option<(String, bool)> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    let wrong = |id: Value, what: String| {
        let text = json!({ "id": id, "error": format!("line {number}: {what}") });
        (text.to_string(), false)
    };
    let mut fields: case::Fields = match serde_json::from_slice(line) {
        Ok(fields) => fields,
        Err(error) => return Some(wrong(Value::Null, format!("no JSON object: {error}"))),
    };
    let id = fields.remove("id").unwrap_or(Value::Null);
    Some(match answer(&case::Case(fields), engine) {
        Ok(mut answer) => {
            answer.insert("id".into(), id);
            (Value::Object(answer).to_string(), true)
        }
        Err(what) => wrong(id, what),
    })
}

#[cfg(test)]
mod tests;
