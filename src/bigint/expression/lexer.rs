//! The words of an expression: numbers, names and symbols, each with its column.

use super::Wrong;
use crate::integers::parse;
use dashu_int::IBig;

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Number(IBig),
    Name(String),
    Symbol(&'static str),
    End,
}

/// A word and the characters before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub word: Word,
    pub column: usize,
}

/// All symbols; of those that begin alike the longer ones come first.
const SYMBOLS: [&str; 15] = [
    "**", "//", "<<", ">>", "+", "-", "*", "%", "&", "|", "^", "~", "(", ")", ",",
];

/// Whether a text could name something.
pub fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start) && text.chars().all(is_name_part)
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The words of `text`, the last of which is its end.
pub fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut tokens = Vec::new();
    let (mut rest, mut column) = (text, 0);
    loop {
        let blank = rest.len() - rest.trim_start().len();
        column += rest[..blank].chars().count();
        rest = &rest[blank..];
        let (word, length) = word(rest, column)?;
        let ended = word == Word::End;
        tokens.push(Token { word, column });
        if ended {
            return Ok(tokens);
        }
        // Words are ASCII: a byte is a character.
        column += length;
        rest = &rest[length..];
    }
}

/// The first word and its bytes.
fn word(rest: &str, column: usize) -> Result<(Word, usize), Wrong> {
    let Some(first) = rest.chars().next() else {
        return Ok((Word::End, 0));
    };
    let length = rest.find(|c| !is_name_part(c)).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        let number = parse(&rest[..length]).map_err(|what| Wrong::new(column, what))?;
        return Ok((Word::Number(number), length));
    }
    if is_name_start(first) {
        return Ok((Word::Name(rest[..length].to_owned()), length));
    }
    match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
        Some(symbol) => Ok((Word::Symbol(symbol), symbol.len())),
        None if first == '/' => Err(Wrong::new(
            column,
            "integers are divided by `//`, which rounds down",
        )),
        None => Err(Wrong::new(column, format!("`{first}` means nothing here"))),
    }
}
