//! Pairs packed for one invocation a pose: rows of one atom and a block of four, and groups of what is left.

use super::topology::{Ligand, NO_PAIR, Pair, Topology, Words, coefficients, index};

/// Fewest pairs of a row of four for which computing all four beats computing each alone (measured on lavapipe).
const DENSE: usize = 2;

/// Packs the pairs of a ligand for one invocation a pose.
pub(super) fn pack_rows(topology: &Topology, words: &mut Vec<Words>, ligand: &mut Ligand) {
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
