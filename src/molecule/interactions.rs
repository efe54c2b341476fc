//! Pairs of atoms that count in the intramolecular energy.

use super::bonds::{bonds, neighbours};
use super::{Ligand, TorsionTree};

/// Atoms this many bonds apart do not interact: 1-2, 1-3 and 1-4 neighbours.
const EXCLUDED_BONDS: usize = 3;

/// Pairs of atom indices, the smaller first, sorted: more than three bonds apart and able to move against each other
/// (Morris et al., J. Comput. Chem. 30:2785, 2009).
///
/// Atoms of one rigid piece keep their distance: those of a fragment, with the far atoms of the rotatable bonds that
/// it has a part in, for these lie on the axes.
pub fn nonbonded_pairs(ligand: &Ligand) -> Vec<[usize; 2]> {
    let count = ligand.atoms.len();
    let neighbours = neighbours(count, &bonds(ligand));
    let pieces = rigid_pieces(&ligand.torsions);
    let pieces_of = pieces_of_atoms(count, &pieces);
    let mut pairs = Vec::new();
    // `excluded[j] == i` where j does not interact with i.
    let mut excluded = vec![usize::MAX; count];
    for (i, own_pieces) in pieces_of.iter().enumerate() {
        exclude_near(i, &neighbours, &mut excluded);
        for &piece in own_pieces {
            pieces[piece].iter().for_each(|&j| excluded[j] = i);
        }
        pairs.extend((i + 1..count).filter(|&j| excluded[j] != i).map(|j| [i, j]));
    }
    pairs
}

/// Marks the atoms up to three bonds from `i`.
fn exclude_near(i: usize, neighbours: &[Vec<usize>], excluded: &mut [usize]) {
    excluded[i] = i;
    let mut shell = vec![i];
    for _ in 0..EXCLUDED_BONDS {
        let mut next = Vec::new();
        for &j in shell.iter().flat_map(|&atom| &neighbours[atom]) {
            if excluded[j] != i {
                excluded[j] = i;
                next.push(j);
            }
        }
        shell = next;
    }
}

/// Atoms of each fragment with those beyond its rotatable bonds.
fn rigid_pieces(tree: &TorsionTree) -> Vec<Vec<usize>> {
    let own = tree
        .fragments
        .iter()
        .map(|fragment| fragment.atoms.clone().collect());
    let mut pieces: Vec<Vec<usize>> = own.collect();
    for (index, fragment) in tree.fragments.iter().enumerate().skip(1) {
        let [near, far] = fragment.axis;
        pieces[index].push(near);
        pieces[fragment.parent].push(far);
    }
    pieces
}

fn pieces_of_atoms(count: usize, pieces: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut pieces_of = vec![Vec::new(); count];
    for (piece, atoms) in pieces.iter().enumerate() {
        for &atom in atoms {
            pieces_of[atom].push(piece);
        }
    }
    pieces_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdbqt::read_ligands;

    /// A chain of six carbons along x with rotatable bonds between atoms 2-3 and 4-5.
    const CHAIN: &str = "\
ROOT
ATOM      1  C   LIG     1       0.000   0.000   0.000  1.00  0.00     0.000 C
ATOM      2  C   LIG     1       1.500   0.000   0.000  1.00  0.00     0.000 C
ENDROOT
BRANCH   2   3
ATOM      3  C   LIG     1       3.000   0.000   0.000  1.00  0.00     0.000 C
ATOM      4  C   LIG     1       4.500   0.000   0.000  1.00  0.00     0.000 C
BRANCH   4   5
ATOM      5  C   LIG     1       6.500   0.000   0.000  1.00  0.00     0.000 C
ATOM      6  C   LIG     1       8.000   0.000   0.000  1.00  0.00     0.000 C
ENDBRANCH   4   5
ENDBRANCH   2   3
";

    #[test]
    fn neighbours_and_rigid_pieces_are_left_out() {
        let ligand = &read_ligands(CHAIN, "x").unwrap()[0];
        // The bond 4-5 is too long by distance, yet rotatable; 2-5 is 1-4 and rigid too.
        assert_eq!(bonds(ligand), [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]]);
        assert_eq!(nonbonded_pairs(ligand), [[0, 4], [0, 5], [1, 5]]);
    }

    #[test]
    fn a_rigid_ligand_has_no_pairs() {
        let rigid: String = CHAIN
            .lines()
            .filter(|line| line.starts_with("ATOM"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(nonbonded_pairs(&read_ligands(&rigid, "x").unwrap()[0]).is_empty());
    }
}
