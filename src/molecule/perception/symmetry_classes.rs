//! Classes of atoms that look alike: same element and charge, same surroundings at every distance.

use super::Perception;
use crate::molecule::graph::{Coordinates, Graph};

/// Marks of the two hands; any two numbers would do.
const RIGHT: u64 = 0x52;
const LEFT: u64 = 0x4c;

/// For each atom a number that is equal for atoms of one class and for no others.
///
/// Labels are refined by those of the neighbours until no class splits any more (H. L. Morgan, 1965), then by the
/// handedness of atoms with four different neighbours. Labels are hashes of 64 bits, so that two classes are taken
/// for one by chance once in some 10^15 molecules.
pub fn symmetry_classes(graph: &Graph, perception: &Perception) -> Vec<u64> {
    let mut labels = first_labels(graph, perception);
    let mut classes = refine(&mut labels, perception);
    while mark_handedness(&mut labels, graph, perception) {
        let refined = refine(&mut labels, perception);
        if refined == classes {
            break;
        }
        classes = refined;
    }
    labels
}

/// Refines labels until no class splits; gives the number of classes.
fn refine(labels: &mut Vec<u64>, perception: &Perception) -> usize {
    let mut next = labels.clone();
    let mut sorted = Vec::with_capacity(labels.len());
    let mut classes = count(labels, &mut sorted);
    loop {
        for (atom, label) in next.iter_mut().enumerate() {
            *label = refined(atom, labels, perception);
        }
        let refined = count(&next, &mut sorted);
        if refined <= classes {
            return classes;
        }
        classes = refined;
        std::mem::swap(labels, &mut next);
    }
}

/// Marks the atoms with four different neighbours by the side on which these turn; says whether there are any.
fn mark_handedness(labels: &mut [u64], graph: &Graph, perception: &Perception) -> bool {
    if graph.coordinates != Coordinates::Space {
        return false;
    }
    let mut handed = Vec::new();
    for atom in 0..labels.len() {
        if let &[a, b, c, d] = perception.connections.around(atom) {
            let mut around =
                [a, b, c, d].map(|link| (labels[link.atom as usize], link.atom as usize));
            around.sort_unstable();
            if around.windows(2).all(|pair| pair[0].0 != pair[1].0) {
                let [a, b, c, d] = around.map(|(_, neighbour)| graph.atoms[neighbour].position);
                let volume = (a - d).cross(b - d).dot(c - d);
                handed.push((atom, volume > 0.0));
            }
        }
    }
    for &(atom, right) in &handed {
        labels[atom] = mixed(labels[atom] ^ if right { RIGHT } else { LEFT });
    }
    !handed.is_empty()
}

fn first_labels(graph: &Graph, perception: &Perception) -> Vec<u64> {
    let mut labels = Vec::with_capacity(graph.atoms.len());
    for (index, atom) in graph.atoms.iter().enumerate() {
        let element = u64::from(atom.element.number());
        let isotope = u64::from(atom.isotope.unwrap_or(0));
        let charge = u64::from(atom.charge as u8);
        let ringed = u64::from(perception.rings.rings_of_atom[index] > 0);
        labels.push(mixed(element | isotope << 8 | charge << 24 | ringed << 32));
    }
    labels
}

/// The label with those of the neighbours, whose order plays no part, and of the bonds to them.
fn refined(atom: usize, labels: &[u64], perception: &Perception) -> u64 {
    let mut around = 0u64;
    for link in perception.connections.around(atom) {
        let bond = link.bond as usize;
        let order = match perception.aromaticity.bonds[bond] {
            true => 4,
            false => u64::from(perception.drawing.orders[bond]),
        };
        around = around.wrapping_add(mixed(labels[link.atom as usize] ^ order));
    }
    mixed(labels[atom].rotate_left(17) ^ around)
}

/// Number of distinct labels.
fn count(labels: &[u64], sorted: &mut Vec<u64>) -> usize {
    sorted.clear();
    sorted.extend_from_slice(labels);
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

/// Spreads a change of any bit over all bits (the finalizer of SplitMix64, G. Steele et al., 2014).
fn mixed(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
