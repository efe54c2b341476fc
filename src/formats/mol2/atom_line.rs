//! One line of the ATOM section: number, name, coordinates, SYBYL type, and what follows.

use super::Lines;
use crate::Result;
use crate::formats::coordinate::coordinate;
use crate::molecule::graph::{Atom, Element};
use glam::DVec3;

/// An atom as its line has it.
pub(super) struct AtomLine<'a> {
    /// Number that bonds call it by.
    pub(super) number: usize,
    /// SYBYL type, such as `C.ar`.
    pub(super) kind: &'a str,
    /// The atom, without a formal charge.
    pub(super) atom: Atom,
}

impl<'a> AtomLine<'a> {
    /// Reads the line. The type is the first word from the third on that is no number, so that names with a space
    /// in them, which some programs write, do no harm.
    pub(super) fn read(line: &'a str, lines: &Lines) -> Result<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let shape = || {
            lines.wrong(format!(
                "`{}` is no atom: expected its number, name, x, y, z and SYBYL type; \
                 either the counts line says more atoms than there are, or the line is damaged",
                line.trim_end()
            ))
        };
        let is_word = |word: &&str| word.parse::<f64>().is_err();
        let behind = words.iter().skip(2).position(is_word).ok_or_else(shape)?;
        let at = behind + 2;
        if at < 5 {
            return Err(shape());
        }
        let number = words[0].parse().map_err(|_| shape())?;
        let place = |at: usize| coordinate(words[at]).map_err(|what| lines.wrong(what));
        let position = DVec3::new(place(at - 3)?, place(at - 2)?, place(at - 1)?);
        let kind = words[at];
        Ok(AtomLine {
            number,
            kind,
            atom: Atom {
                element: element(kind).map_err(|what| lines.wrong(what))?,
                position,
                name: words[1..at - 3].join(" "),
                ..Atom::default()
            },
        })
    }
}

/// The element of a SYBYL type: what stands before the dot.
fn element(kind: &str) -> std::result::Result<Element, String> {
    let symbol = kind.split('.').next().unwrap_or("");
    match symbol {
        "Du" | "LP" => Err(format!(
            "atom type `{kind}` is a dummy or lone pair, no atom: remove it"
        )),
        "Any" | "Hal" | "Het" | "Hev" => Err(format!(
            "atom type `{kind}` stands for any of several elements in a query: name one element"
        )),
        _ => Element::from_symbol(symbol)
            .ok_or_else(|| format!("atom type `{kind}` is no SYBYL type of an element")),
    }
}
