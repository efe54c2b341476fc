//! Bonds of a ligand, which PDBQT does not list: from distances within rigid fragments, and the rotatable bonds.

use super::{Atom, AtomType, Ligand};

/// Bonds may be longer than the sum of the radii by this factor, and by this many Angstrom.
const STRETCH: f64 = 1.10;
const SLACK: f64 = 0.02;

/// All bonds as pairs of atom indices, the smaller first, sorted.
///
/// In a torsion tree atoms of two fragments are bonded only along the axis of a rotatable bond, so distances are
/// looked at within fragments alone: a clash between fragments makes no bond, and a rotatable bond is one however
/// long it is (AutoDock4 misses a carbon-phosphorus bond of 1.97 Angstrom).
pub fn bonds(ligand: &Ligand) -> Vec<[usize; 2]> {
    let mut bonds = Vec::new();
    for fragment in &ligand.torsions.fragments {
        for i in fragment.atoms.clone() {
            for j in i + 1..fragment.atoms.end {
                if bonded(&ligand.atoms[i], &ligand.atoms[j]) {
                    bonds.push([i, j]);
                }
            }
        }
    }
    let axes = ligand
        .torsions
        .fragments
        .iter()
        .skip(1)
        .map(|fragment| fragment.axis);
    bonds.extend(axes.map(|[a, b]| [a.min(b), a.max(b)]));
    bonds.sort_unstable();
    bonds.dedup();
    bonds
}

/// The neighbours of each of `atoms` atoms.
pub fn neighbours(atoms: usize, bonds: &[[usize; 2]]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); atoms];
    for &[a, b] in bonds {
        neighbours[a].push(b);
        neighbours[b].push(a);
    }
    neighbours
}

/// Whether two atoms of one fragment are near enough for a bond. Hydrogens never bond with each other.
fn bonded(a: &Atom, b: &Atom) -> bool {
    if a.kind.is_hydrogen() && b.kind.is_hydrogen() {
        return false;
    }
    let longest = STRETCH * (covalent_radius(a.kind) + covalent_radius(b.kind)) + SLACK;
    a.position.distance_squared(b.position) < longest * longest
}

/// Covalent radius, Angstrom, after B. Cordero et al., Dalton Trans. 2008, 2832; those of the light elements are
/// from single bonds of organic molecules (C-C 1.54, C-N 1.47, O-O 1.45, C-H 1.09, P-C 1.84, S-S 2.05).
fn covalent_radius(kind: AtomType) -> f64 {
    match kind.element() {
        "H" => 0.34,
        "C" => 0.77,
        "N" => 0.74,
        "O" => 0.72,
        "F" => 0.64,
        "B" => 0.84,
        "Si" => 1.11,
        "P" => 1.07,
        "S" => 1.05,
        "Cl" => 1.02,
        "Br" => 1.20,
        "I" => 1.39,
        "Mg" => 1.41,
        "Ca" => 1.76,
        "Mn" => 1.39,
        "Fe" => 1.32,
        "Zn" => 1.22,
        // A glue atom lies on the carbon at the other end of the broken bond.
        _ => 0.77,
    }
}
