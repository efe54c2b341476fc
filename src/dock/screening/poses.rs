//! Best poses as PDBQT models: those of a part, compressed, and the top of all parts.

use super::row::{Row, Status};
use crate::cluster::{Part, Parts, TABLE, read_rows};
use crate::dock::Pose;
use crate::formats::pdbqt;
use crate::molecule::Ligand;
use crate::{Error, Result};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Ending of a part's poses.
pub const POSES: &str = "pdbqt.zst";

/// One pose as a model's lines, without `MODEL` and `ENDMDL`.
pub fn text(ligand: &Ligand, member: &str, row: &Row, pose: &Pose) -> String {
    let e = &pose.energies;
    format!(
        "REMARK Ligand = {}\nREMARK Archive = {}\nREMARK Member = {member}\n\
         REMARK Estimated free energy of binding = {:.3} kcal/mol\n\
         REMARK Intermolecular = {:.3}, intramolecular = {:.3}, torsional = {:.3} kcal/mol\n{}",
        row.ligand,
        row.archive,
        e.energy(),
        e.inter,
        e.intra,
        e.torsional,
        pdbqt::write_pose(ligand, &pose.coordinates)
    )
}

/// One model with its number.
pub fn model(number: usize, text: &str) -> String {
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    format!("MODEL {number:8}\n{text}{newline}ENDMDL\n")
}

/// The poses of these rows (`Row::item`), from the parts that hold them.
///
/// # Errors
/// `Error::File` where a part cannot be read, `Error::Parse` where it lacks a pose.
pub fn collect(parts: &Parts, items: &HashSet<u64>) -> Result<HashMap<u64, String>> {
    let mut poses = HashMap::new();
    for part in parts.finished()? {
        if (part.first..part.end()).any(|item| items.contains(&item)) {
            let before = poses.len();
            let docked = docked_items(parts, part)?;
            scan(
                parts,
                part,
                &docked,
                |item| items.contains(item),
                &mut poses,
            )?;
            let wanted = docked.iter().filter(|item| items.contains(item)).count();
            if poses.len() - before < wanted {
                return Err(missing(parts, part));
            }
        }
    }
    Ok(poses)
}

/// Items of a part that have a pose, in the order of its poses.
fn docked_items(parts: &Parts, part: Part) -> Result<Vec<u64>> {
    let rows = read_rows::<Row>(&parts.file(part, TABLE))?.into_iter();
    Ok(rows
        .filter(|row| row.status == Status::Ok)
        .map(|row| row.item)
        .collect())
}

/// Streams through a part's poses and keeps those that `wanted` says.
fn scan(
    parts: &Parts,
    part: Part,
    items: &[u64],
    wanted: impl Fn(&u64) -> bool,
    found: &mut HashMap<u64, String>,
) -> Result<()> {
    let path = parts.file(part, POSES);
    let file = File::open(&path).map_err(Error::at(&path))?;
    let reader = BufReader::new(zstd::Decoder::new(file).map_err(Error::at(&path))?);
    let mut items = items.iter();
    let mut item = items.next().filter(|item| wanted(item));
    for line in reader.lines() {
        let line = line.map_err(Error::at(&path))?;
        if line.starts_with("ENDMDL") {
            item = items.next().filter(|item| wanted(item));
        } else if let (Some(item), false) = (item, line.starts_with("MODEL")) {
            let text = found.entry(*item).or_default();
            text.push_str(&line);
            text.push('\n');
        }
    }
    Ok(())
}

fn missing(parts: &Parts, part: Part) -> Error {
    Error::Parse {
        file: parts.file(part, POSES).display().to_string(),
        line: 0,
        what: "poses are missing; delete the files of this part and run the same command again"
            .into(),
    }
}
