//! SMILES that are written read back as the same molecule.

use super::Smiles;
use crate::formats::smiles;
use crate::molecule::from_smiles_tests::molecule;
use crate::molecule::graph::Graph;
use crate::molecule::perception::{Perception, symmetry_classes};

/// What does not depend on the order of atoms and bonds.
fn fingerprint(graph: &Graph) -> Vec<u64> {
    let mut labels = symmetry_classes(graph, &Perception::of(graph).unwrap());
    labels.sort_unstable();
    labels
}

#[test]
fn text_reads_back_as_the_molecule() {
    for text in [
        "CC(=O)Nc1ccc(O)cc1",
        "c1ccc2[nH]ccc2c1",
        "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
        "C[N+](C)(C)CC(=O)[O-]",
        "O=[N+]([O-])c1ccccc1",
        "c1ccc(-c2ccccc2)cc1",
        "C1CC2CCC1CC2",
        "CS(=O)(=O)N1CCN(C#N)CC1",
        "[2H]C([2H])O",
        "c1cc[nH+]cc1",
        "OB(O)c1ccc(F)cc1",
        "COP(=O)([O-])[O-]",
        "C12C3C4C1C5C2C3C45",
        "O=c1ccocc1",
        "[13CH3]C(Cl)(Br)I",
        "[Na+].CC(=O)[O-]",
        "c1ccsc1",
        "C[S@](=O)c1ccccc1",
        "N->[Zn+2](<-NC)<-1OCCO->1",
    ] {
        let graph = molecule(text);
        let written = Smiles::of(&graph, &Perception::of(&graph).unwrap());
        let again = molecule(&written.text);
        assert_eq!(
            fingerprint(&again),
            fingerprint(&graph),
            "{text} became {}",
            written.text
        );
    }
}

#[test]
fn atoms_are_listed_in_the_order_of_the_text() {
    let graph = molecule("CC(=O)Nc1ccc(O)cc1");
    let written = Smiles::of(&graph, &Perception::of(&graph).unwrap());
    let symbols = |graph: &Graph, atoms: &[u32]| -> Vec<&str> {
        atoms
            .iter()
            .map(|&atom| graph.atoms[atom as usize].element.symbol())
            .collect()
    };
    let again = smiles::read(&written.text, "test").unwrap();
    let all: Vec<u32> = (0..again.atoms.len() as u32).collect();
    assert_eq!(symbols(&graph, &written.atoms), symbols(&again, &all));
    assert_eq!(written.text, "CC(=O)Nc1ccc(O)cc1");
}

#[test]
fn ring_numbers_are_taken_again_and_pass_nine() {
    let many = "C1C2C3C4C5C6C7C8C9C%10CC1CC2CC3CC4CC5CC6CC7CC8CC9CC%10";
    let graph = molecule(many);
    let written = Smiles::of(&graph, &Perception::of(&graph).unwrap());
    assert_eq!(
        fingerprint(&molecule(&written.text)),
        fingerprint(&graph),
        "{}",
        written.text
    );
    let two = molecule("C1CC1C1CC1");
    assert!(
        !Smiles::of(&two, &Perception::of(&two).unwrap())
            .text
            .contains('2')
    );
}
