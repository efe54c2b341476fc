//! From SMARTS text to a pattern.

use super::atom_test::{AtomTest, read_symbol};
use super::bond_test::BondTest;
use super::cursor::Cursor;
use super::{Pattern, PatternError};
use std::str::FromStr;

/// Patterns are not nested deeper.
const DEEPEST: usize = 8;

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Pattern, PatternError> {
        let mut cursor = Cursor { text, at: 0 };
        let pattern = read_chain(&mut cursor, 0)?;
        match cursor.peek() {
            None => Ok(pattern),
            Some(_) => cursor.error("an atom, a bond or a bracket is expected"),
        }
    }
}

impl Pattern {
    /// Reads the pattern of `$(...)` with its closing bracket.
    pub(super) fn read_nested(cursor: &mut Cursor, depth: usize) -> Result<Pattern, PatternError> {
        if depth > DEEPEST {
            return cursor.error("patterns are nested too deeply");
        }
        let pattern = read_chain(cursor, depth)?;
        match cursor.take(")") {
            true => Ok(pattern),
            false => cursor.error("`)` is expected"),
        }
    }
}

/// Reads atoms, bonds, branches and ring closures as far as they go.
fn read_chain(cursor: &mut Cursor, depth: usize) -> Result<Pattern, PatternError> {
    let mut chain = Chain {
        pattern: Pattern {
            atoms: Vec::new(),
            bonds: Vec::new(),
        },
        branches: Vec::new(),
        last: None,
        closures: Vec::new(),
    };
    loop {
        if cursor.take("(") {
            let Some(last) = chain.last else {
                return cursor.error("a branch needs an atom before it");
            };
            chain.branches.push(last);
        } else if !chain.branches.is_empty() && cursor.take(")") {
            chain.last = chain.branches.pop();
        } else if !chain.step(cursor, depth)? {
            break;
        }
    }
    if !chain.branches.is_empty() {
        return cursor.error("`)` is expected");
    }
    if !chain.closures.is_empty() {
        return cursor.error("a ring is not closed");
    }
    match chain.pattern.atoms.is_empty() {
        true => cursor.error("an atom is expected"),
        false => Ok(chain.pattern),
    }
}

struct Chain {
    pattern: Pattern,
    /// Atoms at which branches began.
    branches: Vec<usize>,
    /// The atom that the next one is bonded to.
    last: Option<usize>,
    /// Ring closures that are open: number, atom and bond.
    closures: Vec<(u32, usize, BondTest)>,
}

impl Chain {
    /// Reads a bond and an atom or ring closure; says whether there was any.
    fn step(&mut self, cursor: &mut Cursor, depth: usize) -> Result<bool, PatternError> {
        let from = cursor.at;
        let bond = BondTest::read(cursor);
        if let Some(number) = closure_number(cursor) {
            let Some(last) = self.last else {
                return cursor.error("a ring closure needs an atom before it");
            };
            return match self.close(number, last, bond) {
                true => Ok(true),
                false => cursor.error("a ring closure joins an atom with itself"),
            };
        }
        let Some(test) = read_atom(cursor, depth)? else {
            return match cursor.at == from {
                true => Ok(false),
                false => cursor.error("an atom is expected after a bond"),
            };
        };
        let atom = self.pattern.atoms.len();
        self.pattern.atoms.push(test);
        let bonds = self.last.map(|last| (last, bond));
        self.pattern.bonds.push(bonds.into_iter().collect());
        self.last = Some(atom);
        Ok(true)
    }

    /// Opens a ring closure, or closes the open one of this number; false where both ends are the same atom.
    fn close(&mut self, number: u32, last: usize, bond: BondTest) -> bool {
        let Some(open) = self.closures.iter().position(|open| open.0 == number) else {
            self.closures.push((number, last, bond));
            return true;
        };
        let (_, first, written) = self.closures.swap_remove(open);
        let bond = match bond {
            BondTest::Unsaid => written,
            bond => bond,
        };
        let (earlier, later) = (first.min(last), first.max(last));
        self.pattern.bonds[later].push((earlier, bond));
        earlier != later
    }
}

fn closure_number(cursor: &mut Cursor) -> Option<u32> {
    if cursor.take("%") {
        return cursor.number();
    }
    let digit = cursor.peek().filter(u8::is_ascii_digit)?;
    cursor.at += 1;
    Some(u32::from(digit - b'0'))
}

/// Reads an atom with or without brackets; nothing where none comes.
fn read_atom(cursor: &mut Cursor, depth: usize) -> Result<Option<AtomTest>, PatternError> {
    if cursor.take("[") {
        let test = AtomTest::read(cursor, depth)?;
        // The number of an atom in a reaction says nothing here.
        if cursor.take(":") {
            cursor.number();
        }
        return match cursor.take("]") {
            true => Ok(Some(test)),
            false => cursor.error("`]` is expected"),
        };
    }
    let test = if cursor.take("*") {
        Some(AtomTest::Any)
    } else if let Some(test) = read_symbol(cursor) {
        Some(test)
    } else if cursor.take("a") {
        Some(AtomTest::Aromatic(true))
    } else if cursor.take("A") {
        Some(AtomTest::Aromatic(false))
    } else {
        None
    };
    Ok(test)
}
