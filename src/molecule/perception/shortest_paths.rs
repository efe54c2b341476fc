//! Shortest paths within a ring system, and the rings that two of them close.

use super::connections::{Connections, Link};
use super::ring_systems::RingSystem;
use super::rings::Ring;

/// Of more equally short paths than these between two atoms the rest are left out.
const MOST_PATHS: usize = 16;

/// Breadth-first search from one atom of a ring system after another.
pub(super) struct PathSearch<'a> {
    system: &'a RingSystem,
    /// Neighbours within the system, those of one atom together: local atom indices, with bonds of the molecule.
    links: Vec<Link>,
    /// Where the neighbours of each atom begin; one more entry than atoms.
    starts: Vec<u32>,
    /// Number of bonds to the root; `u32::MAX` where it was not reached.
    distance: Vec<u32>,
    root: u32,
    /// Atoms in the order in which they were reached; the root first.
    reached: Vec<u32>,
}

impl<'a> PathSearch<'a> {
    pub(super) fn new(system: &'a RingSystem, connections: &Connections, bonds: &[u32]) -> Self {
        let atoms = system.atoms.len();
        let mut local = vec![u32::MAX; connections.atoms()];
        for (index, &atom) in system.atoms.iter().enumerate() {
            local[atom as usize] = index as u32;
        }
        let mut links = Vec::with_capacity(2 * bonds.len());
        let mut starts = Vec::with_capacity(atoms + 1);
        starts.push(0);
        for &atom in &system.atoms {
            let around = connections.around(atom as usize).iter();
            let inside = around.filter(|link| bonds.binary_search(&link.bond).is_ok());
            links.extend(inside.map(|link| Link {
                atom: local[link.atom as usize],
                bond: link.bond,
            }));
            starts.push(links.len() as u32);
        }
        PathSearch {
            system,
            links,
            starts,
            distance: vec![u32::MAX; atoms],
            root: 0,
            reached: Vec::with_capacity(atoms),
        }
    }

    fn around(&self, local: u32) -> &[Link] {
        let local = local as usize;
        &self.links[self.starts[local] as usize..self.starts[local + 1] as usize]
    }

    /// Atoms with more neighbours rank higher, and of those with as many the later.
    fn rank(&self, atom: u32) -> (usize, u32) {
        (self.around(atom).len(), atom)
    }

    /// Whether the atom at this place of the system has more than two bonds in it.
    pub(super) fn is_branched(&self, local: u32) -> bool {
        self.around(local).len() > 2
    }

    /// Finds shortest paths from `root` over atoms of lower rank, up to `reach` bonds long.
    pub(super) fn spread(&mut self, root: u32, reach: u32) {
        self.root = root;
        self.distance.fill(u32::MAX);
        self.reached.clear();
        self.reached.push(root);
        self.distance[root as usize] = 0;
        let mut next = 0;
        while let Some(&atom) = self.reached.get(next) {
            next += 1;
            if self.distance[atom as usize] == reach {
                break;
            }
            for at in 0..self.around(atom).len() {
                let link = self.around(atom)[at];
                let unseen = self.distance[link.atom as usize] == u32::MAX;
                if unseen && self.rank(link.atom) < self.rank(root) {
                    self.distance[link.atom as usize] = self.distance[atom as usize] + 1;
                    self.reached.push(link.atom);
                }
            }
        }
    }

    /// Adds the rings that two paths close: by a bond between atoms equally far, or by an atom one bond further.
    /// Ends where there are `most` rings.
    pub(super) fn close(&self, rings: &mut Vec<Ring>, most: usize) {
        for &atom in &self.reached[1..] {
            if rings.len() >= most {
                return;
            }
            let far = self.distance[atom as usize];
            let links = self.around(atom);
            for (at, link) in links.iter().enumerate() {
                let distance = self.distance[link.atom as usize];
                if distance == far && link.atom > atom {
                    self.join(atom, *link, None, rings);
                }
                if distance.checked_add(1) == Some(far) {
                    for other in &links[at + 1..] {
                        if self.distance[other.atom as usize] == distance {
                            let between = Link {
                                atom,
                                bond: link.bond,
                            };
                            self.join(link.atom, *other, Some(between), rings);
                        }
                    }
                }
            }
        }
    }

    /// Adds every ring of a shortest path to `left` and one to `right.atom`, closed by the bond of `right`, with an
    /// atom and a bond between where one is given. Paths that share more than the root close none.
    fn join(&self, left: u32, right: Link, between: Option<Link>, rings: &mut Vec<Ring>) {
        let right_paths = self.paths(right.atom);
        for left_path in self.paths(left) {
            for right_path in &right_paths {
                let shared = left_path.iter().zip(right_path).any(|(a, b)| a.0 == b.0);
                if !shared {
                    rings.push(self.ring(&left_path, right_path, right.bond, between));
                }
            }
        }
    }

    /// The shortest paths from `atom` down to the root, which is left out: atoms, each with the bond to the next.
    fn paths(&self, atom: u32) -> Vec<Vec<(u32, u32)>> {
        let mut done = Vec::new();
        let mut open = vec![(
            atom,
            Vec::with_capacity(self.distance[atom as usize] as usize),
        )];
        while let Some((atom, path)) = open.pop() {
            let distance = self.distance[atom as usize];
            if distance == 0 {
                done.push(path);
                continue;
            }
            let links = self.around(atom).iter();
            let nearer = links.filter(|link| self.distance[link.atom as usize] == distance - 1);
            for link in nearer.take(MOST_PATHS.saturating_sub(done.len() + open.len())) {
                let mut longer = path.clone();
                longer.push((atom, link.bond));
                open.push((link.atom, longer));
            }
        }
        done
    }

    /// Puts a ring together from two paths down to the root.
    fn ring(
        &self,
        left: &[(u32, u32)],
        right: &[(u32, u32)],
        closing: u32,
        between: Option<Link>,
    ) -> Ring {
        let mut ring = Ring::default();
        let name = |local: u32| self.system.atoms[local as usize];
        for &(atom, bond) in left {
            ring.atoms.push(name(atom));
            ring.bonds.push(bond);
        }
        ring.atoms.push(self.system.atoms[self.root as usize]);
        for &(atom, bond) in right.iter().rev() {
            ring.bonds.push(bond);
            ring.atoms.push(name(atom));
        }
        ring.bonds.push(closing);
        if let Some(link) = between {
            ring.atoms.push(name(link.atom));
            ring.bonds.push(link.bond);
        }
        ring
    }
}
