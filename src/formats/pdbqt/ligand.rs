//! Ligands from PDBQT: one per MODEL.

use super::model::ModelReader;
use super::parse_error;
use super::receptor::NO_ATOMS;
use super::record::Record;
use crate::Result;
use crate::molecule::Ligand;

/// Reads all ligands of a file, one per MODEL (one where there are no MODEL records).
///
/// A ligand without ROOT and BRANCH is taken as rigid. Atoms are reordered so that every fragment's own atoms are
/// contiguous, its axis atom first; `Ligand::lines` keeps the file's order.
///
/// # Errors
/// [`crate::Error::Parse`] with file and line: an atom that cannot be read, a torsion tree that does not close or
/// names missing atoms, flexible residues, no atoms.
pub fn read_ligands(text: &str, file_name: &str) -> Result<Vec<Ligand>> {
    let mut ligands = Vec::new();
    let mut model = ModelReader::new(file_name);
    for (index, line) in text.lines().enumerate() {
        match Record::of(line) {
            // A MODEL without ENDMDL before it ends the one before.
            Record::Model | Record::EndModel => {
                let ended = std::mem::replace(&mut model, ModelReader::new(file_name));
                ligands.extend(ended.finish_unless_empty()?);
            }
            record => model.line(index + 1, record, line)?,
        }
    }
    ligands.extend(model.finish_unless_empty()?);
    if ligands.is_empty() {
        return Err(parse_error(file_name, 0, NO_ATOMS));
    }
    Ok(ligands)
}

#[cfg(test)]
#[path = "ligand_tests.rs"]
mod tests;
