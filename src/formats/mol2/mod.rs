//! MOL2: one record to a molecule.
//!
//! Source: Tripos, Mol2 File Format (2005). The format has no field for formal charges: they follow from SYBYL
//! atom types and valences, unless the record has a `UNITY_ATOM_ATTR` section.

mod atom_line;
mod charges;
mod draft;
mod oxygen_groups;
mod section;

use super::lines::Lines;
use crate::Result;
use crate::molecule::graph::Graph;
use draft::Draft;
use section::Section;

/// Reads the first record of `text`; `file` is what errors call it. Aromatic bonds get Kekulé orders, and atoms
/// the formal charges that their types and bonds imply.
///
/// # Errors
/// [`crate::Error::Parse`] with the line: sections shorter than the counts say, numbers that are none, bonds to atoms
/// that are not there, dummy atoms, bonds of unknown order, more bonds than an element can have.
pub fn read(text: &str, file: &str) -> Result<Graph> {
    let mut lines = Lines::new(text, file);
    let mut draft = Draft::default();
    let mut section = Section::None;
    let mut begun = false;
    while let Some(line) = lines.next() {
        if let Some(name) = line.trim_start().strip_prefix("@<TRIPOS>") {
            section = Section::of(name.trim());
            if section == Section::Molecule && std::mem::replace(&mut begun, true) {
                break;
            }
        } else if section == Section::Molecule {
            draft.header(line, &lines)?;
        } else if !(line.trim().is_empty() || line.starts_with('#')) {
            draft.line(section, line, &lines)?;
        }
    }
    match begun {
        true => draft.finish(&lines),
        false => Err(lines.wrong_at(0, "there is no @<TRIPOS>MOLECULE: this is no MOL2 record")),
    }
}

#[cfg(test)]
mod tests;
