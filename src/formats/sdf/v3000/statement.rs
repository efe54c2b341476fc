//! One statement of V3000: the words of an `M  V30` line and the lines that continue it.

use super::Lines;
use crate::Result;

const MARK: &str = "M  V30 ";

/// Words of a statement; what stands in quotes, parentheses or brackets is one word.
pub(super) struct Statement {
    words: Vec<String>,
}

impl Statement {
    /// The next statement; nothing at `M  END` and at the end of the record.
    pub(super) fn next(lines: &mut Lines) -> Result<Option<Statement>> {
        let mut text = String::new();
        loop {
            let before = lines.clone();
            match lines.next() {
                Some(line) if line.starts_with(MARK) => {
                    let part = line[MARK.len()..].trim_end();
                    match part.strip_suffix('-') {
                        Some(part) => text.push_str(part),
                        None => {
                            text.push_str(part);
                            let words = words(&text);
                            return Ok(Some(Statement { words }));
                        }
                    }
                }
                Some(line) if !(line.starts_with("M  END") || line.starts_with("$$$$")) => {}
                _ if text.is_empty() => {
                    *lines = before;
                    return Ok(None);
                }
                _ => return Err(lines.wrong("the record ends within a continued line")),
            }
        }
    }

    /// The word at this place, empty where there are fewer.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// The whole number at this place.
    pub(super) fn number(&self, at: usize, lines: &Lines) -> Result<usize> {
        let word = self.word(at);
        let wrong = || {
            lines.wrong(format!(
                "`{word}` (word {} behind M  V30) is no number",
                at + 1
            ))
        };
        word.parse().map_err(|_| wrong())
    }

    /// The value of `NAME=value`.
    pub(super) fn option(&self, name: &str) -> Option<&str> {
        let mut values = self.words.iter().filter_map(|word| word.split_once('='));
        values.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut depth) = (false, 0_usize);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() && !quoted && depth == 0 {
            words.push(std::mem::take(&mut word));
        } else {
            word.push(c);
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    #[test]
    fn brackets_and_quotes_keep_words_together() {
        let words = super::words("3 \"NOT [O]\" 1 [O, N]  X=(2 1 2)");
        assert_eq!(words, ["3", "\"NOT [O]\"", "1", "[O, N]", "X=(2 1 2)"]);
    }
}
