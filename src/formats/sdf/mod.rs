//! SDF and MOL: one record (V2000 or V3000) to a molecule, and a molecule to a record.
//!
//! Source: BIOVIA, CTfile formats (2020). A record is a header of three lines, a connection table and data fields.

mod atom_line;
mod data_fields;
mod draft;
mod property_line;
mod v2000;
mod v3000;
mod write;

pub use write::write;

use super::lines::{Lines, columns, number};
use crate::Result;
use crate::molecule::graph::Graph;
use draft::Draft;

/// Reads the first record of `text`; `file` is what errors call it. Aromatic bonds get Kekulé orders, and atoms
/// the hydrogens that their valence implies where the record lists none.
///
/// # Errors
/// [`crate::Error::Parse`] with the line: blocks that are shorter than the counts line says, numbers that are none, bonds
/// to atoms that are not there, query atoms and query bonds, more bonds than an element can have.
pub fn read(text: &str, file: &str) -> Result<Graph> {
    let mut lines = Lines::new(text, file);
    let name = lines.next().unwrap_or("").trim().to_string();
    let program = lines.next().unwrap_or("");
    let in_space = columns(program, 20, 22).eq_ignore_ascii_case("3D");
    lines.next();
    let Some(counts) = lines.next() else {
        let what = "ends before its counts line, the fourth: this is no SDF record";
        return Err(lines.wrong_at(0, what));
    };
    let mut draft = Draft::new(name, in_space);
    match counts.contains("V3000") {
        true => v3000::read(&mut draft, &mut lines)?,
        false => v2000::read(&mut draft, counts, &mut lines)?,
    }
    draft.graph.properties = data_fields::read(&mut lines);
    draft.finish(&lines)
}

#[cfg(test)]
mod tests;
