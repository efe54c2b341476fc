//! Aromatic atoms and bonds: rings and fused ring systems with 4n + 2 electrons, by RDKit's model.

use super::Drawn;
use super::donors::donors;
use super::fused::FusedSystem;
use super::rings::Ring;
use crate::molecule::graph::Element;

/// Rings of more atoms are aromatic by themselves at most, never as parts of a fused system.
const LARGEST_FUSED_RING: usize = 24;
/// From this size on oxygen and sulphur with two single bonds give a ring nothing.
const MACROCYCLE: usize = 9;

/// Which atoms and bonds are aromatic.
#[derive(Clone, Debug, Default)]
pub struct Aromaticity {
    /// For each atom.
    pub atoms: Vec<bool>,
    /// For each bond.
    pub bonds: Vec<bool>,
}

impl Aromaticity {
    pub(super) fn of(drawn: &Drawn) -> Aromaticity {
        let mut found = Aromaticity {
            atoms: vec![false; drawn.graph.atoms.len()],
            bonds: vec![false; drawn.graph.bonds.len()],
        };
        let donors = donors(drawn);
        let mut candidates = Vec::new();
        for ring in &drawn.rings.rings {
            if all_give(ring, &donors, drawn) {
                candidates.push(ring);
            }
        }
        for system in FusedSystem::all(&candidates, LARGEST_FUSED_RING) {
            system.mark(&donors, &mut found);
        }
        found
    }
}

/// Whether every atom of the ring can be in an aromatic ring of its size.
fn all_give(ring: &Ring, donors: &[Option<u8>], drawn: &Drawn) -> bool {
    let large = ring.atoms.len() >= MACROCYCLE;
    for &atom in &ring.atoms {
        let atom = atom as usize;
        if donors[atom].is_none() || large && is_ether(drawn, atom) {
            return false;
        }
    }
    true
}

/// Whether this is an uncharged oxygen or sulphur with two single bonds.
fn is_ether(drawn: &Drawn, atom: usize) -> bool {
    let element = drawn.graph.atoms[atom].element;
    let shell = drawn.drawing.shells[atom];
    let chalcogen = element == Element::O || element == Element::S;
    chalcogen && shell.charge == 0 && shell.degree == 2 && shell.valence == 2
}

/// Hueckel's rule for this number of electrons.
pub(super) fn is_aromatic(electrons: u32) -> bool {
    electrons == 2 || electrons >= 6 && electrons % 4 == 2
}
