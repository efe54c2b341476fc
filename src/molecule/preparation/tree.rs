//! The torsion tree: rigid groups, their root, and ends that turn nothing merged into what they hang on.

use super::groups::{Division, Group};

/// Rigid groups that hang together in a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// All groups. One that was merged into its neighbour is left without atoms and exits.
    pub groups: Vec<Group>,
    /// Index of the group that the others hang on.
    pub root: usize,
}

impl Tree {
    /// Divides a molecule and chooses its root.
    pub(super) fn of(division: &Division) -> Tree {
        let groups = division.groups();
        let root = root(&groups);
        Tree { groups, root }
    }

    /// Number of rotatable bonds.
    pub fn torsions(&self) -> usize {
        let groups = self.groups.iter().filter(|group| !group.atoms.is_empty());
        groups.count().saturating_sub(1)
    }

    /// The rotatable bonds as pairs of atoms, parents before children in no other order.
    pub fn axes(&self) -> Vec<[u32; 2]> {
        let mut axes = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            let forward = group
                .exits
                .iter()
                .filter(|exit| exit.group as usize > index);
            axes.extend(forward.map(|exit| [exit.from, exit.to]));
        }
        axes
    }

    /// Merges groups of one atom at the ends of the tree into their neighbours: turning them moves nothing.
    pub(super) fn merge_ends(&mut self) {
        for index in 0..self.groups.len() {
            let group = &self.groups[index];
            let (&[atom], &[exit], false) =
                (&group.atoms[..], &group.exits[..], index == self.root)
            else {
                continue;
            };
            let host = &mut self.groups[exit.group as usize];
            host.atoms.push(atom);
            host.exits.retain(|exit| exit.group as usize != index);
            self.groups[index] = Group::default();
        }
    }
}

/// The middle of the tree: leaves are taken off in rounds until one group is left, or two, of which the one with
/// more atoms is taken, the earlier of equals.
fn root(groups: &[Group]) -> usize {
    let mut exits: Vec<usize> = groups.iter().map(|group| group.exits.len()).collect();
    let mut left = groups.len();
    let mut leaves: Vec<usize> = (0..groups.len())
        .filter(|&group| exits[group] == 1)
        .collect();
    while left > 2 && !leaves.is_empty() {
        left -= leaves.len();
        let mut next = Vec::new();
        for &leaf in &leaves {
            exits[leaf] = 0;
            for exit in &groups[leaf].exits {
                let inner = exit.group as usize;
                if exits[inner] > 0 {
                    exits[inner] -= 1;
                    if exits[inner] == 1 {
                        next.push(inner);
                    }
                    if exits[inner] == 0 && left == 1 {
                        return inner;
                    }
                }
            }
        }
        leaves = next;
    }
    leaves.sort_unstable();
    let larger = |a: usize, b: usize| {
        if groups[b].atoms.len() > groups[a].atoms.len() {
            b
        } else {
            a
        }
    };
    leaves.into_iter().reduce(larger).unwrap_or(0)
}
