//! Fused ring systems: which rings share a bond, and which of them are aromatic together.

use super::aromaticity::{Aromaticity, is_aromatic};
use super::rings::Ring;

/// More rings than these are not looked at together.
const MOST_RINGS_TOGETHER: usize = 6;
/// A system of more rings is tried with two of them at most, as there are too many ways to choose more.
const MANY_RINGS: usize = 64;

/// Of more choices of so many rings the rest are not tried: no molecule has so many, but a graph may.
const MOST_CHOICES: usize = 100_000;

/// A choice of rings as it grows.
struct Choice<'a> {
    donors: &'a [Option<u8>],
    size: usize,
    /// How many more choices may be tried.
    left: usize,
    chosen: Vec<usize>,
    barred: Vec<usize>,
}

/// Rings joined by shared bonds, directly or through others of them.
pub(super) struct FusedSystem<'a> {
    rings: Vec<&'a Ring>,
    /// For each ring, the others that share one bond with it.
    touching: Vec<Vec<usize>>,
}

impl<'a> FusedSystem<'a> {
    /// Groups rings; those of more than `largest` atoms stay alone.
    pub(super) fn all(rings: &[&'a Ring], largest: usize) -> Vec<FusedSystem<'a>> {
        let mut system_of: Vec<usize> = (0..rings.len()).collect();
        let mut pairs = Vec::new();
        for a in 0..rings.len() {
            for b in a + 1..rings.len() {
                let small = rings[a].atoms.len() <= largest && rings[b].atoms.len() <= largest;
                if small && share_one_bond(rings[a], rings[b]) {
                    pairs.push((a, b));
                    let (kept, gone) = (system_of[a], system_of[b]);
                    for system in &mut system_of {
                        if *system == gone {
                            *system = kept;
                        }
                    }
                }
            }
        }
        let mut systems = Vec::new();
        for first in 0..rings.len() {
            if system_of[..first].contains(&system_of[first]) {
                continue;
            }
            let members: Vec<usize> = (first..rings.len())
                .filter(|&ring| system_of[ring] == system_of[first])
                .collect();
            systems.push(FusedSystem::of(&members, rings, &pairs));
        }
        systems
    }

    fn of(members: &[usize], rings: &[&'a Ring], pairs: &[(usize, usize)]) -> Self {
        let mut touching = vec![Vec::new(); members.len()];
        for (a, b) in pairs {
            if let (Ok(a), Ok(b)) = (members.binary_search(a), members.binary_search(b)) {
                touching[a].push(b);
                touching[b].push(a);
            }
        }
        FusedSystem {
            rings: members.iter().map(|&ring| rings[ring]).collect(),
            touching,
        }
    }

    /// Marks what is aromatic: single rings first, then more and more together until no bond is left.
    pub(super) fn mark(&self, donors: &[Option<u8>], found: &mut Aromaticity) {
        let most = match self.rings.len() {
            ..=MANY_RINGS => MOST_RINGS_TOGETHER.min(self.rings.len()),
            _ => 2,
        };
        for size in 1..=most {
            let mut choice = Choice {
                donors,
                size,
                left: MOST_CHOICES,
                chosen: Vec::new(),
                barred: Vec::new(),
            };
            for first in 0..self.rings.len() {
                choice.chosen.push(first);
                self.grow(&mut choice, found);
                choice.chosen.pop();
            }
            let all_bonds = self.rings.iter().flat_map(|ring| &ring.bonds);
            if all_bonds
                .into_iter()
                .all(|&bond| found.bonds[bond as usize])
            {
                break;
            }
        }
    }

    /// Tries every connected choice of so many rings that contains those chosen, none lower than their first and none
    /// that is barred. Each choice is met once: a ring is barred after all choices with it.
    fn grow(&self, choice: &mut Choice, found: &mut Aromaticity) {
        if choice.left == 0 {
            return;
        }
        if choice.chosen.len() == choice.size {
            choice.left -= 1;
            return self.try_together(&choice.chosen, choice.donors, found);
        }
        let kept = choice.barred.len();
        for at in 0..choice.chosen.len() {
            for &ring in &self.touching[choice.chosen[at]] {
                let lower = ring < choice.chosen[0];
                if !lower && !choice.chosen.contains(&ring) && !choice.barred.contains(&ring) {
                    choice.chosen.push(ring);
                    self.grow(choice, found);
                    choice.chosen.pop();
                    choice.barred.push(ring);
                }
            }
        }
        choice.barred.truncate(kept);
    }

    /// Marks the outline of the chosen rings where their electrons are 4n + 2.
    fn try_together(&self, chosen: &[usize], donors: &[Option<u8>], found: &mut Aromaticity) {
        let rings = || chosen.iter().map(|&ring| self.rings[ring]);
        let mut electrons = 0;
        for (at, ring) in rings().enumerate() {
            for atom in &ring.atoms {
                let earlier = rings().take(at).any(|other| other.atoms.contains(atom));
                // An atom inside of the system, in three or more rings, gives its electrons to none of them.
                let inside = chosen.len() > 2
                    && rings().filter(|other| other.atoms.contains(atom)).count() > 2;
                if !earlier && !inside {
                    electrons += u32::from(donors[*atom as usize].unwrap_or(0));
                }
            }
        }
        if !is_aromatic(electrons) {
            return;
        }
        for ring in rings() {
            for (at, bond) in ring.bonds.iter().enumerate() {
                let outline = rings().filter(|other| other.bonds.contains(bond)).count() == 1;
                if outline {
                    found.bonds[*bond as usize] = true;
                    found.atoms[ring.atoms[at] as usize] = true;
                    found.atoms[ring.atoms[(at + 1) % ring.atoms.len()] as usize] = true;
                }
            }
        }
    }
}

/// Whether the rings share one bond. Rings that share two or more (a pyrrole and the macrocycle of a porphyrin) lie
/// side by side in no plane and are not taken together.
fn share_one_bond(a: &Ring, b: &Ring) -> bool {
    a.bonds.iter().filter(|bond| b.bonds.contains(bond)).count() == 1
}
