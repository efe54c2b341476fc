//! Parts of a record that no bond connects: counting them, and taking the largest, as for a salt.

use crate::molecule::graph::{Bond, Element, Graph};
use crate::molecule::perception::Connections;

/// The part that each atom is in, numbered in the order of their lowest atoms, and how many parts there are.
pub(super) fn fragments(connections: &Connections) -> (Vec<u32>, usize) {
    let mut part_of = vec![u32::MAX; connections.atoms()];
    let mut parts = 0;
    let mut open = Vec::new();
    for start in 0..connections.atoms() {
        if part_of[start] != u32::MAX {
            continue;
        }
        part_of[start] = parts;
        open.push(start as u32);
        while let Some(atom) = open.pop() {
            for link in connections.around(atom as usize) {
                if part_of[link.atom as usize] == u32::MAX {
                    part_of[link.atom as usize] = parts;
                    open.push(link.atom);
                }
            }
        }
        parts += 1;
    }
    (part_of, parts as usize)
}

/// The part with the most heavy atoms, of equals the one with more atoms, then the first: as a molecule of its own,
/// with the index that each of its atoms had.
pub(super) fn largest(graph: &Graph, part_of: &[u32], parts: usize) -> (Graph, Vec<u32>) {
    let mut sizes = vec![(0u32, 0u32); parts];
    for (atom, &part) in graph.atoms.iter().zip(part_of) {
        let size = &mut sizes[part as usize];
        size.0 += u32::from(atom.element != Element::H);
        size.1 += 1;
    }
    let mut chosen = 0;
    for part in 1..parts {
        if sizes[part] > sizes[chosen] {
            chosen = part;
        }
    }
    let mut kept = Graph {
        name: graph.name.clone(),
        coordinates: graph.coordinates,
        properties: graph.properties.clone(),
        ..Graph::default()
    };
    let mut indices = Vec::new();
    let mut place = vec![usize::MAX; graph.atoms.len()];
    for (index, atom) in graph.atoms.iter().enumerate() {
        if part_of[index] as usize == chosen {
            place[index] = indices.len();
            indices.push(index as u32);
            kept.atoms.push(atom.clone());
        }
    }
    for bond in &graph.bonds {
        if place[bond.a] != usize::MAX {
            let (a, b) = (place[bond.a], place[bond.b]);
            kept.bonds.push(Bond {
                a,
                b,
                order: bond.order,
            });
        }
    }
    (kept, indices)
}
