//! Rigid groups of atoms and the rotatable bonds between them, in the order in which Meeko finds them.

use crate::molecule::perception::Connections;
use std::collections::VecDeque;

/// Atoms that move together, and the rotatable bonds that lead away from them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Atom indices, in the order in which they were found.
    pub atoms: Vec<u32>,
    /// Bonds to other groups: the one that led here first, then those met on the way.
    pub exits: Vec<Exit>,
}

/// A rotatable bond from an atom of one group to an atom of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The group that it leads to.
    pub group: u32,
    /// The atom on this side.
    pub from: u32,
    /// The atom on the other side.
    pub to: u32,
}

/// Divides the atoms into groups, beginning with the lowest; groups are numbered depth first.
///
/// Only atoms for which `written` says so take part; `rotatable` and `cut` say which bonds turn and which are broken.
/// What cannot be reached from the lowest atom is in no group.
pub(super) struct Division<'a> {
    pub(super) connections: &'a Connections,
    pub(super) written: &'a dyn Fn(usize) -> bool,
    pub(super) rotatable: &'a [bool],
    pub(super) cut: &'a [u32],
}

/// A group whose exits are still being followed.
struct Open {
    group: u32,
    sprouts: VecDeque<(u32, u32)>,
}

impl Division<'_> {
    pub(super) fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut seen = vec![false; self.connections.atoms()];
        let Some(start) = (0..seen.len()).find(|&atom| (self.written)(atom)) else {
            return groups;
        };
        let mut open = vec![self.grow(start as u32, &mut seen, &mut groups)];
        while let Some(top) = open.last_mut() {
            let Some((from, to)) = top.sprouts.pop_front() else {
                open.pop();
                continue;
            };
            // A ring that was cut can be entered from both its ends.
            if seen[to as usize] {
                continue;
            }
            let parent = top.group;
            let group = groups.len() as u32;
            let next = self.grow(to, &mut seen, &mut groups);
            groups[parent as usize].exits.push(Exit { group, from, to });
            let back = Exit {
                group: parent,
                from: to,
                to: from,
            };
            groups[group as usize].exits.push(back);
            open.push(next);
        }
        groups
    }

    /// Adds the group of an atom: what can be reached over bonds that do not turn, breadth first.
    fn grow(&self, start: u32, seen: &mut [bool], groups: &mut Vec<Group>) -> Open {
        let mut atoms = vec![start];
        let mut sprouts = VecDeque::new();
        seen[start as usize] = true;
        let mut next = 0;
        while let Some(&atom) = atoms.get(next) {
            next += 1;
            for link in self.connections.around(atom as usize) {
                let other = link.atom as usize;
                if seen[other] || !(self.written)(other) || self.cut.contains(&link.bond) {
                    continue;
                }
                if self.rotatable[link.bond as usize] {
                    sprouts.push_back((atom, link.atom));
                } else {
                    seen[other] = true;
                    atoms.push(link.atom);
                }
            }
        }
        let group = groups.len() as u32;
        groups.push(Group {
            atoms,
            exits: Vec::new(),
        });
        Open { group, sprouts }
    }
}
