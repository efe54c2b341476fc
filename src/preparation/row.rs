//! A ligand's row in a part and in the manifest.

use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Ending of a part's table: the file that makes the part done.
pub const TABLE: &str = "csv";

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

/// Rows as a part keeps them.
///
/// # Errors
/// None but of memory.
pub fn write(rows: &[Row]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

/// Reads a part's table back.
///
/// # Errors
/// `Error::File`, and `Error::Parse` for a damaged table.
pub fn read(path: &Path) -> Result<Vec<Row>> {
    let file = std::fs::File::open(path).map_err(Error::at(path))?;
    let rows = csv::Reader::from_reader(file)
        .into_deserialize()
        .collect::<csv::Result<_>>();
    rows.map_err(|error| Error::Parse {
        file: path.display().to_string(),
        line: error
            .position()
            .map_or(0, |position| position.line() as usize),
        what: format!("damaged part ({error}); delete it and run the same command again"),
    })
}
