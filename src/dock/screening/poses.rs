//! Best poses as PDBQT models: those of a part, compressed, and the top of all parts.

use super::row::Row;
use crate::cluster::{Part, Parts};
use crate::dock::Pose;
use crate::formats::pdbqt;
use crate::molecule::Ligand;
use crate::{Error, Result};
use std::collections::HashMap;
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

/// The poses that `wanted` asks for, from the parts that hold them; the key is the row's `item`.
///
/// # Errors
/// `Error::File` where a part cannot be read, `Error::Parse` where it lacks a pose.
pub fn collect(parts: &Parts, wanted: &HashMap<Part, Vec<Wanted>>) -> Result<HashMap<u64, String>> {
    let mut poses = HashMap::new();
    for (part, wanted) in wanted {
        let path = parts.file(*part, POSES);
        let mut found = HashMap::new();
        File::open(&path)
            .and_then(|file| {
                scan(
                    BufReader::new(zstd::Decoder::new(file)?),
                    wanted,
                    &mut found,
                )
            })
            .map_err(Error::at(&path))?;
        if found.len() < wanted.len() {
            return Err(Error::Parse {
                file: path.display().to_string(),
                line: 0,
                what: "poses are missing; delete the files of this part and run the same command again".into(),
            });
        }
        poses.extend(found);
    }
    Ok(poses)
}

/// A pose to be found in a part.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// `Row::item`.
    pub item: u64,
    /// Its place among the docked rows of the part, from 0.
    pub place: usize,
}

fn scan(
    reader: impl BufRead,
    wanted: &[Wanted],
    found: &mut HashMap<u64, String>,
) -> std::io::Result<()> {
    let places: HashMap<usize, u64> = wanted.iter().map(|w| (w.place, w.item)).collect();
    let mut place = 0;
    for line in reader.lines() {
        let line = line?;
        if line.starts_with("ENDMDL") {
            place += 1;
        } else if let (Some(item), false) = (places.get(&place), line.starts_with("MODEL")) {
            let text: &mut String = found.entry(*item).or_default();
            text.push_str(&line);
            text.push('\n');
        }
    }
    Ok(())
}
