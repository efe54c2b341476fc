//! The receptor and the drugs of tests/data as the docking engine takes them.

use super::program::{BOUND_LIGAND, RECEPTOR, drugs};
use trimaran::dock::maps::grid_from_box;
use trimaran::dock::site::MapSource;
use trimaran::formats::pdbqt::{read_ligands, read_receptor};
use trimaran::molecule::Ligand;

fn text(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A box of 20 A around the bound ligand.
pub fn source() -> MapSource {
    let receptor = read_receptor(&text(RECEPTOR), "receptor").unwrap();
    let bound = read_ligands(&text(BOUND_LIGAND), "ligand")
        .unwrap()
        .remove(0);
    let atoms = bound.atoms.iter().map(|atom| atom.position);
    let center = atoms.sum::<glam::DVec3>() / bound.atoms.len() as f64;
    let grid = grid_from_box(center, glam::DVec3::splat(20.0), 0.375, &receptor).unwrap();
    MapSource::Computed { receptor, grid }
}

/// The drugs of these names.
pub fn ligands(names: &[&str]) -> Vec<Ligand> {
    let all = drugs().into_iter();
    let wanted = all.filter(|(name, _)| names.contains(&name.as_str()));
    let read = |(name, text): (String, Vec<u8>)| {
        let text = String::from_utf8(text).unwrap();
        read_ligands(&text, &name).unwrap().remove(0)
    };
    wanted.map(read).collect()
}
