//! Automorphisms of a labelled graph: colour refinement, then backtracking.

/// More automorphisms than these are not listed.
const MOST_AUTOMORPHISMS: usize = 4096;
/// Steps of the search for automorphisms before it is given up.
const MOST_STEPS: usize = 1_000_000;

/// Splits classes by the classes of their neighbours until nothing changes (colour refinement).
pub(super) fn refine(labels: Vec<usize>, graph: &[Vec<usize>]) -> Vec<usize> {
    let mut classes = labels;
    let mut count = 0;
    loop {
        let keys: Vec<(usize, Vec<usize>)> = graph
            .iter()
            .zip(&classes)
            .map(|(neighbours, &class)| {
                let mut around: Vec<usize> = neighbours.iter().map(|&atom| classes[atom]).collect();
                around.sort_unstable();
                (class, around)
            })
            .collect();
        let mut distinct = keys.clone();
        distinct.sort_unstable();
        distinct.dedup();
        classes = keys
            .iter()
            .map(|key| distinct.partition_point(|other| other < key))
            .collect();
        if distinct.len() == count {
            return classes;
        }
        count = distinct.len();
    }
}

/// All automorphisms, or nothing where there are too many.
pub(super) fn automorphisms(graph: &[Vec<usize>], classes: &[usize]) -> Option<Vec<Vec<u32>>> {
    let mut search = Search {
        graph,
        classes,
        order: connected_order(graph),
        image: vec![u32::MAX; graph.len()],
        used: vec![false; graph.len()],
        found: Vec::new(),
        steps: 0,
    };
    search.run()?;
    Some(search.found)
}

/// Atoms so that each, but the first of its molecule, follows one of its neighbours: mistakes show early.
fn connected_order(graph: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(graph.len());
    let mut seen = vec![false; graph.len()];
    for start in 0..graph.len() {
        let mut next = order.len();
        if !seen[start] {
            seen[start] = true;
            order.push(start);
        }
        while let Some(&atom) = order.get(next) {
            next += 1;
            for &neighbour in &graph[atom] {
                if !std::mem::replace(&mut seen[neighbour], true) {
                    order.push(neighbour);
                }
            }
        }
    }
    order
}

/// Backtracking over images of atoms, in the order of `order`.
struct Search<'a> {
    graph: &'a [Vec<usize>],
    classes: &'a [usize],
    order: Vec<usize>,
    image: Vec<u32>,
    used: Vec<bool>,
    found: Vec<Vec<u32>>,
    steps: usize,
}

impl Search<'_> {
    /// Finds all; nothing where the limits are passed. An explicit stack: ligands can have thousands of atoms.
    fn run(&mut self) -> Option<()> {
        // For each depth, the next image to try.
        let mut next = vec![0usize; self.order.len() + 1];
        let mut depth = 0;
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS || self.found.len() > MOST_AUTOMORPHISMS {
                return None;
            }
            if depth == self.order.len() {
                self.found.push(self.image.clone());
            } else if let Some(image) = self.candidate(self.order[depth], next[depth]) {
                next[depth] = image + 1;
                self.image[self.order[depth]] = image as u32;
                self.used[image] = true;
                depth += 1;
                next[depth] = 0;
                continue;
            }
            if depth == 0 {
                return Some(());
            }
            depth -= 1;
            let atom = self.order[depth];
            self.used[self.image[atom] as usize] = false;
            self.image[atom] = u32::MAX;
        }
    }

    /// The first atom from `from` on that `atom` may be mapped to.
    fn candidate(&mut self, atom: usize, from: usize) -> Option<usize> {
        (from..self.graph.len()).find(|&image| {
            !self.used[image]
                && self.classes[image] == self.classes[atom]
                && self.graph[atom].iter().all(|&neighbour| {
                    let mapped = self.image[neighbour];
                    mapped == u32::MAX || self.graph[image].contains(&(mapped as usize))
                })
        })
    }
}
