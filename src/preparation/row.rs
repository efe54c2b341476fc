//! A ligand's row in a part and in the manifest.

use serde::{Deserialize, Serialize};

/// Whether a ligand was prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its text is where `output` says.
    Ok,
    /// `reason` says why not.
    Failed,
}

/// What the manifest says of one ligand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Archive, file or folder as the user named it.
    pub archive: String,
    /// Path inside it.
    pub member: String,
    /// Number of the record in its member, from 1.
    pub record: usize,
    /// Title of the record, or the file's name.
    pub name: String,
    /// Whether it was prepared.
    pub status: Status,
    /// Why it was not, with the line; of a prepared one what was done that the record did not ask for.
    pub reason: String,
    /// `archive:member` of its PDBQT; empty for a failed one.
    pub output: String,
    /// Atoms of its PDBQT.
    pub atoms: Option<usize>,
    /// Rotatable bonds.
    pub torsions: Option<usize>,
}
