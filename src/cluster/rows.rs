//! The table of a part: its rows as CSV, numbers in full precision, so that they come back bit for bit.

use crate::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Ending of a part's table: the file that makes the part done.
pub const TABLE: &str = "csv";

/// Rows as a part keeps them.
///
/// # Errors
/// None but of memory.
pub fn write_rows<R: Serialize>(rows: &[R]) -> std::io::Result<Vec<u8>> {
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
pub fn read_rows<R: DeserializeOwned>(path: &Path) -> Result<Vec<R>> {
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
