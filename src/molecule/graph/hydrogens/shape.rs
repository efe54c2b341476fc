//! How the bonds of an atom stand, from the orders of its bonds and those of its neighbours.

use crate::molecule::graph::{Element, Graph, Order};
use glam::DVec3;

/// Regular arrangements of bonds and lone pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Geometry {
    /// Two, opposite each other.
    Linear,
    /// Three in a plane.
    Trigonal,
    /// Four.
    Tetrahedral,
}

/// What the directions of new bonds depend on beside those there are.
pub(super) struct Shape {
    /// The arrangement.
    pub(super) geometry: Geometry,
    /// For an atom at the end of a bond: where an atom beyond that bond is, and whether the new bonds lie in the
    /// plane with it (on its side) rather than staggered to it.
    pub(super) beyond: Option<(DVec3, bool)>,
}

impl Shape {
    /// The shape at `atom`, which gets `new` hydrogens.
    pub(super) fn of(
        graph: &Graph,
        neighbours: &[Vec<(usize, usize)>],
        atom: usize,
        new: usize,
    ) -> Shape {
        let around = &neighbours[atom];
        let conjugated = around
            .iter()
            .any(|(other, _)| unsaturated(graph, neighbours, *other));
        let geometry = match graph.atoms[atom].element {
            _ if triple_or_cumulated(graph, around) => Geometry::Linear,
            _ if unsaturated(graph, neighbours, atom) => Geometry::Trigonal,
            Element::B if around.len() + new == 3 => Geometry::Trigonal,
            Element::N if around.len() + new == 3 && conjugated => Geometry::Trigonal,
            _ => Geometry::Tetrahedral,
        };
        let beyond = match around[..] {
            [(only, _)] => beyond(graph, neighbours, atom, only),
            _ => None,
        };
        Shape {
            geometry,
            // A hydroxyl beside a double bond lies in its plane too, as in acids and phenols.
            beyond: beyond.map(|place| (place, conjugated)),
        }
    }
}

fn unsaturated(graph: &Graph, neighbours: &[Vec<(usize, usize)>], atom: usize) -> bool {
    let multiple = |order| matches!(order, Order::Double | Order::Triple | Order::Aromatic);
    let mut bonds = neighbours[atom].iter();
    bonds.any(|(_, bond)| multiple(graph.bonds[*bond].order))
}

fn triple_or_cumulated(graph: &Graph, around: &[(usize, usize)]) -> bool {
    let count = |order| {
        around
            .iter()
            .filter(|(_, bond)| graph.bonds[*bond].order == order)
            .count()
    };
    count(Order::Triple) > 0 || count(Order::Double) > 1
}

/// An atom beyond the only neighbour: one doubly bonded to it where there is any.
fn beyond(
    graph: &Graph,
    neighbours: &[Vec<(usize, usize)>],
    atom: usize,
    only: usize,
) -> Option<DVec3> {
    let others = neighbours[only].iter().filter(|(other, _)| *other != atom);
    let chosen = others.min_by_key(|(_, bond)| graph.bonds[*bond].order != Order::Double)?;
    Some(graph.atoms[chosen.0].position)
}
