//! Rings, aromaticity, hybridisation and symmetry of small molecules.

use super::{Hybridisation, Perception, symmetry_classes};
use crate::molecule::from_smiles_tests::molecule;
use std::collections::BTreeSet;

fn perceived(text: &str) -> Perception {
    Perception::of(&molecule(text)).unwrap()
}

#[test]
fn the_smallest_rings_are_found_all_of_equal_ones_among_them() {
    for (text, sizes) in [
        ("CCO", vec![]),
        ("c1ccccc1", vec![6]),
        ("c1ccc2ccccc2c1", vec![6, 6]),
        ("C1CC2CCC1CC2", vec![6, 6, 6]),
        ("C12C3C4C1C5C2C3C45", vec![4; 6]),
        ("C1C2CC3CC1CC(C2)C3", vec![6; 4]),
        ("C1CCC2(CC1)OCCO2", vec![5, 6]),
        ("C1CC2CC1CC2", vec![5, 5]),
        ("C1CCC(CC1)C1CC1", vec![3, 6]),
        // The bridge closes a ring of nine past either side of benzene.
        ("C1CCCCc2ccc1cc2", vec![6, 9, 9]),
    ] {
        let rings = perceived(text).rings.rings;
        let mut found: Vec<usize> = rings.iter().map(|ring| ring.atoms.len()).collect();
        found.sort_unstable();
        assert_eq!(found, sizes, "{text}");
        for ring in rings {
            let distinct: BTreeSet<u32> = ring.bonds.iter().copied().collect();
            assert_eq!(distinct.len(), ring.atoms.len(), "{text}");
        }
    }
}

#[test]
fn aromatic_atoms_are_counted() {
    for (text, aromatic) in [
        ("C1=CC=CC=C1", 6),
        ("C1=CC2=CC=CC=CC2=C1", 10),
        ("C1=CNC=C1", 5),
        ("C1=CSC=C1", 5),
        ("O=C1C=CC=CC=C1", 7),
        ("O=C1C=CC(=O)C=C1", 0),
        ("O=C1C=COC=C1", 6),
        ("C1=CC=CC=CC=C1", 0),
        ("C1=CC=C[CH-]1", 5),
        ("C1=CC=CC=C[CH+]1", 7),
        ("C1=CC=CC1", 0),
        ("CN1C=NC2=C1C(=O)N(C)C(=O)N2C", 9),
        ("C=C1C=CC=C1", 0),
        ("C1=CC=NC=C1", 6),
        ("C1=CC=[NH+]C=C1", 6),
    ] {
        let atoms = perceived(text).aromaticity.atoms;
        assert_eq!(
            atoms.iter().filter(|atom| **atom).count(),
            aromatic,
            "{text}"
        );
    }
}

#[test]
fn lone_pairs_beside_double_bonds_make_atoms_planar() {
    use Hybridisation::{S, Sp, Sp2, Sp3};
    for (text, expected) in [
        ("CC(=O)N", vec![Sp3, Sp2, Sp2, Sp2]),
        ("CCN", vec![Sp3, Sp3, Sp3]),
        ("CC#N", vec![Sp3, Sp, Sp]),
        ("C=C=C", vec![Sp2, Sp, Sp2]),
        ("CS(=O)(=O)C", vec![Sp3, Sp3, Sp2, Sp2, Sp3]),
        ("CSC", vec![Sp3, Sp3, Sp3]),
        ("COC=C", vec![Sp3, Sp2, Sp2, Sp2]),
        ("CB(O)O", vec![Sp3, Sp2, Sp3, Sp3]),
        ("F", vec![Sp3, S]),
    ] {
        let found = perceived(text).hybridisation;
        assert_eq!(found[..expected.len()], expected, "{text}");
    }
}

#[test]
fn atoms_that_a_symmetry_exchanges_are_of_one_class() {
    let classes = |text: &str, named: usize| {
        let graph = molecule(text);
        let classes = symmetry_classes(&graph, &Perception::of(&graph).unwrap());
        let distinct: BTreeSet<u64> = classes[..named].iter().copied().collect();
        distinct.len()
    };
    assert_eq!(classes("Cc1ccccc1", 7), 5);
    assert_eq!(classes("c1ccccc1", 6), 1);
    assert_eq!(classes("CC(=O)[O-]", 4), 4);
    assert_eq!(classes("CC(C)(C)C", 5), 2);
    assert_eq!(classes("C[13CH3]", 2), 2);
}
