//! Which bonds turn in docking, by Meeko's rules.

use crate::molecule::graph::{Element, Graph};
use crate::molecule::perception::{Perception, symmetry_classes};

/// Whether each bond turns: single, none of those in `rigid` rings, in no amide, beside no triple bond.
///
/// Of a chain X-C#C-Y the triple bond stands for the two single bonds beside it, which have the same axis. A bond
/// that ends in a single atom is among the rotatable ones here: the torsion tree drops it.
pub(super) fn rotatable(
    graph: &Graph,
    perception: &Perception,
    rigid: &[bool],
    flexible_amides: bool,
) -> Vec<bool> {
    let orders = &perception.drawing.orders;
    let mut rotatable = Vec::with_capacity(orders.len());
    for (bond, &order) in orders.iter().enumerate() {
        let aromatic = perception.aromaticity.bonds[bond];
        rotatable.push(order == 1 && !aromatic && !rigid[bond]);
    }
    if !flexible_amides {
        freeze_amides(graph, perception, &mut rotatable);
    }
    let mut axes = Vec::new();
    for (bond, &order) in orders.iter().enumerate() {
        if order == 3 && !rigid[bond] {
            axes.extend(freeze_beside(bond, graph, perception, &mut rotatable));
        }
    }
    for bond in axes {
        rotatable[bond] = true;
    }
    rotatable
}

/// Freezes amides, thioamides and amidines, but for those whose nitrogen carries two different groups: which of
/// them stands where is not known beforehand.
fn freeze_amides(graph: &Graph, perception: &Perception, rotatable: &mut [bool]) {
    let mut classes = None;
    for (index, bond) in graph.bonds.iter().enumerate() {
        if !rotatable[index] {
            continue;
        }
        let Some(nitrogen) = amide_nitrogen(bond.a, bond.b, graph, perception) else {
            continue;
        };
        let heavy = |atom: usize| graph.atoms[atom].element != Element::H;
        let mut links = perception.connections.around(nitrogen).iter();
        let mut other = || {
            links
                .find(|link| link.bond as usize != index)
                .map(|link| link.atom as usize)
        };
        let groups = other()
            .zip(other())
            .filter(|&(first, second)| heavy(first) && heavy(second));
        let differ = groups.is_some_and(|(first, second)| {
            let classes = classes.get_or_insert_with(|| symmetry_classes(graph, perception));
            classes[first] != classes[second]
        });
        rotatable[index] = differ;
    }
}

/// The nitrogen of an amide-like bond between these two atoms.
fn amide_nitrogen(a: usize, b: usize, graph: &Graph, perception: &Perception) -> Option<usize> {
    let is_pair = |nitrogen: usize, carbon: usize| {
        is_planar(nitrogen, Element::N, graph, perception)
            && is_planar(carbon, Element::C, graph, perception)
            && is_acyl(carbon, graph, perception)
    };
    if is_pair(a, b) {
        Some(a)
    } else if is_pair(b, a) {
        Some(b)
    } else {
        None
    }
}

/// Whether the atom is of this element, with three neighbours and not aromatic.
fn is_planar(atom: usize, element: Element, graph: &Graph, perception: &Perception) -> bool {
    graph.atoms[atom].element == element
        && perception.connections.degree(atom) == 3
        && !perception.aromaticity.atoms[atom]
}

/// Whether the carbon has a double bond to a non-aromatic oxygen, nitrogen or sulphur.
fn is_acyl(carbon: usize, graph: &Graph, perception: &Perception) -> bool {
    let mut links = perception.connections.around(carbon).iter();
    links.any(|link| {
        let other = link.atom as usize;
        let element = graph.atoms[other].element;
        perception.drawing.orders[link.bond as usize] == 2
            && matches!(element, Element::O | Element::N | Element::S)
            && !perception.aromaticity.atoms[other]
    })
}

/// Freezes the single bonds beside a triple bond; gives the triple bond where it has such bonds on both sides.
fn freeze_beside(
    triple: usize,
    graph: &Graph,
    perception: &Perception,
    rotatable: &mut [bool],
) -> Option<usize> {
    let bond = &graph.bonds[triple];
    let single = |atom: usize| {
        let mut links = perception.connections.around(atom).iter();
        let found = links.find(|link| perception.drawing.orders[link.bond as usize] == 1);
        found.map(|link| link.bond as usize)
    };
    let (left, right) = (single(bond.a), single(bond.b));
    let ends = |atom: usize| perception.connections.degree(atom) == 1;
    let both = left.zip(right).map(|_| triple);
    if both.is_some() || ends(bond.a) || ends(bond.b) {
        for frozen in left.into_iter().chain(right) {
            rotatable[frozen] = false;
        }
    }
    both
}
