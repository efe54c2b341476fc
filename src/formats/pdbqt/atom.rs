//! One ATOM or HETATM record of PDBQT.

use super::parse_error;
use crate::Result;
use crate::molecule::{Atom, AtomType};
use glam::DVec3;

/// Coordinates that eight columns with three decimals can hold, so that poses can be written: a sign takes a column.
const COORDINATES: std::ops::RangeInclusive<f64> = -999.999..=9999.999;
/// No atom of a molecule carries more elementary charges than this.
const LARGEST_CHARGE: f64 = 100.0;

/// A line with the names that an error message needs.
#[derive(Clone, Copy)]
pub(super) struct AtomLine<'a> {
    pub(super) file: &'a str,
    /// Line number from 1.
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl AtomLine<'_> {
    /// Reads the record.
    ///
    /// # Errors
    /// [`crate::Error::Parse`] where a number is missing or not finite, or the atom type is not in the AD4.1 table.
    pub(super) fn read(self) -> Result<Atom> {
        let position = DVec3::new(
            self.coordinate("x", 30)?,
            self.coordinate("y", 38)?,
            self.coordinate("z", 46)?,
        );
        Ok(Atom {
            serial: self.columns(6, 11).parse().unwrap_or(0),
            name: self.columns(12, 16).to_string(),
            residue: self.columns(17, 20).to_string(),
            position,
            charge: self.charge()?,
            kind: self.kind()?,
        })
    }

    /// Text of columns `from+1..=to`, trimmed; empty where the line is shorter or the columns split a character.
    fn columns(&self, from: usize, to: usize) -> &str {
        let to = to.min(self.text.len());
        self.text.get(from..to).unwrap_or("").trim()
    }

    fn coordinate(&self, axis: &str, from: usize) -> Result<f64> {
        let field = self.columns(from, from + 8);
        match field.parse::<f64>() {
            Ok(value) if COORDINATES.contains(&value) => Ok(value),
            _ => Err(parse_error(
                self.file,
                self.number,
                format!(
                    "{axis} coordinate `{field}` in columns {}-{} is not a number from {} to {} Angstrom: \
                     correct the atom or prepare the file again",
                    from + 1,
                    from + 8,
                    COORDINATES.start(),
                    COORDINATES.end()
                ),
            )),
        }
    }

    fn charge(&self) -> Result<f64> {
        let field = self.columns(66, 76);
        match field.parse::<f64>() {
            Ok(value) if value.abs() <= LARGEST_CHARGE => Ok(value),
            _ => Err(parse_error(
                self.file,
                self.number,
                format!(
                    "partial charge `{field}` in columns 67-76 is not a number: a PDBQT file has the charge there, \
                     a PDB file has none; prepare it with Meeko, AutoDockTools or Open Babel"
                ),
            )),
        }
    }

    fn kind(&self) -> Result<AtomType> {
        let field = self.text.get(77..).unwrap_or("");
        let name = field.split_whitespace().next().unwrap_or("");
        type_of(name).ok_or_else(|| {
            parse_error(
                self.file,
                self.number,
                format!(
                    "atom type `{name}` from column 78 is not an AutoDock4 type of the AD4.1 table \
                     (such as C A N NA OA HD S SA F Cl Br I P Zn): change the type or leave this molecule out"
                ),
            )
        })
    }
}

/// The type of this name. Names all in lower case are taken as upper case, but for `na`, which may mean sodium.
fn type_of(name: &str) -> Option<AtomType> {
    AtomType::from_name(name).or_else(|| {
        let lower = !name.contains(|c: char| c.is_ascii_uppercase()) && name != "na";
        lower
            .then(|| AtomType::from_name(&name.to_ascii_uppercase()))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Atom> {
        let line = AtomLine {
            file: "x.pdbqt",
            number: 7,
            text,
        };
        line.read()
    }

    #[test]
    fn fields_are_read_by_columns() {
        let text =
            "ATOM     14  OD1AASP A 102     -28.348  46.037-116.783  1.00  0.00    +0.005 OA ";
        let atom = read(text).unwrap();
        assert_eq!(atom.serial, 14);
        assert_eq!((atom.name.as_str(), atom.residue.as_str()), ("OD1", "ASP"));
        assert_eq!(atom.position, DVec3::new(-28.348, 46.037, -116.783));
        assert_eq!((atom.charge, atom.kind.name()), (0.005, "OA"));
    }

    #[test]
    fn bad_fields_name_the_line() {
        for (text, word) in [
            (
                "ATOM      1  C   LIG     1         nan   0.000   0.000  1.00  0.00     0.100 C",
                "x coordinate",
            ),
            (
                "ATOM      1  C   LIG     1       0.000     inf   0.000  1.00  0.00     0.100 C",
                "y coordinate",
            ),
            (
                "ATOM      1  C   LIG     1       0.000   0.000   0.0",
                "charge",
            ),
            (
                "ATOM      1  C   LIG     1       0.000   0.000   0.000  1.00  0.00     0.100 Xx",
                "`Xx`",
            ),
            (
                "ATOM      1  C   LIG     1       0.000   0.000   0.000  1.00  0.00     0.100",
                "``",
            ),
            ("ATOM", "x coordinate"),
            ("ATOM      1  Cäöüßäöüßäöüßäöüßäöüßäöüßäöüß", "coordinate"),
        ] {
            let message = read(text).unwrap_err().to_string();
            assert!(
                message.starts_with("x.pdbqt, line 7: ") && message.contains(word),
                "{message}"
            );
        }
    }

    #[test]
    fn lower_case_types_are_known_but_sodium_is_not_nitrogen() {
        assert_eq!(type_of("oa"), AtomType::from_name("OA"));
        assert_eq!(type_of("na"), None);
        assert_eq!(type_of("Na"), None);
    }
}
