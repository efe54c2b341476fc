//! From a pose back to the molecule with its bonds: what the SMILES in a ligand's remarks says of it.
//!
//! Meeko and the preparation here write `REMARK SMILES` with the molecule, `REMARK SMILES IDX` with pairs of an atom
//! of it and a serial number, and `REMARK H PARENT` with pairs of a heavy atom and its hydrogen's serial number.

use super::{labelled_hydrogens, parse_error};
use crate::Result;
use crate::formats::smiles;
use crate::molecule::graph::{Coordinates, Graph, add_hydrogens};
use crate::molecule::{Ligand, Line};
use glam::DVec3;
use std::collections::HashMap;

/// The molecule of a ligand at these coordinates (Angstrom, one per atom of the ligand), with all its hydrogens:
/// those that PDBQT leaves out stand at ideal places.
///
/// # Errors
/// [`crate::Error::Parse`], with the ligand's name for its file, where the remarks are missing or do not fit its atoms.
pub fn drawn_pose(ligand: &Ligand, coordinates: &[DVec3]) -> Result<Graph> {
    let wrong = |what: &str| parse_error(&ligand.name, 0, what);
    let remarks = Remarks::of(ligand);
    let smiles = remarks.smiles.ok_or_else(|| wrong(NO_REMARKS))?;
    let mut graph = smiles::read(smiles, &ligand.name)?;
    graph.name = ligand.name.clone();
    let places: HashMap<usize, DVec3> = (ligand.atoms.iter().zip(coordinates))
        .map(|(atom, place)| (atom.serial as usize, *place))
        .collect();
    let mut placed = place_atoms(&mut graph, &remarks, &places).map_err(wrong)?;
    for (number, serial) in &remarks.hydrogens {
        let place = places.get(serial).ok_or_else(|| wrong(NO_HYDROGEN))?;
        hang(&mut graph, number.wrapping_sub(1), *place).ok_or_else(|| wrong(NO_HYDROGEN))?;
    }
    placed.resize(graph.atoms.len(), true);
    let labelled = labelled_hydrogens::take_out(&mut graph, &placed);
    let labelled = labelled.ok_or_else(|| wrong(LEFT_OUT))?;
    let bonds = graph.bonds.len();
    add_hydrogens(&mut graph);
    labelled_hydrogens::label(&mut graph, labelled, bonds);
    graph.coordinates = Coordinates::Space;
    Ok(graph)
}

/// Puts the atoms of the SMILES at the places of their serial numbers; says which have one.
fn place_atoms(
    graph: &mut Graph,
    remarks: &Remarks,
    places: &HashMap<usize, DVec3>,
) -> std::result::Result<Vec<bool>, &'static str> {
    let mut placed = vec![false; graph.atoms.len()];
    for (number, serial) in &remarks.atoms {
        let index = number.wrapping_sub(1);
        match (graph.atoms.get_mut(index), places.get(serial)) {
            (Some(atom), Some(place)) => atom.position = *place,
            _ => return Err("REMARK SMILES IDX names atoms that are not there"),
        }
        placed[index] = true;
    }
    Ok(placed)
}

const NO_REMARKS: &str = "the file has no REMARK SMILES, so that bonds and hydrogens of its poses are not known: \
                          prepare it with `trimaran prepare` or Meeko";
const LEFT_OUT: &str = "REMARK SMILES IDX leaves out atoms of the SMILES";
const NO_HYDROGEN: &str = "REMARK H PARENT does not fit the atoms";

/// Adds a hydrogen that the ligand has as an atom, one of those that `parent` implies.
fn hang(graph: &mut Graph, parent: usize, position: DVec3) -> Option<()> {
    let atom = graph.atoms.get_mut(parent)?;
    atom.implicit_hydrogens = atom.implicit_hydrogens.checked_sub(1)?;
    graph.add_hydrogen(parent, position);
    Some(())
}

/// What the remarks say.
#[derive(Default)]
struct Remarks<'a> {
    smiles: Option<&'a str>,
    /// Number of an atom in the SMILES, from 1, and its serial number.
    atoms: Vec<(usize, usize)>,
    /// Number of a heavy atom in the SMILES and the serial number of a hydrogen at it.
    hydrogens: Vec<(usize, usize)>,
}

impl<'a> Remarks<'a> {
    fn of(ligand: &'a Ligand) -> Self {
        let mut remarks = Remarks::default();
        for line in &ligand.lines {
            let Line::Other(line) = line else {
                continue;
            };
            if let Some(rest) = line.strip_prefix("REMARK SMILES IDX") {
                remarks.atoms.extend(pairs(rest));
            } else if let Some(rest) = line.strip_prefix("REMARK H PARENT") {
                remarks.hydrogens.extend(pairs(rest));
            } else if let Some(rest) = line.strip_prefix("REMARK SMILES ") {
                remarks.smiles = Some(rest);
            }
        }
        remarks
    }
}

fn pairs(text: &str) -> Vec<(usize, usize)> {
    let numbers: Vec<usize> = text
        .split_whitespace()
        .map_while(|word| word.parse().ok())
        .collect();
    numbers
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdbqt::read_ligands;
    use crate::molecule::graph::{Element, Order};

    const AMPRENAVIR: &str = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/amprenavir.pdbqt"
    ));

    fn drawn(text: &str) -> Result<Graph> {
        let ligand = read_ligands(text, "amprenavir.pdbqt")?.swap_remove(0);
        let places: Vec<DVec3> = ligand.atoms.iter().map(|atom| atom.position).collect();
        drawn_pose(&ligand, &places)
    }

    #[test]
    fn a_drug_comes_back_with_bonds_and_hydrogens() {
        let graph = drawn(AMPRENAVIR).unwrap();
        let hydrogens = graph
            .atoms
            .iter()
            .filter(|atom| atom.element == Element::H)
            .count();
        assert_eq!((graph.atoms.len(), hydrogens), (70, 35));
        for bond in &graph.bonds {
            let length = graph.atoms[bond.a]
                .position
                .distance(graph.atoms[bond.b].position);
            assert!((0.9..1.9).contains(&length), "{bond:?}: {length}");
        }
        let double = graph
            .bonds
            .iter()
            .filter(|bond| bond.order == Order::Double);
        assert_eq!(double.count(), 9);
    }

    #[test]
    fn deuterium_comes_back() {
        let text = "REMARK SMILES [2H]C([2H])O[2H]
REMARK SMILES IDX 2 1 4 2 5 3
ROOT
ATOM      1  C   UNL     1       0.000   0.000   0.000  1.00  0.00     0.000 C
ATOM      2  O   UNL     1       1.400   0.000   0.000  1.00  0.00     0.000 OA
ATOM      3  H   UNL     1       1.720  -0.900   0.000  1.00  0.00     0.000 HD
ENDROOT
TORSDOF 0
";
        let graph = drawn(text).unwrap();
        let isotopes: Vec<_> = graph.atoms.iter().map(|atom| atom.isotope).collect();
        assert_eq!(isotopes, [None, None, Some(2), Some(2), Some(2), None]);
        for bond in &graph.bonds {
            let [a, b] = [bond.a, bond.b].map(|atom| graph.atoms[atom].position);
            assert!((0.9..1.5).contains(&a.distance(b)), "{bond:?}");
        }
    }

    #[test]
    fn remarks_that_are_missing_or_wrong_are_told() {
        let none: String = AMPRENAVIR
            .lines()
            .filter(|line| !line.starts_with("REMARK"))
            .map(|l| format!("{l}\n"))
            .collect();
        for (text, words) in [
            (none, "trimaran prepare"),
            (
                AMPRENAVIR.replace("SMILES IDX 6 1", "SMILES IDX 99 1"),
                "names atoms that are not there",
            ),
            (
                AMPRENAVIR.replace("SMILES IDX 6 1 5 2", "SMILES IDX 6 1"),
                "leaves out atoms",
            ),
        ] {
            let reason = drawn(&text).unwrap_err().to_string();
            assert!(reason.contains(words), "{reason}");
        }
    }
}
