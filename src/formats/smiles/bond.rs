//! The symbol of a bond in a SMILES.

use super::cursor::Cursor;
use crate::molecule::graph::{Bond, Order};

/// A bond as it is written between two atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Symbol {
    /// Its order.
    pub(super) order: Order,
    /// A dative bond whose donor comes second.
    backwards: bool,
}

impl Symbol {
    /// Steps over a symbol, if one comes next.
    pub(super) fn read(cursor: &mut Cursor) -> Option<Symbol> {
        // RDKit's arrows of dative bonds come before `-`, which begins one of them.
        const SYMBOLS: [(&str, Order, bool); 8] = [
            ("->", Order::Dative, false),
            ("<-", Order::Dative, true),
            ("-", Order::Single, false),
            ("/", Order::Single, false),
            ("\\", Order::Single, false),
            ("=", Order::Double, false),
            ("#", Order::Triple, false),
            (":", Order::Aromatic, false),
        ];
        let mut symbols = SYMBOLS.into_iter();
        let (_, order, backwards) = symbols.find(|(text, ..)| cursor.take_word(text))?;
        Some(Symbol { order, backwards })
    }

    /// The bond that is meant where nothing is written.
    pub(super) fn unwritten(between_aromatic: bool) -> Symbol {
        let order = match between_aromatic {
            true => Order::Aromatic,
            false => Order::Single,
        };
        Symbol {
            order,
            backwards: false,
        }
    }

    /// The same bond, written at its other end.
    pub(super) fn turned(self) -> Symbol {
        Symbol {
            backwards: self.order == Order::Dative && !self.backwards,
            ..self
        }
    }

    /// The bond with this symbol between two atoms.
    pub(super) fn bond(self, first: usize, second: usize) -> Bond {
        let (a, b) = match self.backwards {
            true => (second, first),
            false => (first, second),
        };
        Bond {
            a,
            b,
            order: self.order,
        }
    }
}
