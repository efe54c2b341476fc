//! Formal charges from SYBYL types and valences, and hydrogens that the record leaves out.

use crate::molecule::graph::{Element, Graph, bond_sums, implied_hydrogens};

/// Gives charges to atoms that have none. Where the record lists hydrogens, an N, O or S with too few or too many
/// bonds is charged; elsewhere only the types that mean a charge say so.
pub(super) fn assign(graph: &mut Graph, kinds: &[String]) {
    let sums = bond_sums(graph);
    let lists_hydrogens = graph.lists_hydrogens();
    for (index, atom) in graph.atoms.iter_mut().enumerate() {
        let bonds = sums[index] as i32;
        if atom.charge != 0 {
            continue;
        }
        atom.charge = match lists_hydrogens {
            true => by_valence(atom.element, bonds),
            false if bonds > neutral_valence(atom.element) => by_valence(atom.element, bonds),
            false => by_type(&kinds[index], bonds),
        };
    }
}

/// The charge that makes so many bonds a valence of the element.
fn by_valence(element: Element, bonds: i32) -> i8 {
    match (element, bonds) {
        (Element::N, 2 | 4) | (Element::O, 1 | 3) => (bonds - neutral_valence(element)) as i8,
        (Element::S, 1) => -1,
        (Element::S, 3) | (Element::P, 4) => 1,
        (Element::B, 4) => -1,
        (Element::F | Element::CL | Element::BR | Element::I, 0) => -1,
        _ => 0,
    }
}

fn neutral_valence(element: Element) -> i32 {
    match element {
        Element::N | Element::B => 3,
        Element::O => 2,
        _ => i32::MAX,
    }
}

/// The charge that a type means by itself: ammonium, and oxygens of carboxylates with a single bond.
fn by_type(kind: &str, bonds: i32) -> i8 {
    match (kind, bonds) {
        ("N.4", _) => 1,
        ("O.co2", 1) => -1,
        _ => 0,
    }
}

/// Counts the hydrogens that valences ask for and the record does not list: carbons' in united-atom records, all
/// where none is listed.
pub(super) fn imply_hydrogens(graph: &mut Graph) {
    let sums = bond_sums(graph);
    for (index, atom) in graph.atoms.iter_mut().enumerate() {
        let bonds = sums[index] as u32;
        atom.implicit_hydrogens =
            implied_hydrogens(atom.element, atom.charge, atom.radicals, bonds);
    }
}
