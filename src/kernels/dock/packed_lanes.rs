//! Pairs packed for one workgroup a pose: groups of four pairs of one atom, dealt evenly to the lanes.

use super::topology::{Ligand, NO_PAIR, Pair, Topology, Words, coefficients, index};

/// Lanes of a workgroup that ligands are packed for; the shader has the number from here.
pub const LANES: u32 = 64;
/// The same, to count with.
const COUNT: usize = LANES as usize;

/// Four pairs of one atom, and the other atom of each.
struct Group<'a> {
    owner: usize,
    others: [usize; 4],
    pairs: [&'a Pair; 4],
}

/// Every pair twice, once as either atom's; groups of one atom stand together.
fn groups(topology: &Topology) -> Vec<Group<'_>> {
    let mut partners: Vec<Vec<(usize, &Pair)>> = vec![Vec::new(); topology.atoms.len()];
    for pair in &topology.pairs {
        let [i, j] = pair.atoms;
        partners[i].push((j, pair));
        partners[j].push((i, pair));
    }
    let mut groups = Vec::new();
    for (owner, partners) in partners.iter().enumerate() {
        for four in partners.chunks(4) {
            // Coefficients of zero add nothing, whatever the other atom.
            let (others, pairs) = (0..4)
                .map(|k| four.get(k).copied().unwrap_or((owner, &NO_PAIR)))
                .unzip::<_, _, Vec<_>, Vec<_>>();
            groups.push(Group {
                owner,
                others: std::array::from_fn(|k| others[k]),
                pairs: std::array::from_fn(|k| pairs[k]),
            });
        }
    }
    groups
}

/// Packs the pairs of a ligand for one workgroup a pose. Lane l has consecutive groups; its slope of an atom goes to an entry
/// of `shares`, numbered through all lanes, so that the entries of an atom stand together: its words say where.
pub(super) fn pack_lanes(topology: &Topology, words: &mut Vec<Words>, ligand: &mut Ligand) {
    let groups = groups(topology);
    let each = groups.len().div_ceil(COUNT);
    ligand.lane_groups_at = index(words.len());
    ligand.lane_groups = index(each);
    let nothing = coefficients([&NO_PAIR; 4]);
    for _ in 0..each * COUNT {
        words.extend([[0; 4]; 2]);
        words.extend(nothing);
    }
    let mut share = 0;
    for (g, group) in groups.iter().enumerate() {
        let is_next_same = g + 1 < groups.len() && groups[g + 1].owner == group.owner;
        let last = (g + 1) % each == 0 || !is_next_same;
        let at = ligand.lane_groups_at as usize + 7 * (g % each * COUNT + g / each);
        words[at] = [index(group.owner), u32::from(last), share, 0];
        words[at + 1] = group.others.map(index);
        words[at + 2..at + 7].copy_from_slice(&coefficients(group.pairs));
        if last {
            share += 1;
            let atom = &mut words[ligand.atoms_at as usize + 2 * group.owner + 1];
            if atom[3] == 0 {
                atom[2] = share - 1;
            }
            atom[3] = share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::family::Family;
    use super::super::synthetic::{Draws, Recipe};
    use super::super::topology::pack;
    use super::*;

    /// Runs the packed groups as the shader does, counting instead of adding: how often each pair of atoms is met,
    /// and which atom's range each share lies in.
    #[test]
    fn every_pair_is_met_once_from_either_atom_and_lands_in_its_atoms_shares() {
        let recipe = Recipe {
            atoms: 37,
            fragments: 9,
            pairs: 0.6,
            clash: false,
        };
        let topology = recipe.ligand(&mut Draws::new(3, 4));
        let mut words = vec![[9; 4]];
        let ligand = pack(&topology, Family::Workgroup, &mut words);
        let mut met = vec![0; 37 * 37];
        let mut shares = 0;
        for lane in 0..COUNT {
            for g in 0..ligand.lane_groups as usize {
                let at = ligand.lane_groups_at as usize + 7 * (g * COUNT + lane);
                let [owner, last, share, _] = words[at].map(|word| word as usize);
                for other in words[at + 1].map(|word| word as usize) {
                    met[37 * owner + other] += 1;
                }
                if last == 1 {
                    let [_, _, first, end] = words[ligand.atoms_at as usize + 2 * owner + 1];
                    assert!((first as usize..end as usize).contains(&share));
                    shares += 1;
                }
            }
        }
        assert!(shares <= 37 + COUNT);
        for pair in &topology.pairs {
            let [i, j] = pair.atoms;
            assert_eq!([met[37 * i + j], met[37 * j + i]], [1, 1]);
        }
    }
}
