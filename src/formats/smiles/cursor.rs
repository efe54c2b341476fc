//! A place in a SMILES.

use super::Fault;
use crate::molecule::graph::Element;

/// Walks over the bytes of a SMILES, all of which mean something by themselves.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Before the first byte.
    pub(super) fn new(text: &'a str) -> Self {
        Cursor { text, at: 0 }
    }

    /// Number of bytes behind.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next byte; 0 at the end.
    pub(super) fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Steps over the next byte if it is `byte`.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == byte && byte != 0;
        self.at += usize::from(is);
        is
    }

    /// Steps over `word` if it comes next.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        let is = rest.starts_with(word.as_bytes());
        self.at += if is { word.len() } else { 0 };
        is
    }

    /// Steps over a symbol of so many letters if one comes next.
    pub(super) fn take_element(&mut self, letters: usize) -> Option<Element> {
        let word = self.text.get(self.at..self.at + letters)?;
        let element = Element::from_symbol(word).filter(|element| element.symbol() == word)?;
        self.at += letters;
        Some(element)
    }

    /// Whether a chirality class comes next: its two letters and a digit.
    pub(super) fn peek_class(&self, letters: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        rest.starts_with(letters.as_bytes()) && rest.get(2).is_some_and(u8::is_ascii_digit)
    }

    /// Steps over up to `most` digits; their number, nothing where there is none.
    pub(super) fn number(&mut self, most: usize) -> Option<u16> {
        let from = self.at;
        while self.at < from + most && self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.text.get(from..self.at)?.parse().ok()
    }

    /// The fault of what comes next.
    pub(super) fn fault(&self, what: impl Into<String>) -> Fault {
        Fault {
            at: self.at,
            what: what.into(),
        }
    }

    /// The next character as a person sees it, for messages.
    pub(super) fn shown(&self) -> String {
        let next = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next());
        next.map_or("the end".into(), |c| format!("`{c}`"))
    }
}
