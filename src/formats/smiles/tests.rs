//! Small SMILES, right and wrong.

use super::*;
use crate::molecule::graph::{Chirality, Element};

fn graph(smiles: &str) -> Graph {
    read(smiles, "x.smi").unwrap()
}

/// Hydrogens implied at each atom.
fn hydrogens(smiles: &str) -> Vec<u8> {
    graph(smiles)
        .atoms
        .iter()
        .map(|atom| atom.implicit_hydrogens)
        .collect()
}

/// Carbon, nitrogen, ... and hydrogen counts as a formula in the order C, H, N, O, S.
fn formula(smiles: &str) -> String {
    let graph = graph(smiles);
    let implied: usize = graph
        .atoms
        .iter()
        .map(|atom| usize::from(atom.implicit_hydrogens))
        .sum();
    let count = |element| {
        graph
            .atoms
            .iter()
            .filter(|atom| atom.element == element)
            .count()
    };
    let counts = [
        ("C", count(Element::C)),
        ("H", count(Element::H) + implied),
        ("N", count(Element::N)),
        ("O", count(Element::O)),
        ("S", count(Element::S)),
    ];
    counts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(symbol, n)| format!("{symbol}{n}"))
        .collect()
}

#[test]
fn formulas_come_out() {
    for (smiles, wanted) in [
        ("CC(=O)Oc1ccccc1C(=O)O aspirin", "C9H8O4"),
        ("Cn1cnc2c1c(=O)n(C)c(=O)n2C", "C8H10N4O2"),
        (
            "CC1(C(N2C(S1)C(C2=O)NC(=O)Cc3ccccc3)C(=O)O)C",
            "C16H18N2O4S1",
        ),
        ("c1ccsc1", "C4H4S1"),
        ("[nH]1cccc1", "C4H5N1"),
        ("c1ccccc1c1ccccc1", "C12H10"),
        ("C%12CCCC%12", "C5H10"),
        ("[2H]C([2H])([2H])O", "C1H4O1"),
        ("c1cc2cccc3ccc4cccc1c4c23", "C16H10"),
        ("CN(=O)=O", "C1H3N1O2"),
        ("C[C@H](N)C(=O)O", "C3H7N1O2"),
        ("O=c1cc[nH]cc1", "C5H5N1O1"),
    ] {
        assert_eq!(formula(smiles), wanted, "{smiles}");
    }
}

#[test]
fn names_stand_behind() {
    assert_eq!(graph("CCO ethanol, the drink").name, "ethanol, the drink");
    assert_eq!(graph("CCO |c:1| ethanol").name, "ethanol");
    assert_eq!(graph("  CCO").name, "");
}

#[test]
fn brackets_say_all() {
    let ion = graph("[13CH3][NH2+][O-]");
    assert_eq!(ion.atoms[0].isotope, Some(13));
    assert_eq!((ion.atoms[1].charge, ion.atoms[2].charge), (1, -1));
    assert_eq!(hydrogens("[CH3]C[NH3+]"), [3, 2, 3]);
    assert_eq!(graph("[Fe++].[Fe+2]").atoms[0].charge, 2);
    assert_eq!(graph("[CH4:17]").atoms[0].implicit_hydrogens, 4);
}

#[test]
fn arrows_are_dative_bonds() {
    let donors = |smiles: &str| -> Vec<usize> {
        let graph = graph(smiles);
        let dative = graph
            .bonds
            .iter()
            .filter(|bond| bond.order == Order::Dative);
        dative.map(|bond| bond.a).collect()
    };
    assert_eq!(donors("N->[Fe]<-N"), [0, 2]);
    assert_eq!(donors("[Fe]<-1NCCN->1"), [4]);
    assert_eq!(hydrogens("N->[Fe]<-N"), [3, 0, 3]);
}

#[test]
fn aromatic_rings_alternate_and_bonds_between_them_are_single() {
    let biphenyl = graph("c1ccccc1c1ccccc1");
    let double = biphenyl
        .bonds
        .iter()
        .filter(|bond| bond.order == Order::Double);
    assert_eq!(double.count(), 6);
    let fulvalene = graph("c1ccc[n-]1.[nH]1cccc1");
    assert!(
        fulvalene
            .bonds
            .iter()
            .all(|bond| bond.order != Order::Aromatic)
    );
}

#[test]
fn one_molecule_has_one_handedness_however_it_is_written() {
    // Alanine's alpha carbon; the neighbours in the order of the bonds, the hydrogen first.
    let alpha = |smiles: &str, atom: usize| {
        let graph = graph(smiles);
        let order: Vec<Element> = graph.neighbours()[atom]
            .iter()
            .map(|(other, _)| graph.atoms[*other].element)
            .collect();
        (graph.atoms[atom].chirality.unwrap(), order)
    };
    let (chirality, order) = alpha("N[C@@H](C)C(=O)O", 1);
    assert_eq!(order, [Element::N, Element::C, Element::C]);
    // Behind N: hydrogen, methyl, carboxyl clockwise; seen from the hydrogen N, methyl, carboxyl anticlockwise.
    assert_eq!(chirality, Chirality::Anticlockwise);
    assert_eq!(alpha("[C@H](N)(C)C(=O)O", 0).0, Chirality::Anticlockwise);
    // A ring closure counts where its digit stands, its bond comes when the ring closes.
    assert_eq!(alpha("[C@]1(F)(Cl)CCO1", 0).0, Chirality::Clockwise);
    assert_eq!(alpha("F[C@](Cl)(Br)I", 1).0, Chirality::Anticlockwise);
}

#[test]
fn faults_name_their_column() {
    for (smiles, words) in [
        ("CC(C", "column 3: a branch is opened and never closed"),
        ("CC)C", "column 3: `)` closes a branch"),
        (
            "C1CC",
            "column 2: ring closure 1 is opened and never closed",
        ),
        ("C==C", "column 3: two bonds follow"),
        ("CC=", "column 3: a bond leads to no atom"),
        ("C[Xx]", "column 3: `X` begins no element"),
        ("C[NH4", "column 6: expected `]`, found the end"),
        ("c1cccn1", "finds no partner"),
        ("C(C)(C)(C)(C)C", "column 1: C has bonds of order 5"),
        ("CC*", "column 3: `*` stands for any atom"),
        ("CCO>>CC=O", "column 4: `>` belongs to a reaction"),
        ("CC?", "column 3: `?` belongs to no SMILES"),
        ("C11", "joins atoms that are the same"),
        ("C=1CCCCC-1", "has different bonds"),
        ("", "the line is empty"),
        ("smiles name", "column 2: `m` belongs"),
    ] {
        let reason = read(smiles, "x.smi").unwrap_err().to_string();
        assert!(
            reason.starts_with("x.smi, line 1: ") && reason.contains(words),
            "{smiles}: {reason}"
        );
    }
}
