//! Candidates for the smallest rings of one ring system, and the choice among them.

use super::connections::Connections;
use super::ring_systems::RingSystem;
use super::rings::Ring;
use super::shortest_paths::PathSearch;

/// Lengths of paths that are tried one after another: most molecules have small rings alone.
const REACHES: [u32; 3] = [4, 16, u32::MAX];
/// Ring systems with more independent rings than these, or with more candidates, are not searched.
const MOST_RINGS: usize = 500;
const MOST_CANDIDATES: usize = 50_000;

/// The rings of a ring system that are not sums of smaller rings; nothing where there are too many.
pub(super) fn relevant_rings(system: &RingSystem, connections: &Connections) -> Option<Vec<Ring>> {
    let count = system.ring_count();
    if count > MOST_RINGS {
        return None;
    }
    let mut bonds = system.bonds.clone();
    bonds.sort_unstable();
    let mut search = PathSearch::new(system, connections, &bonds);
    for reach in REACHES {
        let candidates = candidates(&mut search, system.atoms.len() as u32, reach)?;
        let (relevant, independent) = choose(candidates, &bonds, count);
        if independent == count {
            return Some(relevant);
        }
    }
    None
}

/// Two shortest paths from each branched atom that meet in a bond or an atom, shortest rings first; nothing where
/// there are too many.
fn candidates(search: &mut PathSearch, atoms: u32, reach: u32) -> Option<Vec<Ring>> {
    let mut rings = Vec::new();
    for root in 0..atoms {
        // Every ring of a system of several passes an atom with three ring bonds, which outranks those with two.
        if search.is_branched(root) {
            search.spread(root, reach);
            search.close(&mut rings, MOST_CANDIDATES);
        }
    }
    rings.sort_by_key(|ring: &Ring| ring.bonds.len());
    (rings.len() < MOST_CANDIDATES).then_some(rings)
}

/// The rings that are not sums of smaller rings, up to the size at which `count` of them are independent, and how
/// many are independent. `bonds` are those of the system, ascending.
fn choose(rings: Vec<Ring>, bonds: &[u32], count: usize) -> (Vec<Ring>, usize) {
    let words = bonds.len().div_ceil(64);
    let mut smaller = Basis::new(words);
    let mut equal = Basis::new(words);
    let mut relevant = Vec::new();
    let mut size = 0;
    for ring in rings {
        if ring.bonds.len() > size {
            if equal.rows.len() == count {
                break;
            }
            size = ring.bonds.len();
            smaller = equal.clone();
        }
        let mut bits = vec![0u64; words];
        for bond in &ring.bonds {
            let place = bonds.partition_point(|other| other < bond);
            bits[place / 64] |= 1 << (place % 64);
        }
        if smaller.reduce(bits.clone()).is_some() {
            relevant.push(ring);
            equal.add(bits);
        }
    }
    (relevant, equal.rows.len())
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
