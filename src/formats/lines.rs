//! Lines of a text with their numbers, whatever ends them, and errors that name them.

use crate::Error;
use memchr::memchr2;

/// Walks through the lines of a text; lines end with LF, CR LF or CR.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    file: &'a str,
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    /// Lines of `text`, which errors call `file`. A byte order mark in front is no text.
    pub(super) fn new(text: &'a str, file: &'a str) -> Self {
        Lines {
            file,
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            number: 0,
        }
    }

    /// Number of the line that came last, from 1.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// The error of the line that came last.
    pub(super) fn wrong(&self, what: impl Into<String>) -> Error {
        self.wrong_at(self.number, what)
    }

    /// The error of the line with this number; 0 is the whole file.
    pub(super) fn wrong_at(&self, line: usize, what: impl Into<String>) -> Error {
        Error::Parse {
            file: self.file.to_string(),
            line,
            what: what.into(),
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let end = memchr2(b'\n', b'\r', self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        let ending = if rest.starts_with("\r\n") { 2 } else { 1 };
        self.rest = rest.get(ending..).unwrap_or("");
        Some(line)
    }
}

/// Text of columns `from+1..=to`, trimmed; empty where the line is shorter or the columns split a character.
pub(super) fn columns(line: &str, from: usize, to: usize) -> &str {
    let field = line.get(from..to.min(line.len())).unwrap_or("");
    let bytes = field.as_bytes();
    let Some(first) = bytes.iter().position(|byte| *byte != b' ') else {
        return "";
    };
    let last = bytes
        .iter()
        .rposition(|byte| *byte != b' ')
        .unwrap_or(first);
    // Most fields are padded with blanks alone; other spaces take longer to tell.
    match bytes[first].is_ascii_graphic() && bytes[last].is_ascii_graphic() {
        true => &field[first..=last],
        false => field.trim(),
    }
}

/// The whole number in columns `from+1..=to`; nothing where they hold none.
pub(super) fn number(line: &str, from: usize, to: usize) -> Option<i64> {
    let field = line.as_bytes().get(from..to.min(line.len()))?;
    // Most are a few digits behind blanks.
    let mut size = None;
    for &byte in field {
        match (byte, size) {
            (b' ', None) => {}
            (b'0'..=b'9', Some(..1_000_000) | None) => {
                size = Some(10 * size.unwrap_or(0) + i64::from(byte - b'0'));
            }
            _ => return columns(line, from, to).parse().ok(),
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_are_the_same() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "\u{feff}a\rb\r\rc"] {
            let lines: Vec<&str> = Lines::new(text, "x").collect();
            assert_eq!(lines, ["a", "b", "", "c"]);
        }
    }

    #[test]
    fn errors_name_the_line() {
        let mut lines = Lines::new("a\nb\n", "x.sdf");
        lines.nth(1);
        assert_eq!(lines.wrong("bad").to_string(), "x.sdf, line 2: bad");
    }

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for field in [
            "",
            "   ",
            "  0",
            " 12",
            "999",
            "12 ",
            "-1",
            "+2",
            "1 2",
            "x",
            "\u{a0}1",
            "00000000012345678",
        ] {
            let line = format!("ab{field}|");
            let expected = field.trim().parse().ok();
            assert_eq!(number(&line, 2, 2 + field.len()), expected, "{field}");
        }
        assert_eq!(number("ab", 3, 6), None);
    }

    #[test]
    fn columns_may_be_missing() {
        assert_eq!(columns("  12", 0, 10), "12");
        assert_eq!(columns("ab", 3, 6), "");
        assert_eq!(columns("äö", 1, 4), "");
    }
}
