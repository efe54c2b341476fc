//! Molecules for tests, written as SMILES: hydrogens become atoms, and every atom gets some place in space.

use super::graph::{Atom, Bond, Coordinates, Element, Graph, Order};
use crate::formats::smiles;
use glam::DVec3;

/// Reads SMILES; the atoms named in it come first, in its order.
pub(super) fn molecule(text: &str) -> Graph {
    let mut graph = smiles::read(text, "test").unwrap();
    for a in 0..graph.atoms.len() {
        for _ in 0..std::mem::take(&mut graph.atoms[a].implicit_hydrogens) {
            let b = graph.atoms.len();
            let order = Order::Single;
            graph.bonds.push(Bond { a, b, order });
            let element = Element::H;
            graph.atoms.push(Atom {
                element,
                ..Atom::default()
            });
        }
    }
    for (index, atom) in graph.atoms.iter_mut().enumerate() {
        let turn = index as f64;
        atom.position = DVec3::new(1.5 * turn, turn.sin(), turn.cos());
    }
    graph.coordinates = Coordinates::Space;
    graph
}
