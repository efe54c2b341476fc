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

    /// Weight of the heaviest way from the root to an end: each group counts the square of its depth, times its atoms
    /// but the first, which is on the axis; atoms of `twice` count twice.
    pub(super) fn depth(&self, twice: &[u32]) -> f64 {
        let mut heaviest = 0;
        // Group, the group before, depth, and the weight of the way up to there.
        let mut open = vec![(self.root, usize::MAX, 0, 0)];
        while let Some((index, parent, depth, before)) = open.pop() {
            let Some(group) = self.groups.get(index) else {
                continue;
            };
            let again = group
                .atoms
                .iter()
                .filter(|atom| twice.contains(atom))
                .count();
            let weight = before + depth * depth * (group.atoms.len() + again).saturating_sub(1);
            heaviest = heaviest.max(weight);
            for exit in &group.exits {
                if exit.group as usize != parent {
                    open.push((exit.group as usize, index, depth + 1, weight));
                }
            }
        }
        heaviest as f64
    }

    /// The rotatable bonds as pairs of atoms.
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

    /// Merges groups of one atom at the ends of the tree into their neighbours: turning them moves nothing. An atom of
    /// `kept` stays, as a pseudo atom will hang on it.
    pub(super) fn merge_ends(&mut self, kept: &[u32]) {
        for index in 0..self.groups.len() {
            let group = &self.groups[index];
            let (&[atom], &[exit], false) =
                (&group.atoms[..], &group.exits[..], index == self.root)
            else {
                continue;
            };
            if kept.contains(&atom) {
                continue;
            }
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
