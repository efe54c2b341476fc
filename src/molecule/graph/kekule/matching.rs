//! A matching of a graph's vertices in pairs, grown one vertex at a time (Edmonds 1965, with contracted blossoms).

use std::collections::VecDeque;

const NONE: usize = usize::MAX;

/// Pairs of neighbouring vertices. What is paired once stays paired, though its partner may change.
pub(super) struct Matching<'a> {
    neighbours: &'a [Vec<usize>],
    partner: Vec<usize>,
    parent: Vec<usize>,
    base: Vec<usize>,
    /// Vertices at an even distance from the root along alternating paths.
    even: Vec<bool>,
}

impl<'a> Matching<'a> {
    /// No pairs yet.
    pub(super) fn new(neighbours: &'a [Vec<usize>]) -> Self {
        let count = neighbours.len();
        Matching {
            neighbours,
            partner: vec![NONE; count],
            parent: vec![NONE; count],
            base: (0..count).collect(),
            even: vec![false; count],
        }
    }

    /// The vertex that `vertex` is paired with.
    pub(super) fn partner(&self, vertex: usize) -> Option<usize> {
        Some(self.partner[vertex]).filter(|partner| *partner != NONE)
    }

    /// Pairs `vertex` too, by an augmenting path to another single vertex that `allowed` admits. Returns whether it is paired now.
    pub(super) fn cover(&mut self, vertex: usize, allowed: impl Fn(usize) -> bool) -> bool {
        if self.partner[vertex] != NONE {
            return true;
        }
        let Some(mut end) = self.augmenting_path(vertex, allowed) else {
            return false;
        };
        while end != NONE {
            let before = self.parent[end];
            let next = self.partner[before];
            self.partner[end] = before;
            self.partner[before] = end;
            end = next;
        }
        true
    }

    /// Breadth-first over alternating paths; returns the far end of one that can be switched.
    fn augmenting_path(&mut self, root: usize, allowed: impl Fn(usize) -> bool) -> Option<usize> {
        self.parent.fill(NONE);
        self.even.fill(false);
        self.base = (0..self.neighbours.len()).collect();
        self.even[root] = true;
        let mut queue = VecDeque::from([root]);
        while let Some(vertex) = queue.pop_front() {
            for &to in &self.neighbours[vertex] {
                if self.base[vertex] == self.base[to] || self.partner[vertex] == to {
                    continue;
                }
                let is_even =
                    to == root || self.partner(to).is_some_and(|p| self.parent[p] != NONE);
                if is_even {
                    self.contract(vertex, to, &mut queue);
                } else if self.parent[to] == NONE {
                    match self.partner(to) {
                        None if allowed(to) => {
                            self.parent[to] = vertex;
                            return Some(to);
                        }
                        None => {}
                        Some(partner) => {
                            self.parent[to] = vertex;
                            self.even[partner] = true;
                            queue.push_back(partner);
                        }
                    }
                }
            }
        }
        None
    }

    /// Makes one vertex of the odd cycle that the edge between two even vertices closes.
    fn contract(&mut self, a: usize, b: usize, queue: &mut VecDeque<usize>) {
        let stem = self.common_base(a, b);
        let mut inside = vec![false; self.neighbours.len()];
        self.mark(a, stem, b, &mut inside);
        self.mark(b, stem, a, &mut inside);
        for vertex in 0..self.neighbours.len() {
            if inside[self.base[vertex]] {
                self.base[vertex] = stem;
                if !self.even[vertex] {
                    self.even[vertex] = true;
                    queue.push_back(vertex);
                }
            }
        }
    }

    /// The first base that the paths of two even vertices to the root share.
    fn common_base(&self, a: usize, b: usize) -> usize {
        let mut on_path = vec![false; self.neighbours.len()];
        let mut vertex = self.base[a];
        loop {
            on_path[vertex] = true;
            match self.partner(vertex) {
                Some(partner) => vertex = self.base[self.parent[partner]],
                None => break,
            }
        }
        let mut vertex = self.base[b];
        while !on_path[vertex] {
            vertex = self.base[self.parent[self.partner[vertex]]];
        }
        vertex
    }

    /// Marks the bases from `vertex` down to `stem` and turns the parents round, towards `child`.
    fn mark(&mut self, mut vertex: usize, stem: usize, mut child: usize, inside: &mut [bool]) {
        while self.base[vertex] != stem {
            let partner = self.partner[vertex];
            inside[self.base[vertex]] = true;
            inside[self.base[partner]] = true;
            self.parent[vertex] = child;
            child = partner;
            vertex = self.parent[partner];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Most pairs possible, by trying everything.
    fn most_pairs(neighbours: &[Vec<usize>], used: &mut [bool], from: usize) -> usize {
        if from == neighbours.len() {
            return 0;
        }
        let mut most = most_pairs(neighbours, used, from + 1);
        if !used[from] {
            for &to in neighbours[from].iter().filter(|to| **to > from) {
                if !used[to] {
                    used[to] = true;
                    used[from] = true;
                    most = most.max(1 + most_pairs(neighbours, used, from + 1));
                    used[to] = false;
                    used[from] = false;
                }
            }
        }
        most
    }

    proptest! {
        #[test]
        fn as_many_pairs_as_possible(edges in proptest::collection::vec((0_usize..9, 0_usize..9), 0..16)) {
            let mut neighbours = vec![Vec::new(); 9];
            for (a, b) in edges.into_iter().filter(|(a, b)| a != b) {
                if !neighbours[a].contains(&b) {
                    neighbours[a].push(b);
                    neighbours[b].push(a);
                }
            }
            let mut matching = Matching::new(&neighbours);
            let paired = (0..9).filter(|vertex| matching.cover(*vertex, |_| true)).count();
            prop_assert!(paired <= 9);
            let paired = (0..9).filter(|v| matching.partner(*v).is_some()).count();
            prop_assert_eq!(paired, 2 * most_pairs(&neighbours, &mut [false; 9], 0));
            for (vertex, around) in neighbours.iter().enumerate() {
                if let Some(partner) = matching.partner(vertex) {
                    prop_assert!(around.contains(&partner));
                    prop_assert_eq!(matching.partner(partner), Some(vertex));
                }
            }
        }
    }
}
