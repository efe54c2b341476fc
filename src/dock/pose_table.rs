//! The poses of one docking as a table.

use super::docking::{Docking, Pose};
use crate::report::{Column, Table, Values};

/// Columns that people are shown.
pub const SHOWN: [&str; 7] = [
    "rank",
    "cluster",
    "cluster_size",
    "score",
    "energy",
    "intra",
    "rmsd_reference",
];

fn column(name: &'static str, values: Values) -> Column {
    Column { name, values }
}

/// One row a pose, best score first; energies in kcal/mol, RMSD in Angstrom.
pub fn pose_table(docking: &Docking) -> Table {
    let poses = &docking.poses;
    let whole = |value: fn(&Pose) -> usize| {
        Values::Integer(poses.iter().map(|p| Some(value(p) as i64)).collect())
    };
    let real = |value: fn(&Pose) -> Option<f64>| Values::Real(poses.iter().map(value).collect(), 3);
    let ranks = Values::Integer((1..=poses.len() as i64).map(Some).collect());
    Table {
        columns: vec![
            column("rank", ranks),
            column("run", whole(|p| p.run as usize)),
            column("cluster", whole(|p| p.cluster)),
            column("cluster_size", whole(|p| p.cluster_size)),
            column("score", real(|p| Some(p.energies.score()))),
            column("energy", real(|p| Some(p.energies.energy()))),
            column("inter", real(|p| Some(p.energies.inter))),
            column("intra", real(|p| Some(p.energies.intra))),
            column("torsional", real(|p| Some(p.energies.torsional))),
            column("outside", whole(|p| p.energies.outside)),
            column("rmsd_reference", real(|p| p.rmsd_reference)),
        ],
    }
}
