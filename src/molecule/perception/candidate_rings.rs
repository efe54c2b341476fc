//! Candidates for the smallest rings of one ring system, and the choice among them.

use super::connections::Connections;
use super::ring_systems::RingSystem;
use super::rings::Ring;
use super::shortest_paths::PathSearch;

/// Rings of a ring system that may be relevant, shortest first.
pub(super) struct Candidates {
    rings: Vec<Ring>,
    /// Index of each bond of the molecule within the system, for those that are in it.
    places: Vec<(u32, u32)>,
}

impl Candidates {
    /// Two shortest paths from each branched atom that meet in a bond or an atom, over atoms of lower rank.
    pub(super) fn of(system: &RingSystem, connections: &Connections) -> Candidates {
        let mut places: Vec<(u32, u32)> = system.bonds.iter().map(|&bond| (bond, 0)).collect();
        places.sort_unstable();
        for (place, entry) in places.iter_mut().enumerate() {
            entry.1 = place as u32;
        }
        let mut search = PathSearch::new(system, connections, &places);
        let mut rings = Vec::new();
        for local in 0..system.atoms.len() as u32 {
            // Every ring of a system of several passes an atom with three ring bonds, which outranks those with two.
            if search.is_branched(local) {
                search.spread(local);
                search.close(&mut rings);
            }
        }
        rings.sort_by_key(|ring: &Ring| ring.bonds.len());
        Candidates { rings, places }
    }

    /// The rings that are not sums of smaller rings, where `count` rings are independent.
    pub(super) fn relevant(self, count: usize) -> Vec<Ring> {
        let words = self.places.len().div_ceil(64);
        let mut smaller = Basis::new(words);
        let mut equal = Basis::new(words);
        let mut relevant = Vec::new();
        let mut size = 0;
        for ring in self.rings {
            if ring.bonds.len() > size {
                if equal.rows.len() == count {
                    break;
                }
                size = ring.bonds.len();
                smaller = equal.clone();
            }
            let mut bits = vec![0u64; words];
            for bond in &ring.bonds {
                let place = self.places.partition_point(|(other, _)| other < bond);
                bits[place / 64] |= 1 << (place % 64);
            }
            if smaller.reduce(bits.clone()).is_some() {
                relevant.push(ring);
                equal.add(bits);
            }
        }
        relevant
    }
}

/// Independent sums of rings over the field of two elements, each with the bond that it alone begins with.
#[derive(Clone)]
struct Basis {
    rows: Vec<(usize, Vec<u64>)>,
    words: usize,
}

impl Basis {
    fn new(words: usize) -> Self {
        let rows = Vec::new();
        Basis { rows, words }
    }

    /// What is left of `bits` after all rows that it contains are taken out, with its first bond; nothing if none.
    fn reduce(&self, mut bits: Vec<u64>) -> Option<(usize, Vec<u64>)> {
        for (first, row) in &self.rows {
            if bits[first / 64] >> (first % 64) & 1 == 1 {
                for word in 0..self.words {
                    bits[word] ^= row[word];
                }
            }
        }
        let word = bits.iter().position(|&word| word != 0)?;
        Some((64 * word + bits[word].trailing_zeros() as usize, bits))
    }

    fn add(&mut self, bits: Vec<u64>) {
        self.rows.extend(self.reduce(bits));
    }
}
