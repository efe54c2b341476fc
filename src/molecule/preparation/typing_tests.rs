//! Each rule of types and charges on a small molecule.

use super::{Model, Options, model};
use crate::molecule::AtomType;
use crate::molecule::from_smiles_tests::molecule;
use crate::molecule::perception::Perception;

fn decided(text: &str) -> Model {
    let graph = molecule(text);
    model(
        &graph,
        &Perception::of(&graph).unwrap(),
        &Options::default(),
    )
    .unwrap()
}

/// Types of the atoms that the SMILES names.
fn types(text: &str) -> String {
    let named = crate::formats::smiles::read(text, "test")
        .unwrap()
        .atoms
        .len();
    let types: Vec<&str> = decided(text).types[..named]
        .iter()
        .flatten()
        .copied()
        .collect();
    types.join(" ")
}

#[test]
fn sulphur_accepts_with_two_single_bonds_outside_of_aromatic_rings() {
    assert_eq!(types("c1ccsc1"), "A A A S A");
    assert_eq!(types("CSC"), "C SA C");
    assert_eq!(types("CC(=S)N"), "C C S N");
    assert_eq!(types("CS(C)=O"), "C S C OA");
}

#[test]
fn nitrogen_accepts_unless_it_shares_its_lone_pair() {
    for (text, expected) in [
        ("c1ccncc1", "A A A NA A A"),
        ("c1cc[nH]c1", "A A A N A"),
        ("Nc1ccccc1", "N A A A A A A"),
        ("CN(C)C", "C NA C C"),
        ("C[NH+](C)C", "C N C C"),
        ("CC(=O)N", "C C OA N"),
        ("NC(=N)C", "N C NA C"),
        ("CS(=O)(=O)N", "C S OA OA NA"),
        ("CC#N", "C C NA"),
        ("CN(C)N=NC", "C N C NA NA C"),
        ("O=[N+]([O-])C", "OA N OA C"),
    ] {
        assert_eq!(types(text), expected, "{text}");
    }
}

#[test]
fn other_elements_keep_their_symbols() {
    assert_eq!(types("OB(O)C(F)(Cl)Br"), "OA B OA C F Cl Br");
    assert_eq!(types("C[Si](C)(C)I"), "C Si C C I");
    assert_eq!(types("CP(C)C"), "C P C C");
}

#[test]
fn hydrogens_of_carbon_are_merged_and_polar_ones_are_not() {
    let thiol = decided("CS");
    let hydrogens: Vec<_> = thiol.types[2..].to_vec();
    assert_eq!(hydrogens, [None, None, None, Some("HD")]);
    assert_eq!(thiol.charges[2..5], [0.0; 3]);
    assert!(thiol.charges.iter().sum::<f64>().abs() < 1e-12);
}

#[test]
fn every_type_is_in_the_parameter_table() {
    for text in [
        "OB(O)C(F)(Cl)Br",
        "C[Si](C)(C)I",
        "CP(C)C",
        "c1ccsc1",
        "CSC",
        "Nc1ccncc1",
    ] {
        for kind in decided(text).types.into_iter().flatten() {
            assert!(AtomType::from_name(kind).is_some(), "{kind}");
        }
    }
}

#[test]
fn charge_is_shared_where_it_is_conjugated_and_kept_in_all() {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let carboxylate = decided("CC(=O)[O-]").charges;
    assert!(close(carboxylate[2], carboxylate[3]));
    assert!(close(carboxylate.iter().sum(), -1.0));
    let amidinium = decided("CC(=[NH2+])N").charges;
    assert!(close(amidinium[2], amidinium[3]));
    assert!(close(amidinium.iter().sum(), 1.0));
    let nitro = decided("C[N+](=O)[O-]").charges;
    assert!(close(nitro[2], nitro[3]));
}
