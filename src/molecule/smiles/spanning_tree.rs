//! A depth-first spanning tree of the atoms that are written, and the bonds that close rings over it.

use super::is_implied;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;

/// Spanning trees of all parts of a molecule.
pub(super) struct SpanningTree {
    /// The first atom of each part.
    pub(super) starts: Vec<u32>,
    /// Whether each bond joins two written atoms and is in no tree.
    pub(super) closes_ring: Vec<bool>,
    /// Children of all atoms, those of one atom together: atom and bond, smaller subtrees first.
    links: Vec<(u32, u32)>,
    /// Where each atom's children are.
    ranges: Vec<(u32, u32)>,
}

impl SpanningTree {
    pub(super) fn of(graph: &Graph, perception: &Perception) -> SpanningTree {
        let atoms = graph.atoms.len();
        let mut search = Search {
            perception,
            skipped: (0..atoms)
                .map(|atom| is_implied(atom, graph, perception))
                .collect(),
            parent: vec![None; atoms],
            order: Vec::with_capacity(atoms),
        };
        let mut starts = Vec::new();
        for start in 0..atoms {
            if !search.skipped[start] {
                starts.push(start as u32);
                search.follow(start as u32);
            }
        }
        let mut tree = SpanningTree {
            starts,
            closes_ring: vec![false; graph.bonds.len()],
            links: Vec::with_capacity(atoms),
            ranges: vec![(0, 0); atoms],
        };
        tree.mark_rings(graph, perception, &search);
        tree.gather(perception, &search);
        tree
    }

    /// Atoms and bonds after an atom, smaller subtrees first.
    pub(super) fn children(&self, atom: u32) -> &[(u32, u32)] {
        let (from, to) = self.ranges[atom as usize];
        &self.links[from as usize..to as usize]
    }

    fn mark_rings(&mut self, graph: &Graph, perception: &Perception, search: &Search) {
        let implied = |atom: usize| is_implied(atom, graph, perception);
        for (bond, ends) in graph.bonds.iter().enumerate() {
            let by = |atom: usize| search.parent[atom].is_some_and(|link| link.1 as usize == bond);
            let in_tree = by(ends.a) || by(ends.b);
            self.closes_ring[bond] = !in_tree && !implied(ends.a) && !implied(ends.b);
        }
    }

    /// Lists children, with the sizes of their subtrees to sort by.
    fn gather(&mut self, perception: &Perception, search: &Search) {
        let mut sizes = vec![1u32; self.ranges.len()];
        for &atom in search.order.iter().rev() {
            if let Some((parent, _)) = search.parent[atom as usize] {
                sizes[parent as usize] += sizes[atom as usize];
            }
        }
        for &atom in &search.order {
            let from = self.links.len();
            for link in perception.connections.around(atom as usize) {
                if search.parent[link.atom as usize] == Some((atom, link.bond)) {
                    self.links.push((link.atom, link.bond));
                }
            }
            self.links[from..].sort_by_key(|link| sizes[link.0 as usize]);
            self.ranges[atom as usize] = (from as u32, self.links.len() as u32);
        }
    }
}

/// Depth-first search.
struct Search<'a> {
    perception: &'a Perception,
    /// Atoms that are not to be entered: implied hydrogens, and those that were met.
    skipped: Vec<bool>,
    /// The atom before each, and the bond between.
    parent: Vec<Option<(u32, u32)>>,
    /// Atoms as they were met.
    order: Vec<u32>,
}

impl Search<'_> {
    fn follow(&mut self, start: u32) {
        let mut open = vec![(start, 0)];
        self.enter(start);
        while let Some(top) = open.last_mut() {
            let (atom, next) = *top;
            top.1 += 1;
            match self.perception.connections.around(atom as usize).get(next) {
                None => {
                    open.pop();
                }
                Some(link) if self.skipped[link.atom as usize] => {}
                Some(link) => {
                    self.parent[link.atom as usize] = Some((atom, link.bond));
                    self.enter(link.atom);
                    open.push((link.atom, 0));
                }
            }
        }
    }

    fn enter(&mut self, atom: u32) {
        self.skipped[atom as usize] = true;
        self.order.push(atom);
    }
}
