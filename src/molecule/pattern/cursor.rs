//! Reading SMARTS a character at a time.

use super::PatternError;

/// A place in a text.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Cursor<'_> {
    /// The next character, which is not passed.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes this text if it comes next.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let next = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let found = next.starts_with(wanted.as_bytes());
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Passes a whole number if one comes next.
    pub(super) fn number(&mut self) -> Option<u32> {
        let from = self.at;
        while self.peek().is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
        }
        self.text.get(from..self.at)?.parse().ok()
    }

    /// An error at this place.
    pub(super) fn error<T>(&self, what: &'static str) -> Result<T, PatternError> {
        Err(PatternError {
            text: self.text.to_owned(),
            place: self.at + 1,
            what,
        })
    }
}
