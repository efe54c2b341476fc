//! A ligand as the docking kernels see it: atoms in fragment frames, fragments, pair coefficients; and how it is packed.

use std::ops::Range;

/// An atom in the frame of its fragment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// Position relative to the fragment's origin, in the input's orientation, Angstrom.
    pub local: [f64; 3],
    /// Partial charge, elementary charges.
    pub charge: f64,
    /// Number of its affinity map.
    pub map: u32,
}

/// A rigid fragment. Fragment 0 is the root and its origin the ligand's centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// Parent fragment; 0 for the root.
    pub parent: usize,
    /// Its own atoms.
    pub atoms: Range<usize>,
    /// Its origin (the far atom of its rotatable bond) relative to the parent's origin, Angstrom.
    pub origin: [f64; 3],
    /// Unit vector along the rotatable bond, in the input's orientation.
    pub axis: [f64; 3],
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
    /// Fragments, parents first.
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
    pad0: u32,
    pad1: u32,
    pad2: u32,
});

/// Four words: one `vec4<u32>` of the topology buffer; reals are stored by their bits.
pub type Words = [u32; 4];

fn reals(v: [f64; 4]) -> Words {
    v.map(|x| (x as f32).to_bits())
}

fn index(i: usize) -> u32 {
    i as u32
}

/// A pair that adds nothing, at a distance that divides by nothing.
const NO_PAIR: Pair = Pair {
    atoms: [0, 0],
    repulsion: 0.0,
    attraction: 0.0,
    optimum: 4.0,
    hydrogen_bond: false,
    charges: 0.0,
    desolvation: 0.0,
};

fn coefficients(pairs: [&Pair; 4]) -> [Words; 5] {
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

/// Packs a ligand behind what `words` holds already; returns its header (counts and offsets).
pub fn pack(topology: &Topology, words: &mut Vec<Words>) -> Ligand {
    let mut ligand = Ligand {
        atoms_at: index(words.len()),
        ..bytemuck::Zeroable::zeroed()
    };
    ligand.atoms = index(topology.atoms.len());
    ligand.fragments = index(topology.fragments.len());
    for atom in &topology.atoms {
        let [x, y, z] = atom.local;
        words.push(reals([x, y, z, atom.charge]));
        words.push([atom.map, 0, 0, 0]);
    }
    ligand.fragments_at = index(words.len());
    for fragment in &topology.fragments {
        words.push([
            index(fragment.parent),
            index(fragment.atoms.start),
            index(fragment.atoms.end),
            0,
        ]);
        words.push(reals([
            fragment.origin[0],
            fragment.origin[1],
            fragment.origin[2],
            0.0,
        ]));
        words.push(reals([
            fragment.axis[0],
            fragment.axis[1],
            fragment.axis[2],
            0.0,
        ]));
    }
    pack_pairs(topology, words, &mut ligand);
    ligand
}

/// Fewest pairs of a row of four for which computing all four beats computing each alone (measured on lavapipe).
const DENSE: usize = 2;

fn pack_pairs(topology: &Topology, words: &mut Vec<Words>, ligand: &mut Ligand) {
    let (blocks, singles) = rows(topology);
    let mut rows_at = words.len() + blocks.len();
    ligand.blocks_at = index(words.len());
    ligand.blocks = index(blocks.len());
    for (first, rows) in &blocks {
        words.push([
            index(*first),
            index(rows_at),
            index(rows_at + 6 * rows.len()),
            0,
        ]);
        rows_at += 6 * rows.len();
    }
    for (_, rows) in &blocks {
        for (other, pairs) in rows {
            words.push([index(*other), 0, 0, 0]);
            words.extend(coefficients(pairs.map(|p| p.unwrap_or(&NO_PAIR))));
        }
    }
    ligand.groups_at = index(words.len());
    ligand.groups = index(singles.len().div_ceil(4));
    for group in singles.chunks(4) {
        let pairs = std::array::from_fn(|k| *group.get(k).unwrap_or(&&NO_PAIR));
        words.push(pairs.map(|p: &Pair| index(p.atoms[0])));
        words.push(pairs.map(|p: &Pair| index(p.atoms[1])));
        words.extend(coefficients(pairs));
    }
}

/// A row: one atom and its pairs with the four atoms of a block.
type Row<'a> = (usize, [Option<&'a Pair>; 4]);

/// Splits the pairs into rows of four (per block of four consecutive atoms) and pairs that stay alone.
fn rows(topology: &Topology) -> (Vec<(usize, Vec<Row<'_>>)>, Vec<&Pair>) {
    let atoms = topology.atoms.len();
    let mut blocks: Vec<Vec<[Option<&Pair>; 4]>> = vec![vec![[None; 4]; atoms]; atoms.div_ceil(4)];
    for pair in &topology.pairs {
        let [i, j] = [
            pair.atoms[0].min(pair.atoms[1]),
            pair.atoms[0].max(pair.atoms[1]),
        ];
        blocks[i / 4][j][i % 4] = Some(pair);
    }
    let mut dense = Vec::new();
    let mut singles = Vec::new();
    for (b, block) in blocks.into_iter().enumerate() {
        let mut rows = Vec::new();
        for (j, row) in block.into_iter().enumerate() {
            // The four atoms of a block sit in registers: pairs among them must not go through a row.
            if j / 4 != b && row.iter().flatten().count() >= DENSE {
                rows.push((j, row));
            } else {
                singles.extend(row.into_iter().flatten());
            }
        }
        if !rows.is_empty() {
            dense.push((4 * b, rows));
        }
    }
    (dense, singles)
}
