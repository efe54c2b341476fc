//! Handedness, carried over from the order in which a SMILES names neighbours to that of the bonds.

use crate::molecule::graph::{Atom, Chirality, Graph};

/// A neighbour in the order of the SMILES; the hydrogen that an atom's brackets name comes behind the atom before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Neighbour {
    /// The atom with this index.
    Atom(usize),
    /// The implicit hydrogen.
    Hydrogen,
    /// A ring closure whose other end has not come yet.
    Open,
}

/// Turns each atom's chirality into that of [`Graph`]. An atom without four neighbours has none.
pub(super) fn settle(graph: &mut Graph, written: &[Vec<Neighbour>]) {
    let neighbours = graph.neighbours();
    for (index, written) in written.iter().enumerate() {
        let atom = &mut graph.atoms[index];
        let Some(chirality) = atom.chirality else {
            continue;
        };
        let bonded = neighbours[index]
            .iter()
            .map(|(other, _)| Neighbour::Atom(*other));
        let order: Vec<Neighbour> = hydrogens(atom).chain(bonded).collect();
        let distinct = order.len() >= 3 && atom.implicit_hydrogens <= 1;
        atom.chirality = match parity(written, &order) {
            Some(odd) if distinct => Some(if odd { other(chirality) } else { chirality }),
            _ => None,
        };
    }
}

fn hydrogens(atom: &Atom) -> impl Iterator<Item = Neighbour> + use<> {
    std::iter::repeat_n(
        Neighbour::Hydrogen,
        usize::from(atom.implicit_hydrogens.min(1)),
    )
}

fn other(chirality: Chirality) -> Chirality {
    match chirality {
        Chirality::Clockwise => Chirality::Anticlockwise,
        Chirality::Anticlockwise => Chirality::Clockwise,
    }
}

/// Whether an odd number of swaps leads from one order to the other; nothing where they are not the same atoms.
fn parity(from: &[Neighbour], to: &[Neighbour]) -> Option<bool> {
    let places = from
        .iter()
        .map(|item| to.iter().position(|other| other == item));
    let places: Vec<usize> = places.collect::<Option<_>>()?;
    let mut odd = from.len() != to.len();
    if odd {
        return None;
    }
    for (at, place) in places.iter().enumerate() {
        let behind = places[at + 1..].iter();
        odd ^= behind.filter(|later| *later < place).count() % 2 == 1;
    }
    Some(odd)
}
