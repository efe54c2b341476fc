//! Cases as JSON lines in, answers as JSON lines out, in the same order; a wrong line fails alone.
//!
//! A case is `{"op": "modmul", "a": "0x1f", "b": "-3", "m": "0x11", "id": 7}`: numbers are decimal or hexadecimal strings
//! or JSON integers, arrays are lists of them. Its answer has the same id: `{"id": 7, "result": "-0x1f"}`, or an
//! `error`, or `"unsupported": true` for an operation that is known and not there yet.

mod answer;
mod batch;
mod case;
mod lines;
mod plan;

use super::Engine;
use answer::{Trouble, answer, is_of_lists};
use case::{Case, Fields};
use lines::Lines;
use plan::Plan;
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
/// waited for. Equal operations of what has come go to the engine's kernels together, where it has some.
///
/// # Errors
/// Those of reading and writing; [`io::ErrorKind::InvalidData`] for a line of more than 1 GiB.
pub fn stream(input: impl Read, mut output: impl Write, engine: &Engine) -> io::Result<Summary> {
    let mut lines = Lines::new(input);
    let mut summary = Summary::default();
    let mut number = 0;
    while let Some(chunk) = lines.next_chunk()? {
        let chunk: Vec<(u64, &[u8])> = (number + 1..)
            .zip(chunk.split(|byte| *byte == b'\n'))
            .collect();
        let questions = chunk
            .par_iter()
            .map(|(number, line)| question(*number, line, engine));
        let mut questions: Vec<Question> = questions.flatten_iter().collect();
        batch::answer_plans(&mut questions, engine);
        for question in questions {
            let (text, is_case) = question.into_text(engine);
            writeln!(output, "{text}")?;
            summary.answered += u64::from(is_case);
            summary.wrong += u64::from(!is_case);
        }
        output.flush()?;
        number += chunk.len() as u64;
    }
    Ok(summary)
}

/// A line that is not empty, and how far its answer is.
struct Question {
    /// The line, from 1.
    line: u64,
    id: Value,
    state: State,
}

enum State {
    /// Operations on numbers, which may be done together with others.
    Planned(Plan),
    /// One on lists: it waits for a device, which rayon's threads must not.
    Listed(Case),
    Answered(Result<Value, Trouble>),
}

/// Reads a line, and answers it but for what may be done together with others.
fn question(line: u64, text: &[u8], engine: &Engine) -> Option<Question> {
    if text.trim_ascii().is_empty() {
        return None;
    }
    let fields: Result<Fields, _> = serde_json::from_slice(text);
    let mut fields = match fields {
        Ok(fields) => fields,
        Err(error) => {
            let wrong = State::Answered(Err(Trouble::Line(no_object(&error))));
            return Some(Question {
                line,
                id: Value::Null,
                state: wrong,
            });
        }
    };
    let id = fields.remove("id").unwrap_or(Value::Null);
    let case = Case(fields);
    let plan = case.operation().and_then(|name| plan::plan(name, &case));
    let state = match plan {
        Ok(Some(plan)) => State::Planned(plan),
        Ok(None) if engine.device().is_some() && case.operation().is_ok_and(is_of_lists) => {
            State::Listed(case)
        }
        Ok(None) => State::Answered(answer(&case, engine)),
        Err(what) => State::Answered(Err(Trouble::Line(what))),
    };
    Some(Question { line, id, state })
}

/// The parser's words without its line, which is always the first.
fn no_object(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("no JSON object: {what} (column {})", error.column())
}

impl Question {
    /// The answer as text, and whether the line was a case.
    fn into_text(self, engine: &Engine) -> (String, bool) {
        let Question { line, id, state } = self;
        let answered = match state {
            State::Answered(answered) => answered,
            State::Planned(plan) => plan.answer().map_err(Trouble::Failure),
            State::Listed(case) => answer(&case, engine),
        };
        let (answer, is_case) = match answered {
            Ok(result) => (json!({ "id": id, "result": result }), true),
            Err(Trouble::Unsupported) => (json!({ "id": id, "unsupported": true }), true),
            Err(Trouble::Failure(failure)) => {
                (json!({ "id": id, "error": failure.to_string() }), true)
            }
            Err(Trouble::Line(what)) => (
                json!({ "id": id, "error": format!("line {line}: {what}") }),
                false,
            ),
        };
        (answer.to_string(), is_case)
    }
}

#[cfg(test)]
mod tests;
