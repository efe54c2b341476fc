//! PDBQT: receptors, and ligands with torsion trees and several MODELs.
//!
//! The format is PDB's fixed columns with the charge in columns 67-76 and the AutoDock4 type from column 78
//! (AutoDock 4.2 user guide, appendix on file formats). Ligands add ROOT, BRANCH and TORSDOF records.

mod atom;
mod drawn;
mod labelled_hydrogens;
mod ligand;
mod model;
mod receptor;
mod record;
mod tree;
mod write;

pub use drawn::drawn_pose;
pub use ligand::read_ligands;
pub use receptor::read_receptor;
pub use write::write_pose;

use crate::Error;
use std::path::Path;

/// The error of a line in a file; `line` counts from 1, 0 is the whole file.
fn parse_error(file: &str, line: usize, what: impl Into<String>) -> Error {
    Error::Parse {
        file: file.to_string(),
        line,
        what: what.into(),
    }
}

/// A file name without its folder and extension.
fn stem(file_name: &str) -> String {
    Path::new(file_name).file_stem().map_or_else(
        || file_name.to_string(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}
