//! The smallest rings of a molecule: all that no smaller rings add up to, which is RDKit's symmetrised set.
//!
//! Candidates are found as by P. Vismara, Electron. J. Combin. 4 (1997) R9: every relevant ring consists of two
//! shortest paths from its highest-ranked atom, joined by one bond or one atom.

use super::candidate_rings::relevant_rings;
use super::connections::Connections;
use super::ring_systems::{RingSystem, ring_systems};
use crate::molecule::refusal::Refusal;

/// Rings, and which bonds and atoms lie in them.
#[derive(Clone, Debug, Default)]
pub struct Rings {
    /// The rings, smaller ones of a ring system first.
    pub rings: Vec<Ring>,
    /// Whether each bond lies in a ring.
    pub bond_in_ring: Vec<bool>,
    /// Number of rings that each atom is in.
    pub rings_of_atom: Vec<u32>,
}

/// One ring: atom `i` is bonded to atom `i + 1` by bond `i`, the last to the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// Atom indices in their order around the ring.
    pub atoms: Vec<u32>,
    /// Bond indices in the same order.
    pub bonds: Vec<u32>,
}

impl Rings {
    /// Finds the smallest rings.
    ///
    /// # Errors
    /// [`Refusal::Rings`] where there are too many to look for.
    pub fn of(connections: &Connections, bonds: usize) -> Result<Rings, Refusal> {
        let mut found = Rings {
            rings: Vec::new(),
            bond_in_ring: vec![false; bonds],
            rings_of_atom: vec![0; connections.atoms()],
        };
        for system in ring_systems(connections, bonds) {
            for &bond in &system.bonds {
                found.bond_in_ring[bond as usize] = true;
            }
            if system.ring_count() == 1 {
                let ring = single_ring(&system, connections, &found.bond_in_ring);
                found.rings.push(ring);
            } else {
                let rings = relevant_rings(&system, connections);
                let rings = rings.ok_or(Refusal::Rings(system.ring_count()))?;
                found.rings.extend(rings);
            }
        }
        for ring in &found.rings {
            for &atom in &ring.atoms {
                found.rings_of_atom[atom as usize] += 1;
            }
        }
        Ok(found)
    }
}

/// Walks around a ring system that is one ring.
fn single_ring(system: &RingSystem, connections: &Connections, in_ring: &[bool]) -> Ring {
    let mut ring = Ring::default();
    let (mut atom, mut came_by) = (system.atoms[0], u32::MAX);
    for _ in 0..system.atoms.len() {
        ring.atoms.push(atom);
        let mut links = connections.around(atom as usize).iter();
        let onward = links.find(|link| link.bond != came_by && in_ring[link.bond as usize]);
        if let Some(link) = onward {
            ring.bonds.push(link.bond);
            (atom, came_by) = (link.atom, link.bond);
        }
    }
    ring
}
