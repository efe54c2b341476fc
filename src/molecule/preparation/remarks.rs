//! REMARK records that lead from a docked pose back to the molecule with its bonds, as Meeko writes them.

use super::columns::push_whole;
use super::text::Written;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use crate::molecule::smiles::Smiles;

/// Lines are shorter than this, but for the SMILES itself.
const LONGEST_LINE: usize = 79;

/// The records: SMILES, pairs of its atoms and serial numbers, and pairs of heavy atoms and their hydrogens' numbers.
pub(super) fn remarks(graph: &Graph, perception: &Perception, written: &Written) -> String {
    let smiles = Smiles::of(graph, perception);
    let mut place = vec![0; graph.atoms.len()];
    for (index, &atom) in smiles.atoms.iter().enumerate() {
        place[atom as usize] = index as u32 + 1;
    }
    let mut heavy = Pairs::new("REMARK SMILES IDX", written.order.len());
    let mut hydrogens = Pairs::new("REMARK H PARENT", written.order.len());
    for (index, &atom) in written.order.iter().enumerate() {
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
    let parts = [
        "REMARK SMILES ",
        &smiles.text,
        "\n",
        &heavy.text,
        "\n",
        &hydrogens.text,
        "\n",
    ];
    parts.concat()
}

/// Pairs of numbers in lines that begin with the same words.
struct Pairs {
    words: &'static str,
    text: String,
    line: usize,
}

impl Pairs {
    fn new(words: &'static str, pairs: usize) -> Self {
        let mut text = String::with_capacity(words.len() + 8 * pairs);
        text.push_str(words);
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
            self.text.push('\n');
            self.text.push_str(self.words);
            self.line = self.words.len();
        }
        self.line += more;
        for number in [first, second] {
            self.text.push(' ');
            push_whole(&mut self.text, number, 1);
        }
    }
}
