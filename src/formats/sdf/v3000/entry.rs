//! One entry of V3000's atom block.

use super::Lines;
use super::statement::Statement;
use crate::Result;
use crate::formats::coordinate::coordinate;
use crate::formats::sdf::draft::{Draft, charge, element, unpaired};
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
    let place = |at| coordinate(statement.word(at)).map_err(|what| lines.wrong(what));
    let position = DVec3::new(place(2)?, place(3)?, place(4)?);
    let option = |name| option(statement, name, lines);
    let valence = option("VAL")?;
    draft.graph.atoms.push(Atom {
        element,
        position,
        charge: charge(option("CHG")?.unwrap_or(0)).map_err(|what| lines.wrong(what))?,
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
