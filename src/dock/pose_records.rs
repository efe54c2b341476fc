//! Poses as SDF records: the molecule with its bonds and all its hydrogens, and energies as data fields.

use super::Pose;
use crate::formats::{pdbqt, sdf};
use crate::molecule::Ligand;
use crate::{Error, Result};
use glam::DVec3;

/// Data fields of a record: name and value.
pub type Fields = Vec<(String, String)>;

/// One pose (Angstrom, an atom of the ligand each) as an SDF record with these data fields.
///
/// # Errors
/// `Error::Parse` where the ligand's remarks do not say its bonds, `Error::Item` where the record cannot hold it.
pub fn record(ligand: &Ligand, coordinates: &[DVec3], fields: Fields) -> Result<String> {
    let mut molecule = pdbqt::drawn_pose(ligand, coordinates)?;
    molecule.properties = fields;
    sdf::write(&molecule).ok_or_else(|| {
        let name = &ligand.name;
        Error::Item(format!(
            "{name}: more than 999 atoms or bonds, too many for SDF"
        ))
    })
}

/// Whether poses of this ligand can be written so.
///
/// # Errors
/// As [`record`].
pub fn check(ligand: &Ligand) -> Result<()> {
    let places: Vec<DVec3> = ligand.atoms.iter().map(|atom| atom.position).collect();
    record(ligand, &places, Fields::new()).map(drop)
}

/// What is told of a pose of one docking; energies in kcal/mol, the RMSD in Angstrom.
pub fn fields(pose: &Pose, rank: usize) -> Fields {
    let e = &pose.energies;
    let mut fields = energy_fields(rank, [e.energy(), e.score(), e.inter, e.intra, e.torsional]);
    let mut add = |name: &str, value: String| fields.push((name.into(), value));
    add("cluster", pose.cluster.to_string());
    add("cluster_size", pose.cluster_size.to_string());
    add("run", (pose.run + 1).to_string());
    if let Some(rmsd) = pose.rmsd_reference {
        add("rmsd_reference", format!("{rmsd:.3}"));
    }
    fields
}

/// Rank and energies (kcal/mol), under the names of tables' columns.
pub fn energy_fields(rank: usize, energies: [f64; 5]) -> Fields {
    let names = ["energy", "score", "inter", "intra", "torsional"];
    let values = names
        .iter()
        .zip(energies)
        .map(|(name, value)| (name.to_string(), format!("{value:.3}")));
    std::iter::once(("rank".to_string(), rank.to_string()))
        .chain(values)
        .collect()
}
