//! Patterns that are read, and how often they occur.

use super::Pattern;
use crate::molecule::from_smiles_tests::molecule;
use crate::molecule::perception::Perception;

fn count(smarts: &str, smiles: &str) -> usize {
    let graph = molecule(smiles);
    let pattern: Pattern = smarts.parse().unwrap();
    pattern
        .occurrences(&graph, &Perception::of(&graph).unwrap())
        .unwrap()
        .len()
}

#[test]
fn occurrences_are_counted() {
    for (smarts, smiles, wanted) in [
        ("C", "CCO", 2),
        ("c", "Cc1ccccc1", 6),
        ("[#6]", "Cc1ccccc1", 7),
        ("CO", "CCO", 1),
        ("C=O", "CC(=O)O", 1),
        ("C~O", "CC(=O)O", 2),
        ("[CX3](=O)[OX2H]", "CC(=O)O", 1),
        ("[CX3](=O)[OX2H]", "CC(=O)OC", 0),
        ("[N+](=O)[O-]", "C[N+](=O)[O-]", 1),
        ("[#7X3v3][a]", "Nc1ccccc1", 1),
        ("[NX3]-[CX3]=[O,N,S]", "CC(=O)NC", 1),
        ("[#7;!$(N=*)]", "NC=N", 1),
        ("[$(NC=O)]", "CC(=O)NC", 1),
        ("c1ccccc1", "c1ccccc1", 12),
        ("C1CC1", "C1CC1", 6),
        ("[R]", "C1CC1C", 3),
        ("[r3]", "C1CC1C", 3),
        ("[!#1]!@[!#1]", "C1CC1C", 2),
        ("[H]", "CO", 4),
        ("[CH3]", "CCO", 1),
        ("[F,Cl,Br]", "FCCl", 2),
        ("*!-*", "C=C", 2),
        ("[D1]", "CO", 4),
        ("c-c", "c1ccccc1-c1ccccc1", 2),
        ("c:c", "c1ccccc1-c1ccccc1", 24),
        ("[NH2:1][CH2:2]", "NCC", 1),
        ("C%10CC%10", "C1CC1", 6),
    ] {
        assert_eq!(count(smarts, smiles), wanted, "{smarts} in {smiles}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    for (smarts, place) in [
        ("", 1),
        ("C(", 3),
        ("C1CC", 5),
        ("[C", 3),
        ("[Q]", 2),
        ("C.C", 2),
        ("C=", 3),
        ("(C)", 2),
        ("[]", 2),
        ("[$(C]", 5),
        ("1C", 2),
        ("ä", 1),
        ("[C@]", 3),
        ("C11", 4),
        ("[#262]", 6),
    ] {
        let refused = smarts.parse::<Pattern>().unwrap_err();
        assert_eq!(refused.place, place, "{refused}");
    }
}

#[test]
fn searches_within_searches_are_given_up_too() {
    let path = "C".repeat(18) + "[#92]";
    let nested: Pattern = format!("[$({path})]").parse().unwrap();
    // A dodecahedron has many ways through its twenty corners.
    let graph = molecule("C12C3C4C5C1C6C7C2C8C3C9C4C1C5C6C2C7C8C9C12");
    let perception = Perception::of(&graph).unwrap();
    assert_eq!(nested.occurrences(&graph, &perception), None);
}
