//! A packed ligand taken apart into plain lists, once for all its poses.

use super::ad4_pairs::Coefficients;
use crate::kernels::dock::topology::{Atom, Fragment, Ligand, Words};

/// A pair of atoms, the first with the smaller index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Indices of the atoms.
    pub atoms: [usize; 2],
    /// What it adds to the energy.
    pub coefficients: Coefficients,
}

/// A ligand as the pose energy reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnpackedLigand {
    /// Atoms; those of a fragment are contiguous.
    pub atoms: Vec<Atom<f32>>,
    /// Fragments, parents first.
    pub fragments: Vec<Fragment<f32>>,
    /// Pairs, sorted by their first atom; those that add nothing are left out.
    pub pairs: Vec<Pair>,
}

impl UnpackedLigand {
    /// Takes a ligand apart that was packed for one invocation a pose. What does not stand in `topology` is 0, and
    /// what would name atoms or fragments that do not exist is left out.
    pub fn new(ligand: &Ligand, topology: &[Words]) -> Self {
        let words = |at: u32| topology.get(at as usize).copied().unwrap_or_default();
        let mut found = Self::default();
        found.atoms.extend((0..ligand.atoms).map(|a| {
            let at = ligand.atoms_at + 2 * a;
            let [x, y, z, charge] = reals(words(at));
            Atom {
                local: [x, y, z],
                charge,
                map: words(at + 1)[0],
            }
        }));
        for n in 0..ligand.fragments {
            let at = ligand.fragments_at + 3 * n;
            let fragment = fragment(n, [0, 1, 2].map(|k| words(at + k)), found.atoms.len());
            found.fragments.push(fragment);
        }
        found.pairs = pairs(ligand, words);
        let exists = |pair: &Pair| pair.atoms[1] < found.atoms.len();
        found.pairs.retain(|pair| exists(pair) && pair.adds());
        found.pairs.sort_by_key(|pair| pair.atoms);
        found
    }

    /// Numbers of a genotype: translation 3, quaternion 4, one angle per torsion.
    pub fn genes(&self) -> usize {
        6 + self.fragments.len()
    }
}

fn reals(words: Words) -> [f32; 4] {
    words.map(f32::from_bits)
}

fn fragment(n: u32, [span, origin, axis]: [Words; 3], atoms: usize) -> Fragment<f32> {
    let three = |words: Words| {
        let [x, y, z, _] = reals(words);
        [x, y, z]
    };
    let [parent, start, end, _] = span;
    Fragment {
        parent: parent.min(n.saturating_sub(1)) as usize,
        atoms: (start as usize).min(atoms)..(end as usize).min(atoms),
        origin: three(origin),
        axis: three(axis),
    }
}

/// All pairs of rows and groups, with those that only fill them up.
fn pairs(ligand: &Ligand, words: impl Fn(u32) -> Words) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut add = |first: Words, other: Words, at: u32| {
        let coefficients: [[f32; 4]; 5] = [0, 1, 2, 3, 4].map(|k| reals(words(at + k)));
        for k in 0..4 {
            let atoms = [first[k].min(other[k]), first[k].max(other[k])];
            pairs.push(Pair {
                atoms: atoms.map(|a| a as usize),
                coefficients: Coefficients::new(coefficients.map(|of_four| of_four[k])),
            });
        }
    };
    for block in 0..ligand.blocks {
        let [first, rows, end, _] = words(ligand.blocks_at + block);
        for row in (rows..end).step_by(6) {
            add([0, 1, 2, 3].map(|k| first + k), [words(row)[0]; 4], row + 1);
        }
    }
    for group in 0..ligand.groups {
        let at = ligand.groups_at + 7 * group;
        add(words(at), words(at + 1), at + 2);
    }
    pairs
}

impl Pair {
    /// Whether it has any part in the energy.
    fn adds(&self) -> bool {
        let k = &self.coefficients;
        let attraction = k.attraction_6 + k.attraction_10;
        [k.repulsion, attraction, k.charges, k.desolvation] != [0.0; 4]
    }
}

impl Coefficients {
    /// From what is packed: repulsion, attraction, optimum (negative for a hydrogen bond), charges, desolvation.
    fn new([repulsion, attraction, optimum, charges, desolvation]: [f32; 5]) -> Self {
        let (attraction_6, attraction_10) = match optimum < 0.0 {
            true => (0.0, attraction),
            false => (attraction, 0.0),
        };
        Coefficients {
            repulsion,
            attraction_6,
            attraction_10,
            slope_6: 6.0 * attraction_6,
            slope_10: 10.0 * attraction_10,
            optimum: optimum.abs(),
            charges,
            desolvation,
        }
    }
}

#[cfg(test)]
#[path = "ligand_tests.rs"]
mod tests;
