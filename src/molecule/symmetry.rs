//! Symmetry of a ligand's heavy atoms, and RMSDs that are blind to it.

use super::Ligand;
use super::assignment::least_cost;
use super::bonds::{bonds, neighbours};
use glam::DVec3;

/// Above this many automorphisms an RMSD takes atoms of one class as exchangeable at will.
const MOST_AUTOMORPHISMS: usize = 4096;
/// Steps of the search for automorphisms before it is given up.
const MOST_STEPS: usize = 1_000_000;

/// Which heavy atoms can stand for which.
#[derive(Clone, Debug)]
pub struct Symmetry {
    /// Atom indices of the heavy atoms; all atoms where there are no heavy ones.
    pub heavy: Vec<usize>,
    exchange: Exchange,
}

#[derive(Clone, Debug)]
enum Exchange {
    /// Every automorphism: `permutation[k]` is the place in `heavy` of the atom that stands for `heavy[k]`.
    Automorphisms(Vec<Vec<u32>>),
    /// Places in `heavy` of atoms with the same surroundings, class by class.
    Classes(Vec<Vec<usize>>),
}

impl Symmetry {
    /// Finds the automorphisms of the graph of heavy atoms and bonds, with the atom types as labels.
    ///
    /// Where there are more than some thousand of them (several trifluoromethyl or tert-butyl groups), atoms of the
    /// same class of the refined labels may be exchanged one by one, which gives an RMSD that is never larger.
    pub fn of(ligand: &Ligand) -> Symmetry {
        let mut heavy: Vec<usize> = (0..ligand.atoms.len())
            .filter(|&atom| !ligand.atoms[atom].kind.is_hydrogen())
            .collect();
        if heavy.is_empty() {
            heavy = (0..ligand.atoms.len()).collect();
        }
        let graph = heavy_graph(ligand, &heavy);
        let labels = heavy
            .iter()
            .map(|&atom| usize::from(ligand.atoms[atom].kind.0))
            .collect();
        let classes = refine(labels, &graph);
        let exchange = match automorphisms(&graph, &classes) {
            Some(permutations) => Exchange::Automorphisms(permutations),
            None => Exchange::Classes(group(&classes)),
        };
        Symmetry { heavy, exchange }
    }
}

/// Root mean square distance of the heavy atoms, Angstrom, without superposition, under the best exchange of
/// equivalent atoms. `a` and `b` hold positions of all atoms of the ligand that `symmetry` was made of.
pub fn rmsd(symmetry: &Symmetry, a: &[DVec3], b: &[DVec3]) -> f64 {
    let heavy = &symmetry.heavy;
    let square = |k: usize, l: usize| a[heavy[k]].distance_squared(b[heavy[l]]);
    let sum = match &symmetry.exchange {
        Exchange::Automorphisms(permutations) => {
            permutations
                .iter()
                .fold(f64::INFINITY, |best, permutation| {
                    best.min(
                        permutation
                            .iter()
                            .enumerate()
                            .map(|(k, &l)| square(k, l as usize))
                            .sum(),
                    )
                })
        }
        Exchange::Classes(classes) => classes
            .iter()
            .map(|class| least_cost(class.len(), |row, column| square(class[row], class[column])))
            .sum(),
    };
    (sum / heavy.len().max(1) as f64).sqrt()
}

/// Neighbours of each heavy atom, as places in `heavy`.
fn heavy_graph(ligand: &Ligand, heavy: &[usize]) -> Vec<Vec<usize>> {
    let all = neighbours(ligand.atoms.len(), &bonds(ligand));
    let place_of = |atom: &usize| heavy.binary_search(atom).ok();
    heavy
        .iter()
        .map(|&atom| all[atom].iter().filter_map(place_of).collect())
        .collect()
}

/// Splits classes by the classes of their neighbours until nothing changes (colour refinement).
fn refine(labels: Vec<usize>, graph: &[Vec<usize>]) -> Vec<usize> {
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

fn group(classes: &[usize]) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); classes.len()];
    for (atom, &class) in classes.iter().enumerate() {
        groups[class].push(atom);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// All automorphisms, or nothing where there are too many.
fn automorphisms(graph: &[Vec<usize>], classes: &[usize]) -> Option<Vec<Vec<u32>>> {
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

#[cfg(test)]
#[path = "symmetry_tests.rs"]
mod tests;
