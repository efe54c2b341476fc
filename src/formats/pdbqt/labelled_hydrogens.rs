//! Labelled hydrogens of a SMILES, such as deuterium on carbon, that PDBQT has merged into their neighbours.

use crate::molecule::graph::{Element, Graph};

/// A hydrogen that its neighbour implies, and its mass number.
pub(super) struct Labelled {
    neighbour: usize,
    isotope: Option<u16>,
}

/// Takes the atoms without a place out of the molecule: their neighbours imply them from then on. Nothing, and the
/// molecule as it was, where one of them is no hydrogen at the end of a bond.
pub(super) fn take_out(graph: &mut Graph, placed: &[bool]) -> Option<Vec<Labelled>> {
    let neighbours = graph.neighbours();
    let mut labelled = Vec::new();
    for atom in (0..placed.len()).filter(|atom| !placed[*atom]) {
        let [(neighbour, _)] = neighbours[atom][..] else {
            return None;
        };
        if graph.atoms[atom].element != Element::H || !placed[neighbour] {
            return None;
        }
        let isotope = graph.atoms[atom].isotope;
        labelled.push(Labelled { neighbour, isotope });
    }
    if labelled.is_empty() {
        return Some(labelled);
    }
    for hydrogen in &mut labelled {
        let atom = &mut graph.atoms[hydrogen.neighbour];
        atom.implicit_hydrogens += 1;
        // Its neighbours are in another order now; its handedness is where these stand.
        atom.chirality = None;
        hydrogen.neighbour = index_after(hydrogen.neighbour, placed);
    }
    graph.bonds.retain(|bond| placed[bond.a] && placed[bond.b]);
    for bond in &mut graph.bonds {
        (bond.a, bond.b) = (index_after(bond.a, placed), index_after(bond.b, placed));
    }
    let mut places = placed.iter();
    graph.atoms.retain(|_| places.next() == Some(&true));
    Some(labelled)
}

/// The index of an atom when all that have no place are gone.
fn index_after(atom: usize, placed: &[bool]) -> usize {
    placed[..atom].iter().filter(|placed| **placed).count()
}

/// Gives the labels back, to hydrogens that were added behind the first `bonds`.
pub(super) fn label(graph: &mut Graph, labelled: Vec<Labelled>, bonds: usize) {
    for hydrogen in labelled {
        let mut added = graph.bonds[bonds..].iter();
        let unlabelled = |atom: usize| graph.atoms[atom].isotope.is_none();
        let found = added.find(|bond| bond.a == hydrogen.neighbour && unlabelled(bond.b));
        if let Some(atom) = found.map(|bond| bond.b) {
            graph.atoms[atom].isotope = hydrogen.isotope;
        }
    }
}
