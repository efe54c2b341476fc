//! Atoms of SMILES: those written without brackets, and those within.

use super::Fault;
use super::cursor::Cursor;
use crate::molecule::graph::{Atom, Chirality, Element};

/// An atom as it is written.
pub(super) struct Written {
    /// The atom; its hydrogens are known where it stands in brackets.
    pub(super) atom: Atom,
    /// Written in lower case.
    pub(super) aromatic: bool,
    /// Written in brackets: no hydrogens beyond those it names.
    pub(super) bracket: bool,
}

/// Symbols that need no brackets; two letters come before one.
const ORGANIC: [&str; 10] = ["Cl", "Br", "B", "C", "N", "O", "P", "S", "F", "I"];
const AROMATIC_ORGANIC: [&str; 6] = ["b", "c", "n", "o", "p", "s"];
const AROMATIC: [&str; 10] = ["se", "as", "te", "si", "b", "c", "n", "o", "p", "s"];

/// Reads an atom, if one comes next.
pub(super) fn read(cursor: &mut Cursor) -> Result<Option<Written>, Fault> {
    if cursor.peek() == b'[' {
        return bracket(cursor).map(Some);
    }
    if cursor.peek() == b'*' {
        return Err(cursor.fault(PLACEHOLDER));
    }
    let organic = (ORGANIC.iter().map(|symbol| (symbol, false)))
        .chain(AROMATIC_ORGANIC.iter().map(|symbol| (symbol, true)));
    for (symbol, aromatic) in organic {
        if cursor.take_word(symbol) {
            return Ok(Some(Written {
                atom: Atom {
                    element: Element::from_symbol(symbol).unwrap_or_default(),
                    ..Atom::default()
                },
                aromatic,
                bracket: false,
            }));
        }
    }
    Ok(None)
}

const PLACEHOLDER: &str = "`*` stands for any atom or group: name the element or draw the group";

/// `[isotope symbol chirality hydrogens charge :class]`.
fn bracket(cursor: &mut Cursor) -> Result<Written, Fault> {
    cursor.take(b'[');
    let isotope = cursor.number(3);
    let (element, aromatic) = symbol(cursor)?;
    let chirality = chirality(cursor);
    let implicit_hydrogens = match cursor.take(b'H') {
        true => cursor.number(1).unwrap_or(1) as u8,
        false => 0,
    };
    let charge = charge(cursor)?;
    if cursor.take(b':') && cursor.number(5).is_none() {
        return Err(cursor.fault("expected the number of an atom class behind `:`"));
    }
    if !cursor.take(b']') {
        let what = format!(
            "expected `]`, found {}; brackets hold isotope, symbol, chirality, hydrogens and charge in this order",
            cursor.shown()
        );
        return Err(cursor.fault(what));
    }
    Ok(Written {
        atom: Atom {
            element,
            isotope,
            chirality,
            implicit_hydrogens,
            charge,
            ..Atom::default()
        },
        aromatic,
        bracket: true,
    })
}

fn symbol(cursor: &mut Cursor) -> Result<(Element, bool), Fault> {
    if cursor.peek() == b'*' {
        return Err(cursor.fault(PLACEHOLDER));
    }
    let lower = AROMATIC.iter().find(|symbol| cursor.take_word(symbol));
    if let Some(element) = lower.and_then(|symbol| Element::from_symbol(symbol)) {
        return Ok((element, true));
    }
    // Two letters come before one.
    match cursor.take_element(2).or_else(|| cursor.take_element(1)) {
        Some(element) => Ok((element, false)),
        None => {
            let what = format!("{} begins no element's symbol", cursor.shown());
            Err(cursor.fault(what))
        }
    }
}

/// Tetrahedral handedness. Other classes (`@AL1`, `@SP2`, ...) are stepped over.
fn chirality(cursor: &mut Cursor) -> Option<Chirality> {
    if !cursor.take(b'@') {
        return None;
    }
    if cursor.take(b'@') {
        return Some(Chirality::Clockwise);
    }
    for (word, tetrahedral) in [
        ("TH", true),
        ("AL", false),
        ("SP", false),
        ("TB", false),
        ("OH", false),
    ] {
        if cursor.peek_class(word) {
            cursor.take_word(word);
            let number = cursor.number(2);
            return match (tetrahedral, number) {
                (true, Some(2)) => Some(Chirality::Clockwise),
                (true, _) => Some(Chirality::Anticlockwise),
                (false, _) => None,
            };
        }
    }
    Some(Chirality::Anticlockwise)
}

/// `+`, `-2`, `+++`.
fn charge(cursor: &mut Cursor) -> Result<i8, Fault> {
    let sign = match cursor.peek() {
        b'+' => 1,
        b'-' => -1,
        _ => return Ok(0),
    };
    let mark = cursor.peek();
    let mut size = 0_i8;
    while cursor.take(mark) {
        size += 1;
        if size > 15 {
            return Err(cursor.fault("no atom has so many charges"));
        }
    }
    match cursor.number(2) {
        Some(number) if size == 1 && number <= 15 => Ok(sign * number as i8),
        Some(_) => Err(cursor.fault("expected one sign and a number up to 15, or several signs")),
        None => Ok(sign * size),
    }
}
