//! A pose of a ligand as PDBQT text.

use crate::molecule::{Ligand, Line};
use glam::DVec3;
use std::fmt::Write;

/// The ligand's records in the order of its file, with these coordinates (Angstrom, one per atom of the ligand).
///
/// There is no MODEL or ENDMDL around it. An atom without a coordinate keeps its own position.
pub fn write_pose(ligand: &Ligand, coordinates: &[DVec3]) -> String {
    let mut text = String::with_capacity(80 * ligand.lines.len());
    for line in &ligand.lines {
        match line {
            Line::Other(other) => text.push_str(other),
            Line::Atom {
                index,
                before,
                after,
            } => {
                let position = coordinates
                    .get(*index)
                    .or_else(|| ligand.atoms.get(*index).map(|atom| &atom.position));
                let DVec3 { x, y, z } = position.copied().unwrap_or_default();
                // Writing to a String cannot fail.
                let _ = write!(text, "{before}{x:8.3}{y:8.3}{z:8.3}{after}");
            }
        }
        text.push('\n');
    }
    text
}
