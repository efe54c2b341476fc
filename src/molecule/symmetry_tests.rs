//! Tests of automorphisms and of RMSDs blind to symmetry.

use super::*;
use crate::formats::pdbqt::read_ligands;
use std::f64::consts::TAU;

/// A rigid ligand of atoms (type, x, y, z).
fn ligand(atoms: &[(&str, f64, f64, f64)]) -> Ligand {
    let line = |(index, (kind, x, y, z)): (usize, &(&str, f64, f64, f64))| {
        format!(
            "ATOM  {:5}  X   LIG     1    {x:8.3}{y:8.3}{z:8.3}  1.00  0.00     0.000 {kind}\n",
            index + 1
        )
    };
    let text: String = atoms.iter().enumerate().map(line).collect();
    read_ligands(&text, "x").unwrap().remove(0)
}

fn positions(ligand: &Ligand) -> Vec<DVec3> {
    ligand.atoms.iter().map(|atom| atom.position).collect()
}

fn count(symmetry: &Symmetry) -> usize {
    match &symmetry.exchange {
        Exchange::Automorphisms(all) => all.len(),
        Exchange::Classes(_) => 0,
    }
}

/// A ring of six with one polar hydrogen, which does not count.
fn benzene() -> Ligand {
    let corner = |k: usize| {
        (
            1.4 * (TAU * k as f64 / 6.0).cos(),
            1.4 * (TAU * k as f64 / 6.0).sin(),
        )
    };
    let mut atoms: Vec<_> = (0..6)
        .map(|k| ("A", corner(k).0, corner(k).1, 0.0))
        .collect();
    atoms.push(("HD", 2.4, 0.0, 0.0));
    ligand(&atoms)
}

#[test]
fn a_ring_turns_and_flips() {
    let ring = benzene();
    let symmetry = Symmetry::of(&ring);
    assert_eq!((symmetry.heavy.len(), count(&symmetry)), (6, 12));
    let here = positions(&ring);
    let mut turned = here.clone();
    turned[..6].rotate_left(2);
    assert!(rmsd(&symmetry, &here, &turned) < 1e-12);
    // Two neighbours exchanged are no symmetry of the ring.
    let mut swapped = here.clone();
    swapped.swap(0, 1);
    let expected = (2.0 * 1.4f64.powi(2) / 6.0).sqrt();
    assert!((rmsd(&symmetry, &here, &swapped) - expected).abs() < 2e-3);
    let moved: Vec<DVec3> = here.iter().map(|p| *p + DVec3::Z).collect();
    assert!((rmsd(&symmetry, &here, &moved) - 1.0).abs() < 1e-12);
}

#[test]
fn types_break_symmetry() {
    let acid = [
        ("C", 0.0, 0.0, 0.0),
        ("OA", 0.0, 1.25, 0.0),
        ("OA", 1.25, 0.0, 0.0),
        ("C", -1.1, -1.1, 0.0),
    ];
    assert_eq!(count(&Symmetry::of(&ligand(&acid))), 2);
    let amide = [acid[0], acid[1], ("N", 1.25, 0.0, 0.0), acid[3]];
    assert_eq!(count(&Symmetry::of(&ligand(&amide))), 1);
}

#[test]
fn very_many_automorphisms_fall_back_to_classes() {
    // Eight separate pairs C-F: 8! exchanges.
    let pairs: Vec<_> = (0..16)
        .map(|k| {
            (
                if k % 2 == 0 { "C" } else { "F" },
                5.0 * (k / 2) as f64,
                1.3 * (k % 2) as f64,
                0.0,
            )
        })
        .collect();
    let ligand = ligand(&pairs);
    let symmetry = Symmetry::of(&ligand);
    assert_eq!(count(&symmetry), 0);
    let here = positions(&ligand);
    let mut turned = here.clone();
    turned.rotate_left(6);
    assert!(rmsd(&symmetry, &here, &turned) < 1e-12);
}
