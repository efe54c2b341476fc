//! Every change of one operator, constant, comparison or index of a WGSL text.

use crate::tokens::{Kind, Token, tokens};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One change of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutant {
    /// Path under `shaders`.
    pub file: String,
    /// Bytes that go.
    pub at: Range<usize>,
    /// What stands there instead.
    pub to: String,
}

impl Mutant {
    /// The changed text.
    pub fn apply(&self, text: &str) -> String {
        [&text[..self.at.start], &self.to, &text[self.at.end..]].concat()
    }

    /// Line from 1.
    pub fn line(&self, text: &str) -> usize {
        1 + text[..self.at.start].matches('\n').count()
    }

    /// The changed line (or lines) before and after.
    pub fn lines(&self, text: &str) -> [String; 2] {
        let start = text[..self.at.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[self.at.end..].find('\n');
        let end = end.map_or(text.len(), |length| self.at.end + length);
        let after = [
            &text[start..self.at.start],
            &self.to,
            &text[self.at.end..end],
        ]
        .concat();
        [text[start..end].trim().into(), after.trim().into()]
    }
}

/// All mutants of a text, in the order of the text.
pub fn mutants(file: &str, text: &str) -> Vec<Mutant> {
    let words = Words {
        text,
        tokens: tokens(text),
    };
    let mut found = Vec::new();
    for at in 0..words.tokens.len() {
        for (at, to) in words.changes(at) {
            let file = file.to_string();
            found.push(Mutant { file, at, to });
        }
    }
    found
}

/// Signs and what may stand instead.
const SIGNS: [(&str, &[&str]); 28] = [
    ("+", &["-"]),
    ("-", &["+"]),
    ("*", &["/"]),
    ("/", &["*"]),
    ("%", &["/"]),
    ("<", &["<=", ">="]),
    ("<=", &["<", ">"]),
    (">", &[">=", "<="]),
    (">=", &[">", "<"]),
    ("==", &["!="]),
    ("!=", &["=="]),
    ("&&", &["||"]),
    ("||", &["&&"]),
    ("&", &["|"]),
    ("|", &["&"]),
    ("^", &["|"]),
    ("<<", &[">>"]),
    (">>", &["<<"]),
    ("+=", &["-="]),
    ("-=", &["+="]),
    ("*=", &["/="]),
    ("/=", &["*="]),
    ("%=", &["/="]),
    ("&=", &["|="]),
    ("|=", &["&="]),
    ("^=", &["|="]),
    ("++", &["--"]),
    ("--", &["++"]),
];

/// Names and what may stand instead.
const NAMES: [(&str, &str); 6] = [
    ("min", "max"),
    ("max", "min"),
    ("true", "false"),
    ("false", "true"),
    ("sin", "cos"),
    ("cos", "sin"),
];

struct Words<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

type Change = (Range<usize>, String);

impl Words<'_> {
    fn word(&self, at: usize) -> &str {
        let token = self.tokens.get(at);
        token.map_or("", |token| &self.text[token.at.clone()])
    }

    /// The changes of one word.
    fn changes(&self, at: usize) -> Vec<Change> {
        let token = &self.tokens[at];
        let word = self.word(at);
        let whole = |to: String| (token.at.clone(), to);
        match token.kind {
            Kind::Declaration => Vec::new(),
            Kind::Integer => integers(word).into_iter().map(whole).collect(),
            Kind::Float => vec![whole(float(word))],
            Kind::Name if at > 0 && self.word(at - 1) == "." => {
                swizzle(word).map(whole).into_iter().collect()
            }
            Kind::Name if word == "select" => self.swapped_arms(at).into_iter().collect(),
            Kind::Name => {
                let other = NAMES.iter().find(|(name, _)| *name == word);
                other
                    .map(|(_, to)| whole((*to).into()))
                    .into_iter()
                    .collect()
            }
            Kind::Sign if self.is_prefix(at) => match word {
                // A pointer is no computation.
                "-" | "!" | "~" => vec![whole(String::new())],
                _ => Vec::new(),
            },
            Kind::Sign => {
                let others = SIGNS.iter().find(|(sign, _)| *sign == word);
                let others = others.map_or(&[][..], |(_, others)| others);
                others.iter().map(|to| whole((*to).into())).collect()
            }
        }
    }

    /// Whether the sign stands before what it works on and has nothing to its left.
    fn is_prefix(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        before.is_none_or(|before| match before.kind {
            Kind::Integer | Kind::Float => false,
            Kind::Declaration => self.word(at - 1) != ">",
            Kind::Name => self.word(at - 1) == "return",
            Kind::Sign => !matches!(self.word(at - 1), ")" | "]"),
        })
    }

    /// The first two arguments of the call at `at`, exchanged.
    fn swapped_arms(&self, at: usize) -> Option<Change> {
        let mut depth = 0;
        let mut starts = vec![at + 2];
        for next in at + 1..self.tokens.len() {
            depth += match self.word(next) {
                "(" | "[" => 1,
                ")" | "]" => -1,
                _ => 0,
            };
            if depth == 0 || (depth == 1 && self.word(next) == ",") {
                starts.push(next + 1);
            }
            if depth == 0 {
                break;
            }
        }
        let [first, second, third, ..] = starts[..] else {
            return None;
        };
        let span = |from: usize, to: usize| self.tokens[from].at.start..self.tokens[to].at.end;
        let (one, two) = (span(first, second - 2), span(second, third - 2));
        let swapped = format!("{}, {}", &self.text[two.clone()], &self.text[one.clone()]);
        Some((one.start..two.end, swapped))
    }
}

/// One more, and one less where that is no negative number.
fn integers(word: &str) -> Vec<String> {
    let digits = word.trim_end_matches(['u', 'i']);
    let suffix = &word[digits.len()..];
    let value = match digits.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let Ok(value) = value else {
        return Vec::new();
    };
    let more = Some(value + 1).filter(|more| *more <= i64::from(u32::MAX));
    let less = Some(value - 1).filter(|less| *less >= 0);
    let changed = more.into_iter().chain(less);
    changed.map(|value| format!("{value}{suffix}")).collect()
}

/// A thousandth more; 1 for 0.
fn float(word: &str) -> String {
    // A leading one does for hexadecimal ones: they are written 0x1p-23.
    if word.starts_with("0x") {
        return word.replacen("0x1p", "0x1.01p", 1);
    }
    let digits = word.trim_end_matches(['f', 'h']);
    match digits.parse::<f64>() {
        Ok(0.0) => "1.0".into(),
        Ok(value) => format!("{:e}", value * 1.001),
        Err(_) => String::new(),
    }
}

/// Another component: the first two exchanged, or the neighbour of a single one.
fn swizzle(word: &str) -> Option<String> {
    let other = match word {
        "x" => "y",
        "y" | "z" | "w" => "x",
        _ if word.len() > 1 && word.chars().all(|c| "xyzw".contains(c)) => {
            let (one, rest) = word.split_at(1);
            let (two, rest) = rest.split_at(1);
            return Some([two, one, rest].concat());
        }
        _ => return None,
    };
    Some(other.into())
}
