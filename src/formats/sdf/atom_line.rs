//! One line of V2000's atom block.

use super::draft::{Draft, element, unpaired};
use super::{Lines, columns, number};
use crate::Result;
use crate::formats::coordinate::coordinate;
use crate::molecule::graph::Atom;
use glam::DVec3;

/// Adds the atom of this line to the draft.
pub(super) fn read(draft: &mut Draft, line: &str, lines: &Lines) -> Result<()> {
    let position = DVec3::new(
        place(line, "x", 0, lines)?,
        place(line, "y", 10, lines)?,
        place(line, "z", 20, lines)?,
    );
    let (element, mut isotope) =
        element(columns(line, 31, 34)).map_err(|what| lines.wrong(what))?;
    // Programs leave these columns out.
    let number = |from, to| number(line, from, to).unwrap_or(0);
    let shift = number(34, 36);
    if shift != 0 {
        isotope = isotope.or(standard_mass(element.number()).checked_add_signed(shift as i16));
    }
    let code = number(36, 39);
    let valence = number(48, 51);
    draft.graph.atoms.push(Atom {
        element,
        position,
        charge: if (1..=7).contains(&code) {
            4 - code as i8
        } else {
            0
        },
        isotope,
        // Code 4 is no charge but a doublet radical.
        radicals: unpaired(if code == 4 { 2 } else { 0 }),
        ..Atom::default()
    });
    draft.lines.push(lines.number());
    draft.valences.push(match valence {
        1..=14 => Some(valence as u32),
        15 => Some(0),
        _ => None,
    });
    Ok(())
}

fn place(line: &str, axis: &str, from: usize, lines: &Lines) -> Result<f64> {
    let (first, last) = (from + 1, from + 10);
    coordinate(columns(line, from, last)).map_err(|what| {
        lines.wrong(format!(
            "{axis} {what} (columns {first}-{last}): \
             either the atom block is shorter than the counts line says, or this atom is damaged"
        ))
    })
}

/// Mass number that a mass difference counts from: that of the standard weight, rounded, for elements of molecules.
fn standard_mass(number: u8) -> u16 {
    match number {
        1 => 1,
        5 => 11,
        6 => 12,
        7 => 14,
        8 => 16,
        9 => 19,
        14 => 28,
        15 => 31,
        16 => 32,
        17 => 35,
        35 => 80,
        53 => 127,
        other => 2 * u16::from(other),
    }
}
