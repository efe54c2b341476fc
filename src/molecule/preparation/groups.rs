//! Rigid groups of atoms and the rotatable bonds between them, in the order in which Meeko finds them.

use crate::molecule::perception::Connections;
use std::ops::Range;

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
    /// Which of the sprouts are still its own to follow.
    sprouts: Range<usize>,
}

/// The groups as they grow.
#[derive(Default)]
struct Growth {
    groups: Vec<Group>,
    seen: Vec<bool>,
    /// Bonds that turn, those of one group together: an atom of the group, and the atom beyond.
    sprouts: Vec<(u32, u32)>,
}

impl Division<'_> {
    pub(super) fn groups(&self) -> Vec<Group> {
        let atoms = self.connections.atoms();
        let mut growth = Growth {
            seen: vec![false; atoms],
            ..Growth::default()
        };
        let Some(start) = (0..atoms).find(|&atom| (self.written)(atom)) else {
            return growth.groups;
        };
        let mut open = vec![self.grow(start as u32, &mut growth)];
        while let Some(top) = open.last_mut() {
            let Some(sprout) = top.sprouts.next() else {
                open.pop();
                continue;
            };
            let (from, to) = growth.sprouts[sprout];
            // A ring that was cut can be entered from both its ends.
            if growth.seen[to as usize] {
                continue;
            }
            let parent = top.group;
            let next = self.grow(to, &mut growth);
            growth.join([parent, next.group], [from, to]);
            open.push(next);
        }
        growth.groups
    }

    /// Adds the group of an atom: what can be reached over bonds that do not turn, breadth first.
    fn grow(&self, start: u32, growth: &mut Growth) -> Open {
        let mut atoms = vec![start];
        let first = growth.sprouts.len();
        growth.seen[start as usize] = true;
        let mut next = 0;
        while let Some(&atom) = atoms.get(next) {
            next += 1;
            for link in self.connections.around(atom as usize) {
                let other = link.atom as usize;
                if growth.seen[other] || !(self.written)(other) || self.cut.contains(&link.bond) {
                    continue;
                }
                if self.rotatable[link.bond as usize] {
                    growth.sprouts.push((atom, link.atom));
                } else {
                    growth.seen[other] = true;
                    atoms.push(link.atom);
                }
            }
        }
        let group = growth.groups.len() as u32;
        growth.groups.push(Group {
            atoms,
            exits: Vec::new(),
        });
        Open {
            group,
            sprouts: first..growth.sprouts.len(),
        }
    }
}

impl Growth {
    /// Makes the bond between these atoms an exit of both their groups.
    fn join(&mut self, groups: [u32; 2], atoms: [u32; 2]) {
        for (this, other) in [(0, 1), (1, 0)] {
            self.groups[groups[this] as usize].exits.push(Exit {
                group: groups[other],
                from: atoms[this],
                to: atoms[other],
            });
        }
    }
}
