//! Which bonds lie in a ring: those whose removal leaves their ends connected.

use super::Graph;

/// For each bond whether it is in any ring (Tarjan 1974: a bond is a bridge where no way around it leads back).
pub fn ring_bonds(graph: &Graph) -> Vec<bool> {
    let neighbours = graph.neighbours();
    let mut search = Search {
        neighbours: &neighbours,
        order: vec![0; graph.atoms.len()],
        earliest: vec![0; graph.atoms.len()],
        in_ring: vec![true; graph.bonds.len()],
        visited: 0,
    };
    for atom in 0..graph.atoms.len() {
        if search.order[atom] == 0 {
            search.from(atom);
        }
    }
    search.in_ring
}

/// A depth-first search without recursion: molecules may be chains of thousands of atoms.
struct Search<'a> {
    neighbours: &'a [Vec<(usize, usize)>],
    /// When an atom was met, from 1.
    order: Vec<usize>,
    /// The earliest atom that a way around leads back to.
    earliest: Vec<usize>,
    in_ring: Vec<bool>,
    visited: usize,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        self.meet(root);
        // Atom, the bond it was reached by, the next of its neighbours to look at.
        let mut path = vec![(root, usize::MAX, 0)];
        while let Some((atom, by, next)) = path.last_mut() {
            let (atom, by) = (*atom, *by);
            match self.neighbours[atom].get(*next) {
                Some(&(to, bond)) => {
                    *next += 1;
                    if bond == by {
                        continue;
                    }
                    if self.order[to] == 0 {
                        self.meet(to);
                        path.push((to, bond, 0));
                    } else {
                        self.earliest[atom] = self.earliest[atom].min(self.order[to]);
                    }
                }
                None => {
                    path.pop();
                    if let Some((before, ..)) = path.last() {
                        self.in_ring[by] = self.earliest[atom] <= self.order[*before];
                        self.earliest[*before] = self.earliest[*before].min(self.earliest[atom]);
                    }
                }
            }
        }
    }

    fn meet(&mut self, atom: usize) {
        self.visited += 1;
        self.order[atom] = self.visited;
        self.earliest[atom] = self.visited;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::molecule;
    use super::*;

    #[test]
    fn two_rings_and_what_joins_them() {
        let bonds = [
            (0, 1, 1),
            (1, 2, 1),
            (2, 0, 1),
            (2, 3, 1),
            (3, 4, 1),
            (4, 5, 1),
            (5, 3, 1),
            (5, 6, 1),
        ];
        let in_ring = ring_bonds(&molecule("CCCCCCC", &bonds));
        assert_eq!(in_ring, [true, true, true, false, true, true, true, false]);
    }
}
