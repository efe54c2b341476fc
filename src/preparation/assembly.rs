//! The end of a preparation: pieces become archives, tables of parts one manifest.

use super::Output;
use super::block::PIECE;
use super::packing::{Compression, end};
use super::row::{Row, Status};
use crate::cluster::{Part, TABLE, read_rows};
use crate::whole_file::write_whole;
use crate::{Error, Result};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

/// What was put together.
pub struct Assembled {
    /// Rows that failed.
    pub failed: u64,
    /// The archives.
    pub archives: Vec<PathBuf>,
}

/// Writes all archives, then `manifest.csv`, then removes the pieces: the archives hold the same.
///
/// # Errors
/// `Error::File` where a file cannot be read or written; `Error::Parse` and `Error::Usage` where parts are damaged or missing.
pub fn finish(output: &Output, total: u64) -> Result<Assembled> {
    let parts = output.parts.finished()?;
    let archives = archives(output, &parts)?;
    for (name, parts) in &archives {
        assemble(output, name, parts)?;
    }
    let failed = write_manifest(output, &parts, total)?;
    for part in &parts {
        // Best effort: what stays is only room on the disk.
        let _ = fs::remove_file(output.parts.file(*part, PIECE));
    }
    let archives = archives.iter().map(|(name, _)| output.file(name)).collect();
    Ok(Assembled { failed, archives })
}

/// Archives in the order of their first ligand, with their parts. A part without any prepared ligand is in none.
fn archives(output: &Output, parts: &[Part]) -> Result<Vec<(String, Vec<Part>)>> {
    let mut archives: Vec<(String, Vec<Part>)> = Vec::new();
    let mut places = HashMap::new();
    for part in parts {
        let rows: Vec<Row> = read_rows(&output.parts.file(*part, TABLE))?;
        let prepared = rows.iter().find(|row| row.status == Status::Ok);
        let Some((name, _)) = prepared.and_then(|row| row.output.split_once(':')) else {
            continue;
        };
        let place = *places.entry(name.to_string()).or_insert(archives.len());
        if place == archives.len() {
            archives.push((name.to_string(), Vec::new()));
        }
        archives[place].1.push(*part);
    }
    Ok(archives)
}

/// Writes an archive, unless an earlier run did and its pieces are gone.
fn assemble(output: &Output, name: &str, parts: &[Part]) -> Result<()> {
    let path = output.file(name);
    let pieces: Vec<PathBuf> = parts
        .iter()
        .map(|part| output.parts.file(*part, PIECE))
        .collect();
    if let Some(missing) = pieces.iter().find(|piece| !piece.exists()) {
        return match path.exists() {
            true => Ok(()),
            false => Err(Error::Usage(format!(
                "{} is missing, and so is {} that it was made from: remove the folder of parts and run the same command again",
                path.display(),
                missing.display()
            ))),
        };
    }
    let end = end(Compression::of_name(name)).map_err(Error::at(&path))?;
    write_whole(&path, |writer| {
        for piece in &pieces {
            io::copy(&mut File::open(piece)?, writer)?;
        }
        io::copy(&mut end.as_slice(), writer).map(drop)
    })
}

/// Writes the rows of all parts in the order of the library; returns how many failed.
fn write_manifest(output: &Output, parts: &[Part], total: u64) -> Result<u64> {
    let (mut rows, mut failed) = (0, 0);
    let mut fault = None;
    write_whole(&output.file("manifest.csv"), |writer| {
        let mut manifest = csv::Writer::from_writer(writer);
        for part in parts {
            let of_part = match rows_of(output, *part, rows) {
                Ok(of_part) => of_part,
                Err(error) => {
                    fault = Some(error);
                    return Err(io::ErrorKind::InvalidData.into());
                }
            };
            rows += of_part.len() as u64;
            for row in of_part {
                failed += u64::from(row.status == Status::Failed);
                manifest.serialize(row)?;
            }
        }
        manifest.flush()
    })
    .map_err(|error| fault.unwrap_or(error))?;
    match rows == total {
        true => Ok(failed),
        false => Err(Error::Usage(format!(
            "{}: parts hold {rows} rows of {total} ligands; choose another folder",
            output.folder.display()
        ))),
    }
}

/// A part's rows, which must be as many as its name says and follow the `before` rows of the parts in front.
fn rows_of(output: &Output, part: Part, before: u64) -> Result<Vec<Row>> {
    let path = output.parts.file(part, TABLE);
    let rows: Vec<Row> = read_rows(&path)?;
    if part.first == before && rows.len() as u64 == part.count {
        return Ok(rows);
    }
    Err(Error::Parse {
        file: path.display().to_string(),
        line: 0,
        what: format!(
            "holds {} rows where items {before} and on were expected; delete it and run the same command again",
            rows.len()
        ),
    })
}
