//! REMARK records that lead from a docked pose back to the molecule with its bonds, as Meeko writes them.

use super::columns::push_whole;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use crate::molecule::smiles::Smiles;

/// Lines are shorter than this, but for the SMILES itself.
const LONGEST_LINE: usize = 79;

/// The records: SMILES, pairs of its atoms and serial numbers, and pairs of heavy atoms and their hydrogens' numbers.
pub(super) fn remarks(graph: &Graph, perception: &Perception, order: &[u32]) -> Vec<u8> {
    let smiles = Smiles::of(graph, perception);
    let mut place = vec![0; graph.atoms.len()];
    for (index, &atom) in smiles.atoms.iter().enumerate() {
        place[atom as usize] = index as u32 + 1;
    }
    let mut heavy = Pairs::new(b"REMARK SMILES IDX", order.len());
    let mut hydrogens = Pairs::new(b"REMARK H PARENT", order.len());
    for (index, &atom) in order.iter().enumerate() {
        let serial = index as u32 + 1;
        // Pseudo atoms at the ends of broken bonds are past the atoms of the molecule.
        let Some(&own) = place.get(atom as usize) else {
            continue;
        };
        if own > 0 {
            heavy.push(own, serial);
        } else if let Some(link) = perception.connections.around(atom as usize).first() {
            hydrogens.push(place[link.atom as usize], serial);
        }
    }
    let smiles = smiles.text.as_bytes();
    let lines = [
        b"REMARK SMILES ",
        smiles,
        b"\n",
        &heavy.text,
        b"\n",
        &hydrogens.text,
        b"\n",
    ];
    lines.concat()
}

/// Pairs of numbers in lines that begin with the same words.
struct Pairs {
    words: &'static [u8],
    text: Vec<u8>,
    line: usize,
}

impl Pairs {
    fn new(words: &'static [u8], pairs: usize) -> Self {
        let mut text = Vec::with_capacity(words.len() + 8 * pairs);
        text.extend_from_slice(words);
        Pairs {
            words,
            text,
            line: words.len(),
        }
    }

    fn push(&mut self, first: u32, second: u32) {
        let digits = |number: u32| number.checked_ilog10().unwrap_or(0) as usize + 1;
        let more = digits(first) + digits(second) + 2;
        if self.line + more >= LONGEST_LINE {
            self.text.push(b'\n');
            self.text.extend_from_slice(self.words);
            self.line = self.words.len();
        }
        self.line += more;
        for number in [first, second] {
            self.text.push(b' ');
            push_whole(&mut self.text, number, 1);
        }
    }
}
