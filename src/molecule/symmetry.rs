//! Symmetry of a ligand's heavy atoms, and RMSDs that are blind to it.

use super::Ligand;
use super::assignment::least_cost;
use super::automorphisms::{automorphisms, refine};
use super::bonds::{bonds, neighbours};
use glam::DVec3;

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

fn group(classes: &[usize]) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); classes.len()];
    for (atom, &class) in classes.iter().enumerate() {
        groups[class].push(atom);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[cfg(test)]
#[path = "symmetry_tests.rs"]
mod tests;
