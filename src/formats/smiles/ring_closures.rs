//! Ring closures: digits that join two places of a SMILES by a bond.

use super::Fault;
use super::bond::Symbol;
use super::cursor::Cursor;
use std::collections::BTreeMap;

/// A closure that waits for its other end.
pub(super) struct Open {
    /// The atom it stands at.
    pub(super) atom: usize,
    /// Place of its number among that atom's neighbours.
    pub(super) place: usize,
    /// The bond written before its number.
    pub(super) symbol: Option<Symbol>,
    /// Where its number stands.
    at: usize,
}

/// Closures that are open, by their number.
#[derive(Default)]
pub(super) struct RingClosures(BTreeMap<u16, Open>);

impl RingClosures {
    /// Reads a number, `1` or `%12` or `%(123)`, if one comes next.
    pub(super) fn number(cursor: &mut Cursor) -> Result<Option<u16>, Fault> {
        if cursor.peek().is_ascii_digit() {
            return Ok(cursor.number(1));
        }
        if !cursor.take(b'%') {
            return Ok(None);
        }
        let number = match cursor.take(b'(') {
            true => cursor.number(5).filter(|_| cursor.take(b')')),
            false => cursor.number(2),
        };
        match number {
            Some(number) => Ok(Some(number)),
            None => Err(cursor.fault("expected the two digits of a ring closure behind `%`")),
        }
    }

    /// The open end of this number, taken; or opens it at `atom`.
    pub(super) fn meet(
        &mut self,
        number: u16,
        atom: usize,
        place: usize,
        symbol: Option<Symbol>,
        at: usize,
    ) -> Option<Open> {
        if let Some(open) = self.0.remove(&number) {
            return Some(open);
        }
        let open = Open {
            atom,
            place,
            symbol,
            at,
        };
        self.0.insert(number, open);
        None
    }

    /// # Errors
    /// Where a closure has no other end.
    pub(super) fn finish(self) -> Result<(), Fault> {
        let first = self.0.into_iter().min_by_key(|(_, open)| open.at);
        match first {
            None => Ok(()),
            Some((number, open)) => Err(Fault {
                at: open.at,
                what: format!("ring closure {number} is opened and never closed"),
            }),
        }
    }
}
