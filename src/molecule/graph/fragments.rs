//! The unconnected parts of a molecule: a drug and its counter-ions, waters.

use super::{Bond, Element, Graph};

/// Keeps the part with the most heavy atoms, the first of equal ones; returns how many parts were left out.
pub fn largest_fragment(graph: &mut Graph) -> usize {
    let (of_atom, count) = fragments(graph);
    if count < 2 {
        return 0;
    }
    let mut sizes = vec![0; count];
    for (atom, fragment) in graph.atoms.iter().zip(&of_atom) {
        sizes[*fragment] += usize::from(atom.element != Element::H);
    }
    // `max_by_key` gives the last of equal ones.
    let largest = (0..count).rev().max_by_key(|fragment| sizes[*fragment]);
    keep(graph, &of_atom, largest.unwrap_or(0));
    count - 1
}

/// For each atom the number of its part, in the order of their first atoms, and how many there are.
fn fragments(graph: &Graph) -> (Vec<usize>, usize) {
    const NONE: usize = usize::MAX;
    let neighbours = graph.neighbours();
    let mut of_atom = vec![NONE; graph.atoms.len()];
    let mut count = 0;
    for first in 0..graph.atoms.len() {
        if of_atom[first] != NONE {
            continue;
        }
        let mut waiting = vec![first];
        while let Some(atom) = waiting.pop() {
            of_atom[atom] = count;
            let others = neighbours[atom].iter().map(|(other, _)| *other);
            waiting.extend(others.filter(|other| of_atom[*other] == NONE));
        }
        count += 1;
    }
    (of_atom, count)
}

fn keep(graph: &mut Graph, of_atom: &[usize], kept: usize) {
    let mut place = vec![0; of_atom.len()];
    let mut next = 0;
    for (atom, fragment) in of_atom.iter().enumerate() {
        place[atom] = next;
        next += usize::from(*fragment == kept);
    }
    let mut at = 0;
    graph.atoms.retain(|_| {
        at += 1;
        of_atom[at - 1] == kept
    });
    graph.bonds.retain(|bond| of_atom[bond.a] == kept);
    for Bond { a, b, .. } in &mut graph.bonds {
        (*a, *b) = (place[*a], place[*b]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::molecule;
    use super::*;

    #[test]
    fn the_largest_part_stays() {
        let mut salt = molecule("OCNCF", &[(1, 2, 1), (2, 3, 1)]);
        assert_eq!(largest_fragment(&mut salt), 2);
        assert_eq!(salt, molecule("CNC", &[(0, 1, 1), (1, 2, 1)]));
        assert_eq!(largest_fragment(&mut salt), 0);
        let mut twins = molecule("CNCO", &[(0, 1, 1), (2, 3, 1)]);
        largest_fragment(&mut twins);
        assert_eq!(twins, molecule("CN", &[(0, 1, 1)]));
    }
}
