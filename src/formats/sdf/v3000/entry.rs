//! One entry of V3000's atom block.

use super::Lines;
use super::statement::Statement;
use crate::Result;
use crate::formats::sdf::atom_line::LARGEST_COORDINATE;
use crate::formats::sdf::draft::{Draft, element, unpaired};
use crate::molecule::graph::Atom;
use glam::DVec3;

/// Adds the atom `number type x y z map [NAME=value ...]` to the draft; returns its number.
pub(super) fn atom(draft: &mut Draft, statement: &Statement, lines: &Lines) -> Result<usize> {
    let number = statement.number(0, lines)?;
    let symbol = statement.word(1);
    let (element, isotope) = match symbol.contains('[') {
        true => Err(format!(
            "atom `{symbol}` stands for any of several elements in a query: name one element"
        )),
        false => element(symbol),
    }
    .map_err(|what| lines.wrong(what))?;
    let position = DVec3::new(
        coordinate(statement, 2, lines)?,
        coordinate(statement, 3, lines)?,
        coordinate(statement, 4, lines)?,
    );
    let option = |name| option(statement, name, lines);
    let valence = option("VAL")?;
    draft.graph.atoms.push(Atom {
        element,
        position,
        charge: option("CHG")?
            .and_then(|charge| i8::try_from(charge).ok())
            .unwrap_or(0),
        isotope: option("MASS")?
            .and_then(|mass| u16::try_from(mass).ok())
            .or(isotope),
        radicals: option("RAD")?.map_or(0, unpaired),
        ..Atom::default()
    });
    draft.lines.push(lines.number());
    draft.valences.push(match valence {
        Some(-1) => Some(0),
        Some(0) | None => None,
        Some(valence) => u32::try_from(valence).ok(),
    });
    Ok(number)
}

fn coordinate(statement: &Statement, at: usize, lines: &Lines) -> Result<f64> {
    match statement.word(at).parse::<f64>() {
        Ok(value) if value.abs() <= LARGEST_COORDINATE => Ok(value),
        _ => Err(lines.wrong(format!(
            "coordinate `{}` is not a number within ±{LARGEST_COORDINATE} Angstrom",
            statement.word(at)
        ))),
    }
}

/// The whole number of an option.
fn option(statement: &Statement, name: &str, lines: &Lines) -> Result<Option<i64>> {
    let Some(value) = statement.option(name) else {
        return Ok(None);
    };
    match value.parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(lines.wrong(format!("`{name}={value}` is no number"))),
    }
}
