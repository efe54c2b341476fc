//! A block: candidates that follow one another, docked together, stored as one part.

use super::candidate::{Candidate, Origin};
use super::row::Row;
use super::{Engine, poses};
use crate::cluster::{Part, Parts, TABLE, write_rows};
use crate::dock::Docking;
use crate::molecule::Ligand;
use crate::{Error, Result};

/// The outcome of one block: a row for each candidate, a pose for each docked one.
pub struct Block {
    rows: Vec<Row>,
    poses: String,
    docked: usize,
}

impl Block {
    /// Docks the candidates that are ligands; the others already have their reason.
    pub fn dock(engine: &dyn Engine, candidates: Vec<Candidate>) -> Result<Block> {
        let mut ligands = Vec::new();
        let mut origins = Vec::new();
        for candidate in candidates {
            let flaw = candidate.ligand.map(|ligand| ligands.push(ligand)).err();
            origins.push((candidate.origin, flaw));
        }
        let mut results = ligands.iter().zip(dock_all(engine, &ligands)?);
        let mut block = Block {
            rows: Vec::new(),
            poses: String::new(),
            docked: 0,
        };
        for (origin, flaw) in origins {
            let result = if flaw.is_none() { results.next() } else { None };
            let row = match (flaw, result) {
                (None, Some((ligand, Ok(docking)))) => block.docked(&origin, ligand, &docking),
                (None, Some((_, Err(error)))) => failed(&origin, &error.to_string()),
                (flaw, _) => Row::failed(&origin, flaw.unwrap_or_default()),
            };
            block.rows.push(row);
        }
        Ok(block)
    }

    fn docked(&mut self, origin: &Origin, ligand: &Ligand, docking: &Docking) -> Row {
        let Some(best) = docking.poses.first() else {
            return failed(origin, "the search gave no pose");
        };
        let energies = &best.energies;
        if !(energies.energy().is_finite() && energies.score().is_finite()) {
            return failed(origin, "the energy of its best pose is not a number");
        }
        let row = Row::docked(origin, ligand, docking, best);
        self.docked += 1;
        let text = poses::text(ligand, &origin.member, &row, best);
        self.poses.push_str(&poses::model(self.docked, &text));
        row
    }

    /// The part that this block is.
    pub fn part(&self) -> Part {
        Part {
            first: self.rows.first().map_or(0, |row| row.item),
            count: self.rows.len() as u64,
        }
    }

    /// Writes it.
    pub fn store(&self, parts: &Parts) -> Result<()> {
        let part = self.part();
        let table = write_rows(&self.rows).map_err(Error::at(parts.file(part, TABLE)))?;
        let poses = zstd::encode_all(self.poses.as_bytes(), zstd::DEFAULT_COMPRESSION_LEVEL)
            .map_err(Error::at(parts.file(part, poses::POSES)))?;
        parts.store(part, &[(poses::POSES, &poses), (TABLE, &table)])
    }
}

/// One result for each ligand, or an error that is the engine's own fault.
fn dock_all(engine: &dyn Engine, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>> {
    if ligands.is_empty() {
        return Ok(Vec::new());
    }
    let results = engine.dock(ligands)?;
    if results.len() == ligands.len() {
        return Ok(results);
    }
    let what = format!(
        "{} results for {} ligands; please report this",
        results.len(),
        ligands.len()
    );
    Err(Error::Kernel {
        kernel: "screen".into(),
        what,
    })
}

fn failed(origin: &Origin, what: &str) -> Row {
    Row::failed(origin, format!("{}: {what}", origin.member))
}
