//! A block: records that follow one another, prepared on all cores, stored as one part.

use super::ligand::{Options, PreparedLigand, prepare_watched};
use super::packing::{Compression, piece};
use super::queue::{Job, JobBlock};
use super::row::{Row, Status};
use super::stages::{Stage, Stages};
use crate::cluster::{Part, Parts, TABLE, write_rows};
use crate::{Error, Result};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// Ending of a part's piece of an archive.
pub const PIECE: &str = "piece";

/// A row for each record, a text for each prepared one.
pub struct Block {
    first: u64,
    rows: Vec<Row>,
    /// Path and text of prepared ligands.
    members: Vec<(String, String)>,
    compression: Compression,
    /// Bytes of the library read when its last record came.
    pub consumed: u64,
}

impl Block {
    /// Prepares the records of a block.
    pub fn prepare(jobs: JobBlock, options: &Options, stages: &Stages) -> Block {
        let results: Vec<_> = (jobs.jobs.par_iter())
            .map(|job| prepare(job, options, stages))
            .collect();
        let count = jobs.jobs.len() as u64;
        let archive = match &jobs.archive {
            Some(archive) => archive.to_string(),
            None => pack_name(jobs.first, count),
        };
        let mut block = Block {
            first: jobs.first,
            rows: Vec::with_capacity(results.len()),
            members: Vec::with_capacity(results.len()),
            compression: Compression::of_name(&archive),
            consumed: jobs.jobs.last().map_or(0, |job| job.item.consumed),
        };
        for (job, result) in jobs.jobs.into_iter().zip(results) {
            let output = format!("{archive}:{}", job.path);
            block.rows.push(row(&job, &result, output));
            block
                .members
                .extend(result.ok().map(|ligand| (job.path, ligand.text)));
        }
        block
    }

    /// The part that this block is.
    pub fn part(&self) -> Part {
        Part {
            first: self.first,
            count: self.rows.len() as u64,
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// `Error::File`; the part is then not done.
    pub fn store(&self, parts: &Parts, stages: &Stages) -> Result<()> {
        let part = self.part();
        let piece = piece(&self.members, self.compression, stages);
        let piece = piece.map_err(Error::at(parts.file(part, PIECE)))?;
        stages.time(Stage::Storing, || {
            let table = write_rows(&self.rows).map_err(Error::at(parts.file(part, TABLE)))?;
            parts.store(part, &[(PIECE, &piece), (TABLE, &table)])
        })
    }
}

/// The archive that holds these records alone.
fn pack_name(first: u64, count: u64) -> String {
    format!("ligands-{first:010}-{count}.tar.gz")
}

fn prepare(
    job: &Job,
    options: &Options,
    stages: &Stages,
) -> std::result::Result<PreparedLigand, String> {
    let text = job.item.text.as_ref().map_err(String::clone)?;
    prepare_watched(text, options, &mut stages.watch()).map_err(|refused| refused.to_string())
}

fn row(job: &Job, result: &std::result::Result<PreparedLigand, String>, output: String) -> Row {
    let item = &job.item;
    let failed = Row {
        archive: item.archive.to_string(),
        member: item.member.to_string(),
        record: item.record,
        name: item.name.clone(),
        status: Status::Failed,
        reason: String::new(),
        output: String::new(),
        atoms: None,
        torsions: None,
    };
    match result {
        Err(reason) => Row {
            reason: reason.clone(),
            ..failed
        },
        Ok(ligand) => Row {
            name: match ligand.name.is_empty() {
                true => failed.name,
                false => ligand.name.clone(),
            },
            status: Status::Ok,
            reason: ligand.notes.join("; "),
            output,
            atoms: Some(ligand.atoms),
            torsions: Some(ligand.torsions),
            ..failed
        },
    }
}
