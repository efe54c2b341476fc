//! Ring systems: what stays connected whichever single bond is cut.

use super::connections::Connections;

/// Atoms and bonds of one ring system: rings that share bonds or atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct RingSystem {
    /// Atom indices, ascending by the search that found them.
    pub(super) atoms: Vec<u32>,
    /// Bond indices.
    pub(super) bonds: Vec<u32>,
}

impl RingSystem {
    /// Number of independent rings.
    pub(super) fn ring_count(&self) -> usize {
        self.bonds.len() + 1 - self.atoms.len()
    }
}

/// All ring systems, in the order of their lowest atoms.
pub(super) fn ring_systems(connections: &Connections, bonds: usize) -> Vec<RingSystem> {
    let in_ring = Search::new(connections, bonds).ring_bonds();
    let mut seen = vec![false; connections.atoms()];
    let mut systems = Vec::new();
    for start in 0..connections.atoms() {
        let is_member = |atom: usize| {
            let mut links = connections.around(atom).iter();
            links.any(|link| in_ring[link.bond as usize])
        };
        if !seen[start] && is_member(start) {
            systems.push(system_around(start, connections, &in_ring, &mut seen));
        }
    }
    systems
}

/// Gathers what can be reached over ring bonds.
fn system_around(
    start: usize,
    connections: &Connections,
    in_ring: &[bool],
    seen: &mut [bool],
) -> RingSystem {
    let mut system = RingSystem::default();
    system.atoms.push(start as u32);
    seen[start] = true;
    let mut next = 0;
    while let Some(&atom) = system.atoms.get(next) {
        next += 1;
        for link in connections.around(atom as usize) {
            if !in_ring[link.bond as usize] {
                continue;
            }
            // Each bond is met from both its ends and taken from the lower one.
            if atom < link.atom {
                system.bonds.push(link.bond);
            }
            if !std::mem::replace(&mut seen[link.atom as usize], true) {
                system.atoms.push(link.atom);
            }
        }
    }
    system
}

/// Depth-first search for bridges (R. Tarjan, 1974), with a stack of its own: chains can be long.
struct Search<'a> {
    connections: &'a Connections,
    /// When each atom was met, from 1; 0 before.
    met: Vec<u32>,
    /// The earliest atom that can be reached from below without the bond that led there.
    low: Vec<u32>,
    in_ring: Vec<bool>,
    /// Atom, the bond that led to it, and the next of its neighbours.
    stack: Vec<(u32, u32, u32)>,
    clock: u32,
}

impl<'a> Search<'a> {
    fn new(connections: &'a Connections, bonds: usize) -> Self {
        Search {
            connections,
            met: vec![0; connections.atoms()],
            low: vec![0; connections.atoms()],
            in_ring: vec![true; bonds],
            stack: Vec::with_capacity(connections.atoms()),
            clock: 0,
        }
    }

    fn ring_bonds(mut self) -> Vec<bool> {
        for start in 0..self.connections.atoms() {
            if self.met[start] == 0 {
                self.enter(start as u32, u32::MAX);
                self.run();
            }
        }
        self.in_ring
    }

    fn enter(&mut self, atom: u32, by: u32) {
        self.clock += 1;
        self.met[atom as usize] = self.clock;
        self.low[atom as usize] = self.clock;
        self.stack.push((atom, by, 0));
    }

    fn run(&mut self) {
        while let Some(top) = self.stack.last_mut() {
            let (atom, by, next) = *top;
            top.2 += 1;
            match self.connections.around(atom as usize).get(next as usize) {
                Some(link) if link.bond == by => {}
                Some(link) if self.met[link.atom as usize] == 0 => self.enter(link.atom, link.bond),
                Some(link) => self.lower(atom, self.met[link.atom as usize]),
                None => self.leave(atom, by),
            }
        }
    }

    fn lower(&mut self, atom: u32, to: u32) {
        let low = &mut self.low[atom as usize];
        *low = to.min(*low);
    }

    fn leave(&mut self, atom: u32, by: u32) {
        self.stack.pop();
        let low = self.low[atom as usize];
        if let Some(&(above, ..)) = self.stack.last() {
            if low == self.met[atom as usize] {
                self.in_ring[by as usize] = false;
            }
            self.lower(above, low);
        }
    }
}
