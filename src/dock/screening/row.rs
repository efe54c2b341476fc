//! A ligand's row, its text in a part, and the final table made of rows.

use super::candidate::Origin;
use crate::dock::{Docking, Pose};
use crate::molecule::Ligand;
use crate::report::{Column, Table, Values};
use serde::{Deserialize, Serialize};
use std::mem::take;

/// Whether a ligand has a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Docked.
    Ok,
    /// `reason` says why not.
    Failed,
}

/// What a screen reports of one ligand. Energies in kcal/mol; `None` for a failed one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Number of the record in the library, from 0: the key, for names may repeat.
    pub item: u64,
    /// Name of the ligand.
    pub ligand: String,
    /// Archive, file or folder as the user named it.
    pub archive: String,
    /// Whether it was docked.
    pub status: Status,
    /// Member, line and what is wrong; of a docked one what was done that its record did not ask for, and doubts.
    pub reason: String,
    /// Estimated free energy of binding: inter + torsional.
    pub energy: Option<f64>,
    /// What the search minimised: inter + intra.
    pub score: Option<f64>,
    /// Intermolecular energy.
    pub inter: Option<f64>,
    /// Intramolecular energy.
    pub intra: Option<f64>,
    /// Torsional free energy.
    pub torsional: Option<f64>,
    /// `energy` divided by the number of heavy atoms.
    pub efficiency: Option<f64>,
    /// Poses in the cluster of the best one.
    pub cluster_size: Option<i64>,
    /// Independent runs.
    pub runs: Option<i64>,
    /// Energy evaluations of all runs.
    pub evaluations: Option<i64>,
}

impl Row {
    /// The row of a ligand without result. `reason` names the member.
    pub fn failed(origin: &Origin, reason: String) -> Row {
        Row {
            item: origin.item,
            ligand: origin.name.clone(),
            archive: origin.archive.clone(),
            status: Status::Failed,
            reason,
            energy: None,
            score: None,
            inter: None,
            intra: None,
            torsional: None,
            efficiency: None,
            cluster_size: None,
            runs: None,
            evaluations: None,
        }
    }

    /// The row of a docked ligand and its best pose.
    pub fn docked(origin: &Origin, ligand: &Ligand, docking: &Docking, best: &Pose) -> Row {
        let heavy = ligand
            .atoms
            .iter()
            .filter(|atom| !atom.kind.is_hydrogen())
            .count();
        let energies = &best.energies;
        let remarks: Vec<&str> = (origin.notes.iter().chain(&docking.warning))
            .map(String::as_str)
            .collect();
        Row {
            status: Status::Ok,
            energy: Some(energies.energy()),
            score: Some(energies.score()),
            inter: Some(energies.inter),
            intra: Some(energies.intra),
            torsional: Some(energies.torsional),
            efficiency: Some(energies.energy() / heavy.max(1) as f64),
            cluster_size: Some(best.cluster_size as i64),
            runs: Some(docking.poses.len() as i64),
            evaluations: Some(docking.evaluations as i64),
            ..Row::failed(origin, remarks.join("; "))
        }
    }
}

/// The final table of ranked rows: ranks count the docked ones from 1.
pub fn table(mut rows: Vec<Row>) -> Table {
    let rank = |(at, row): (usize, &Row)| (row.status == Status::Ok).then_some(at as i64 + 1);
    let ranks = Values::Integer(rows.iter().enumerate().map(rank).collect());
    // Texts move out of the rows: a table of millions need not be in memory twice.
    let mut text = |get: fn(&mut Row) -> String| Values::Text(rows.iter_mut().map(get).collect());
    let ligands = text(|row| take(&mut row.ligand));
    let archives = text(|row| take(&mut row.archive));
    let statuses = text(|row| format!("{:?}", row.status).to_lowercase());
    let reasons = text(|row| take(&mut row.reason));
    let real = |decimals, get: fn(&Row) -> Option<f64>| {
        Values::Real(rows.iter().map(get).collect(), decimals)
    };
    let integer = |get: fn(&Row) -> Option<i64>| Values::Integer(rows.iter().map(get).collect());
    let column = |name, values| Column { name, values };
    let columns = vec![
        column("rank", ranks),
        column("ligand", ligands),
        column("archive", archives),
        column("status", statuses),
        column("reason", reasons),
        column("energy", real(3, |row| row.energy)),
        column("score", real(3, |row| row.score)),
        column("inter", real(3, |row| row.inter)),
        column("intra", real(3, |row| row.intra)),
        column("torsional", real(3, |row| row.torsional)),
        column("efficiency", real(4, |row| row.efficiency)),
        column("cluster_size", integer(|row| row.cluster_size)),
        column("runs", integer(|row| row.runs)),
        column("evaluations", integer(|row| row.evaluations)),
    ];
    Table { columns }
}
