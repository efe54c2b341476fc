//! Where a pattern occurs in a molecule: backtracking over its atoms in their order.

use super::Pattern;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;

/// Steps after which a search is given up.
const MOST_STEPS: usize = 1_000_000;

impl Pattern {
    /// All occurrences: for each the atoms of the molecule that stand for those of the pattern, in every order that
    /// fits. Nothing where there are too many ways to look for them.
    pub fn occurrences(&self, graph: &Graph, perception: &Perception) -> Option<Vec<Vec<u32>>> {
        let mut found = Vec::new();
        let mut search = Search::new(self, graph, perception);
        for start in 0..graph.atoms.len() as u32 {
            search.from(start, &mut |atoms| {
                found.push(atoms.to_vec());
                found.len() < MOST_STEPS
            });
        }
        (search.steps < MOST_STEPS).then_some(found)
    }

    /// Whether the pattern occurs with its first atom here.
    pub(super) fn begins_at(&self, atom: usize, graph: &Graph, perception: &Perception) -> bool {
        let mut found = false;
        Search::new(self, graph, perception).from(atom as u32, &mut |_| {
            found = true;
            false
        });
        found
    }
}

struct Search<'a> {
    pattern: &'a Pattern,
    graph: &'a Graph,
    perception: &'a Perception,
    /// Atoms of the molecule that stand for those of the pattern so far.
    atoms: Vec<u32>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(pattern: &'a Pattern, graph: &'a Graph, perception: &'a Perception) -> Self {
        Search {
            pattern,
            graph,
            perception,
            atoms: Vec::new(),
            steps: 0,
        }
    }

    /// Finds all occurrences whose first atom is `start`, until `found` says that it has enough.
    fn from(&mut self, start: u32, found: &mut dyn FnMut(&[u32]) -> bool) {
        self.atoms.clear();
        if !self.fits(start) {
            return;
        }
        self.atoms.push(start);
        // For each atom but the first, which neighbour of the one that it hangs on is to be tried next.
        let mut next = vec![0];
        while let Some(top) = next.last_mut() {
            if self.atoms.len() == self.pattern.atoms.len() {
                if !found(&self.atoms) {
                    return;
                }
                next.pop();
                self.atoms.pop();
                continue;
            }
            let hanger = self.pattern.bonds[self.atoms.len()]
                .first()
                .map_or(0, |bond| bond.0);
            let around = self
                .perception
                .connections
                .around(self.atoms[hanger] as usize);
            let candidate = around.get(*top).map(|link| link.atom);
            *top += 1;
            self.steps += 1;
            match candidate {
                _ if self.steps >= MOST_STEPS => return,
                Some(atom) if self.fits(atom) => {
                    self.atoms.push(atom);
                    next.push(0);
                }
                Some(_) => {}
                None => {
                    next.pop();
                    self.atoms.pop();
                }
            }
        }
    }

    /// Whether this atom can stand for the next one of the pattern.
    fn fits(&self, atom: u32) -> bool {
        let next = self.atoms.len();
        let index = atom as usize;
        !self.atoms.contains(&atom)
            && self.pattern.bonds[next].iter().all(|(earlier, test)| {
                let mut links = self.perception.connections.around(index).iter();
                let link = links.find(|link| link.atom == self.atoms[*earlier]);
                link.is_some_and(|link| test.holds(link.bond as usize, self.perception))
            })
            && self.pattern.atoms[next].holds(index, self.graph, self.perception)
    }
}
