//! Where a pattern occurs in a molecule: backtracking over its atoms in their order.

use super::Pattern;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use std::cell::Cell;

/// Steps after which a search is given up.
const MOST_STEPS: usize = 1_000_000;

/// The molecule that is searched, and the steps taken so far: those of patterns within atoms' tests count as well.
pub(super) struct Ground<'a> {
    pub(super) graph: &'a Graph,
    pub(super) perception: &'a Perception,
    steps: Cell<usize>,
}

impl Ground<'_> {
    /// Counts a step; false where there have been too many.
    fn step(&self) -> bool {
        self.steps.update(|steps| steps.saturating_add(1));
        self.steps.get() < MOST_STEPS
    }
}

impl Pattern {
    /// All occurrences: for each the atoms of the molecule that stand for those of the pattern, in every order that
    /// fits. Nothing where there are too many ways to look for them.
    pub fn occurrences(&self, graph: &Graph, perception: &Perception) -> Option<Vec<Vec<u32>>> {
        let mut found = Vec::new();
        let ground = Ground {
            graph,
            perception,
            steps: Cell::new(0),
        };
        let mut search = Search::new(self, &ground);
        for start in 0..graph.atoms.len() as u32 {
            search.from(start, &mut |atoms| {
                found.push(atoms.to_vec());
                true
            });
        }
        (ground.steps.get() < MOST_STEPS).then_some(found)
    }

    /// Whether the pattern occurs with its first atom here.
    pub(super) fn begins_at(&self, atom: usize, ground: &Ground) -> bool {
        let mut found = false;
        Search::new(self, ground).from(atom as u32, &mut |_| {
            found = true;
            false
        });
        found
    }
}

struct Search<'a> {
    pattern: &'a Pattern,
    ground: &'a Ground<'a>,
    /// Atoms of the molecule that stand for those of the pattern so far.
    atoms: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(pattern: &'a Pattern, ground: &'a Ground<'a>) -> Self {
        Search {
            pattern,
            ground,
            atoms: Vec::new(),
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
            let connections = &self.ground.perception.connections;
            let around = connections.around(self.atoms[hanger] as usize);
            let candidate = around.get(*top).map(|link| link.atom);
            *top += 1;
            match candidate {
                _ if !self.ground.step() => return,
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
        let perception = self.ground.perception;
        !self.atoms.contains(&atom)
            && self.pattern.bonds[next].iter().all(|(earlier, test)| {
                let mut links = perception.connections.around(index).iter();
                let link = links.find(|link| link.atom == self.atoms[*earlier]);
                link.is_some_and(|link| test.holds(link.bond as usize, perception))
            })
            && self.pattern.atoms[next].holds(index, self.ground)
    }
}
