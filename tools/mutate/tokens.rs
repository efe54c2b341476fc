//! Words of WGSL, told apart as far as finding what to change needs it.

use std::ops::Range;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    Integer,
    Float,
    /// Brackets, separators and all that computes.
    Sign,
    /// Part of an attribute, a type, a struct or a binding: it computes nothing.
    Declaration,
}

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// Signs of more than one character, longest first.
const SIGNS: [&str; 22] = [
    "<<=", ">>=", "->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=",
    "%=", "&=", "|=", "^=", "++", "--", "::",
];

/// Names that a list of types follows in angle brackets.
const GENERIC: [&str; 10] = [
    "vec2", "vec3", "vec4", "array", "atomic", "ptr", "bitcast", "var", "mat3x3", "mat4x4",
];

/// The words of a text, comments left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut generics = 0;
    while at < text.len() {
        let rest = &text[at..];
        let skipped = blank(rest);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let opens = rest.starts_with('<') && follows_generic(text, at, &found);
        let (kind, length) = if opens || (generics > 0 && rest.starts_with('>')) {
            generics += if opens { 1 } else { -1 };
            (Kind::Declaration, 1)
        } else {
            let (kind, length) = word(rest);
            let kind = if generics > 0 {
                Kind::Declaration
            } else {
                kind
            };
            (kind, length)
        };
        let at_token = at..at + length;
        found.push(Token { kind, at: at_token });
        at += length;
    }
    mark_declarations(text, &mut found);
    found
}

/// Length of the white space or the comment that the text begins with.
fn blank(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return text.find("*/").map_or(text.len(), |end| end + 2);
    }
    text.len() - text.trim_start().len()
}

fn follows_generic(text: &str, at: usize, found: &[Token]) -> bool {
    let last = found.last();
    last.is_some_and(|last| last.at.end == at && GENERIC.contains(&&text[last.at.clone()]))
}

/// Kind and length of the word that the text begins with.
fn word(text: &str) -> (Kind, usize) {
    let first = text.as_bytes()[0];
    if first.is_ascii_alphabetic() || first == b'_' {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
        return (Kind::Name, end.unwrap_or(text.len()));
    }
    if first.is_ascii_digit() {
        return number(text);
    }
    let sign = SIGNS.iter().find(|sign| text.starts_with(**sign));
    let length = sign.map_or_else(
        || text.chars().next().map_or(1, char::len_utf8),
        |s| s.len(),
    );
    (Kind::Sign, length)
}

fn number(text: &str) -> (Kind, usize) {
    let hexadecimal = text.starts_with("0x");
    let exponent = if hexadecimal { ['p', 'P'] } else { ['e', 'E'] };
    let mut previous = ' ';
    let part = |c: char| {
        let signed = (c == '+' || c == '-') && exponent.contains(&previous);
        previous = c;
        c.is_ascii_alphanumeric() || c == '.' || signed
    };
    let length = text.chars().take_while({
        let mut part = part;
        move |c| part(*c)
    });
    let length = length.count();
    let digits = &text[..length];
    let real = digits.contains('.')
        || digits.contains(exponent)
        || (!hexadecimal && digits.ends_with('f'));
    (if real { Kind::Float } else { Kind::Integer }, length)
}

/// Attributes, structs, and variables of the module are declarations to their end.
fn mark_declarations(text: &str, tokens: &mut [Token]) {
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        let word = |i: usize| tokens.get(i).map_or("", |token| &text[token.at.clone()]);
        depth += match word(at) {
            "{" => 1,
            "}" => -1,
            _ => 0,
        };
        let end = match word(at) {
            "@" if word(at + 2) == "(" => closing(text, tokens, at, ")"),
            "@" => at + 1,
            "struct" => closing(text, tokens, at, "}"),
            "var" if depth == 0 => closing(text, tokens, at, ";"),
            _ => {
                at += 1;
                continue;
            }
        };
        let end = (end + 1).min(tokens.len());
        for token in &mut tokens[at..end] {
            token.kind = Kind::Declaration;
        }
        at = end;
    }
}

/// The next token after `from` that is `sign`; declarations hold no nested ones.
fn closing(text: &str, tokens: &[Token], from: usize, sign: &str) -> usize {
    let mut rest = tokens[from..].iter();
    let end = rest.position(|token| &text[token.at.clone()] == sign);
    from + end.unwrap_or(tokens.len() - from)
}
