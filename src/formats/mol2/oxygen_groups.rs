//! Carboxylates, nitro groups, phosphates and sulphonates drawn with aromatic bonds: one centre, several equal oxygens.
//!
//! So many of the oxygens are double bonded as the centre has room for; each of the others carries a charge of -1.

use crate::molecule::graph::{Element, Graph, Order};

/// Settles the orders and charges of all such groups: the oxygens named first are the charged ones, as in RDKit.
/// Nitrogen centres become positive.
pub(super) fn settle(graph: &mut Graph) {
    let neighbours = graph.neighbours();
    for (center, around) in neighbours.iter().enumerate() {
        let equal = around.iter().filter(|(end, bond)| {
            let chalcogen = matches!(graph.atoms[*end].element, Element::O | Element::S);
            let terminal = neighbours[*end].len() == 1;
            chalcogen && terminal && graph.bonds[*bond].order == Order::Aromatic
        });
        let equal: Vec<(usize, usize)> = equal.copied().collect();
        if equal.len() < 2 {
            continue;
        }
        let others = around.len() - equal.len();
        let doubles = double_bonds(graph.atoms[center].element, equal.len(), others);
        let count = equal.len();
        for (place, (end, bond)) in equal.into_iter().enumerate() {
            let double = place >= count - doubles;
            graph.bonds[bond].order = if double { Order::Double } else { Order::Single };
            graph.atoms[end].charge = if double { 0 } else { -1 };
        }
        if graph.atoms[center].element == Element::N {
            graph.atoms[center].charge = 1;
        }
    }
}

/// How many of `equal` oxygens are double bonded to the centre, beside `others` neighbours: sulphonates and sulphates
/// have two, sulphones both, all others one.
fn double_bonds(center: Element, equal: usize, others: usize) -> usize {
    match (center, equal, others) {
        (Element::S, 3 | 4, _) | (Element::S, 2, 2) => 2,
        _ => 1,
    }
}
