//! A ligand as the docking kernels see it: atoms in fragment frames, fragments, pair coefficients; and how it is packed.

use super::family::Family;
use super::packed_lanes::pack_lanes;
use super::packed_rows::pack_rows;
use std::ops::Range;

/// An atom in the frame of its fragment, in numbers of the kind `R`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom<R = f64> {
    /// Position relative to the fragment's origin, in the input's orientation, Angstrom.
    pub local: [R; 3],
    /// Partial charge, elementary charges.
    pub charge: R,
    /// Number of its affinity map.
    pub map: u32,
}

/// A rigid fragment. Fragment 0 is the root and its origin the ligand's centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment<R = f64> {
    /// Parent fragment, before this one; 0 for the root.
    pub parent: usize,
    /// Its own atoms.
    pub atoms: Range<usize>,
    /// Its origin (the far atom of its rotatable bond) relative to the parent's origin, Angstrom.
    pub origin: [R; 3],
    /// Unit vector along the rotatable bond, in the input's orientation.
    pub axis: [R; 3],
}

/// Coefficients of one intramolecular pair, weights of the free-energy model included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Atom indices.
    pub atoms: [usize; 2],
    /// kcal/mol A^12.
    pub repulsion: f64,
    /// kcal/mol A^6, or A^10 for a hydrogen bond.
    pub attraction: f64,
    /// Distance of the well, Angstrom.
    pub optimum: f64,
    /// 12-10 instead of 12-6.
    pub hydrogen_bond: bool,
    /// Product of charges times Coulomb's constant and the weight, kcal/mol A.
    pub charges: f64,
    /// Desolvation at distance 0, kcal/mol.
    pub desolvation: f64,
}

/// A ligand ready for the kernels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topology {
    /// Atoms; those of a fragment are contiguous.
    pub atoms: Vec<Atom>,
    /// Fragments, parents first and each with all its descendants behind it.
    pub fragments: Vec<Fragment>,
    /// Pairs that count in the intramolecular energy.
    pub pairs: Vec<Pair>,
}

impl Topology {
    /// Numbers of a genotype: translation 3, quaternion 4, one angle per torsion.
    pub fn genes(&self) -> usize {
        6 + self.fragments.len()
    }
}

crate::host_struct!(
/// Header of a packed ligand: where its parts begin in the topology buffer (in vec4), how many there are, and what is
/// particular to its search.
Ligand {
    atoms_at: u32,
    fragments_at: u32,
    blocks_at: u32,
    groups_at: u32,
    atoms: u32,
    fragments: u32,
    blocks: u32,
    groups: u32,
    name_key: [u32; 2],
    evaluations: u32,
    steps: u32,
    target_score: f32,
    lane_groups_at: u32,
    lane_groups: u32,
    padding: u32,
});

/// Four words: one `vec4<u32>` of the topology buffer; reals are stored by their bits.
pub type Words = [u32; 4];

pub(super) fn reals(v: [f64; 4]) -> Words {
    v.map(|x| (x as f32).to_bits())
}

pub(super) fn index(i: usize) -> u32 {
    i as u32
}

/// A pair that adds nothing, at a distance that divides by nothing.
pub(super) const NO_PAIR: Pair = Pair {
    atoms: [0, 0],
    repulsion: 0.0,
    attraction: 0.0,
    optimum: 4.0,
    hydrogen_bond: false,
    charges: 0.0,
    desolvation: 0.0,
};

pub(super) fn coefficients(pairs: [&Pair; 4]) -> [Words; 5] {
    let sign = |p: &Pair| {
        if p.hydrogen_bond {
            -p.optimum
        } else {
            p.optimum
        }
    };
    [
        reals(pairs.map(|p| p.repulsion)),
        reals(pairs.map(|p| p.attraction)),
        reals(pairs.map(sign)),
        reals(pairs.map(|p| p.charges)),
        reals(pairs.map(|p| p.desolvation)),
    ]
}

impl Topology {
    /// One behind the last descendant of a fragment.
    fn descendants_end(&self, n: usize) -> usize {
        let mut end = n + 1;
        while end < self.fragments.len() && self.fragments[end].parent >= n {
            end += 1;
        }
        end
    }
}

/// Packs a ligand behind what `words` holds already, as this family reads it; returns its header (counts and offsets).
pub fn pack(topology: &Topology, family: Family, words: &mut Vec<Words>) -> Ligand {
    let mut ligand = Ligand {
        atoms_at: index(words.len()),
        ..bytemuck::Zeroable::zeroed()
    };
    ligand.atoms = index(topology.atoms.len());
    ligand.fragments = index(topology.fragments.len());
    for (n, fragment) in topology.fragments.iter().enumerate() {
        for atom in &topology.atoms[fragment.atoms.clone()] {
            let [x, y, z] = atom.local;
            words.push(reals([x, y, z, atom.charge]));
            words.push([atom.map, index(n), 0, 0]);
        }
    }
    ligand.fragments_at = index(words.len());
    for (n, fragment) in topology.fragments.iter().enumerate() {
        let [x, y, z] = fragment.origin;
        let [u, v, w] = fragment.axis;
        words.push([
            index(fragment.parent),
            index(fragment.atoms.start),
            index(fragment.atoms.end),
            index(topology.descendants_end(n)),
        ]);
        words.push(reals([x, y, z, 0.0]));
        words.push(reals([u, v, w, 0.0]));
    }
    match family {
        Family::Invocation => pack_rows(topology, words, &mut ligand),
        Family::Workgroup => pack_lanes(topology, words, &mut ligand),
    }
    ligand
}
