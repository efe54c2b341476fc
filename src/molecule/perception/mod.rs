//! What a drawn molecule is: rings, aromaticity, conjugation, hybridisation, by RDKit's model.
//!
//! Everything here is a pure function of elements, charges and bonds; coordinates play no part.

mod aromaticity;
mod candidate_rings;
mod conjugation;
pub mod connections;
mod donors;
pub mod drawing;
pub mod electrons;
mod fused;
mod hybridisation;
mod ring_systems;
pub mod rings;
mod shortest_paths;
mod symmetry_classes;

pub use aromaticity::Aromaticity;
pub use connections::Connections;
pub use drawing::Drawing;
pub use hybridisation::Hybridisation;
pub use rings::{Ring, Rings};
pub use symmetry_classes::symmetry_classes;

use super::graph::Graph;
use super::refusal::Refusal;

/// A molecule with its neighbours, countable bonds and rings: what the rules of aromaticity look at.
struct Drawn<'a> {
    graph: &'a Graph,
    connections: &'a Connections,
    drawing: &'a Drawing,
    rings: &'a Rings,
}

/// All that is perceived of a molecule. Indices are those of the graph.
#[derive(Clone, Debug, Default)]
pub struct Perception {
    /// Neighbours of each atom.
    pub connections: Connections,
    /// Orders, valences and charges.
    pub drawing: Drawing,
    /// The smallest rings.
    pub rings: Rings,
    /// Aromatic atoms and bonds.
    pub aromaticity: Aromaticity,
    /// Whether each bond is conjugated.
    pub conjugated: Vec<bool>,
    /// Hybridisation of each atom.
    pub hybridisation: Vec<Hybridisation>,
}

impl Perception {
    /// Perceives a molecule that has all its hydrogens as atoms.
    ///
    /// # Errors
    /// [`Refusal::Bond`], [`Refusal::Aromatic`] and [`Refusal::Valence`] for a graph that is no molecule;
    /// [`Refusal::Rings`].
    pub fn of(graph: &Graph) -> Result<Perception, Refusal> {
        Perception::with(graph, Connections::of(graph)?)
    }

    /// Perceives a molecule whose neighbours are gathered already.
    ///
    /// # Errors
    /// [`Refusal::Aromatic`], [`Refusal::Valence`] and [`Refusal::Rings`].
    pub fn with(graph: &Graph, connections: Connections) -> Result<Perception, Refusal> {
        let drawing = Drawing::of(graph, &connections)?;
        let rings = Rings::of(&connections, graph.bonds.len())?;
        let drawn = Drawn {
            graph,
            connections: &connections,
            drawing: &drawing,
            rings: &rings,
        };
        let aromaticity = Aromaticity::of(&drawn);
        let conjugated = conjugation::conjugated(&drawn, &aromaticity);
        let hybridisation = hybridisation::hybridisation(&drawn, &conjugated);
        Ok(Perception {
            connections,
            drawing,
            rings,
            aromaticity,
            conjugated,
            hybridisation,
        })
    }
}

#[cfg(test)]
mod tests;
