//! Hydrogens that SMILES leaves out: those that fill atoms outside brackets up to their smallest valence.

use crate::molecule::graph::{Element, Graph, Order, bond_sums, implied_hydrogens};

/// Counts them. `aromatic` says which atoms are written in lower case, `bracket` which of them say their own.
pub(super) fn imply(graph: &mut Graph, aromatic: &[bool], bracket: &[bool]) {
    let sums = bond_sums(graph);
    let mut aromatic_bonds = vec![0_u32; graph.atoms.len()];
    for bond in graph
        .bonds
        .iter()
        .filter(|bond| bond.order == Order::Aromatic)
    {
        aromatic_bonds[bond.a] += 1;
        aromatic_bonds[bond.b] += 1;
    }
    for (index, atom) in graph.atoms.iter_mut().enumerate() {
        if bracket[index] {
            continue;
        }
        atom.implicit_hydrogens = match (aromatic[index], atom.element) {
            (false, element) => implied_hydrogens(element, 0, 0, sums[index] as u32),
            (true, Element::C) => {
                // It takes part in a double bond, which is not among its orders yet.
                let single = sums[index] - 0.5 * f64::from(aromatic_bonds[index]);
                implied_hydrogens(Element::C, 0, 0, single as u32 + 1)
            }
            // A pyrrole's nitrogen must say its hydrogen.
            (true, _) => 0,
        };
    }
}
