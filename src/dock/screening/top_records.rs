//! The best poses of a screen as SDF.

use super::Output;
use super::row::Row;
use crate::dock::pose_records::{energy_fields, record};
use crate::formats::pdbqt;
use crate::whole_file::write_whole;
use crate::{Error, Result};
use glam::DVec3;
use std::collections::HashMap;
use std::io::Write;

/// Writes `top.sdf` from the poses of these rows, best first; returns how many have no bonds to be written with.
pub fn write(output: &Output, best: &[&Row], poses: &HashMap<u64, String>) -> Result<u64> {
    let mut without_bonds = 0;
    write_whole(&output.file("top.sdf"), |writer| {
        for (rank, row) in (1..).zip(best) {
            let pose = poses.get(&row.item).map_or("", String::as_str);
            match drawn(row, pose, rank) {
                Ok(text) => writer.write_all(text.as_bytes())?,
                Err(_) => without_bonds += 1,
            }
        }
        Ok(())
    })?;
    Ok(without_bonds)
}

fn drawn(row: &Row, pose: &str, rank: usize) -> Result<String> {
    let mut ligands = pdbqt::read_ligands(pose, &row.ligand)?;
    let mut ligand = ligands
        .pop()
        .ok_or_else(|| Error::Item(format!("{}: no pose", row.ligand)))?;
    ligand.name = row.ligand.clone();
    let places: Vec<DVec3> = ligand.atoms.iter().map(|atom| atom.position).collect();
    let value = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let energies = [row.energy, row.score, row.inter, row.intra, row.torsional].map(value);
    let mut fields = energy_fields(rank, energies);
    fields.push(("efficiency".into(), format!("{:.4}", value(row.efficiency))));
    fields.push(("archive".into(), row.archive.clone()));
    record(&ligand, &places, fields)
}
