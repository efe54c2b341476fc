//! Hydrogens that a record implies, added as atoms with idealised geometry.
//!
//! Lengths are typical ones of gas-phase structures, angles those of regular tetrahedra, triangles and lines.

mod directions;
mod shape;

use super::{Chirality, Element, Graph};
use directions::directions;
use glam::DVec3;
use shape::Shape;

/// Adds all implied hydrogens behind the other atoms; returns how many. Coordinates in space are presupposed. Those of
/// an atom that wants more than a tetrahedron has corners stay implied.
pub fn add_hydrogens(graph: &mut Graph) -> usize {
    let neighbours = graph.neighbours();
    let heavy = graph.atoms.len();
    for parent in 0..heavy {
        let count = usize::from(graph.atoms[parent].implicit_hydrogens);
        if count == 0 {
            continue;
        }
        let bonded: Vec<DVec3> = (neighbours[parent].iter())
            .map(|(other, _)| graph.atoms[*other].position)
            .collect();
        let shape = Shape::of(graph, &neighbours, parent, count);
        let origin = graph.atoms[parent].position;
        let length = bond_length(graph.atoms[parent].element);
        for direction in directions(origin, &bonded, &shape).into_iter().take(count) {
            graph.add_hydrogen(parent, origin + length * direction);
            graph.atoms[parent].implicit_hydrogens -= 1;
        }
        let atom = &mut graph.atoms[parent];
        // The hydrogen was the first neighbour and is now the last: so many swaps as there are others.
        if count == 1 && bonded.len() % 2 == 1 {
            atom.chirality = atom.chirality.map(mirrored);
        }
    }
    graph.atoms.len() - heavy
}

fn mirrored(chirality: Chirality) -> Chirality {
    match chirality {
        Chirality::Clockwise => Chirality::Anticlockwise,
        Chirality::Anticlockwise => Chirality::Clockwise,
    }
}

/// Length of a bond to hydrogen, Angstrom. Source: CRC Handbook of Chemistry and Physics, bond lengths of hydrides.
fn bond_length(element: Element) -> f64 {
    match element {
        Element::B => 1.19,
        Element::N => 1.01,
        Element::O => 0.96,
        Element::F => 0.92,
        Element::SI => 1.48,
        Element::P => 1.42,
        Element::S => 1.34,
        Element::CL => 1.27,
        Element::BR => 1.41,
        Element::I => 1.61,
        _ => 1.09,
    }
}

#[cfg(test)]
mod tests;
