//! A molecule while its record is being read, and its completion.

use super::atom_line::AtomLine;
use super::section::Section;
use super::{Lines, charges, oxygen_groups};
use crate::Result;
use crate::molecule::graph::{
    Bond, Flaw, Graph, Order, Unsaid, check_valences, kekulize, separate_charges,
};
use std::collections::HashMap;

/// A name that programs write where they know none.
const NAMELESS: &str = "*****";

/// What the record has said so far.
#[derive(Default)]
pub(super) struct Draft {
    graph: Graph,
    /// SYBYL type of each atom.
    kinds: Vec<String>,
    /// Line of each atom.
    lines: Vec<usize>,
    /// Index of the atom with this number.
    numbers: HashMap<usize, usize>,
    /// Lines of the MOLECULE section so far.
    header: usize,
    /// Numbers of atoms and bonds that the counts say.
    counts: (usize, usize),
    /// Entries of the BOND section that say that two atoms are not connected.
    unconnected: usize,
    /// The atom that attributes are being read of, and whether any formal charge was said.
    attributes_of: Option<usize>,
    says_charges: bool,
}

impl Draft {
    /// Takes in a line of the MOLECULE section: the name, then the counts.
    pub(super) fn header(&mut self, line: &str, lines: &Lines) -> Result<()> {
        self.header += 1;
        let line = line.trim();
        if self.header == 1 && line != NAMELESS {
            self.graph.name = line.to_string();
        } else if self.header == 2 {
            let counts = line.split_whitespace().map(|word| word.parse().ok());
            let counts: Option<Vec<usize>> = counts.take(2).collect();
            self.counts = match counts.as_deref() {
                Some([0, ..]) => return Err(lines.wrong("the record has no atoms")),
                Some([atoms, bonds]) => (*atoms, *bonds),
                Some([atoms]) => (*atoms, 0),
                _ => {
                    let what =
                        "expected the numbers of atoms and bonds, the second line of MOLECULE";
                    return Err(lines.wrong(format!("`{line}`: {what}")));
                }
            };
        }
        Ok(())
    }

    /// Takes in a line of another section.
    pub(super) fn line(&mut self, section: Section, line: &str, lines: &Lines) -> Result<()> {
        match section {
            Section::Atom => self.atom(line, lines),
            Section::Bond => self.bond(line, lines),
            Section::AtomAttributes => self.attribute(line, lines),
            Section::None | Section::Molecule | Section::Other => Ok(()),
        }
    }

    fn atom(&mut self, line: &str, lines: &Lines) -> Result<()> {
        let read = AtomLine::read(line, lines)?;
        let index = self.graph.atoms.len();
        if self.numbers.insert(read.number, index).is_some() {
            return Err(lines.wrong(format!("atom number {} comes twice", read.number)));
        }
        self.graph.atoms.push(read.atom);
        self.kinds.push(read.kind.to_string());
        self.lines.push(lines.number());
        Ok(())
    }

    fn bond(&mut self, line: &str, lines: &Lines) -> Result<()> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, a, b, kind, ..] = words[..] else {
            let what = "is no bond: expected its number, two atom numbers and a type";
            return Err(lines.wrong(format!("`{}` {what}", line.trim_end())));
        };
        let (a, b) = (self.index(a, lines)?, self.index(b, lines)?);
        if a == b {
            return Err(lines.wrong("an atom is bonded to itself"));
        }
        let order = match kind {
            "1" | "am" => Order::Single,
            "2" => Order::Double,
            "3" => Order::Triple,
            "ar" => Order::Aromatic,
            // Not connected.
            "nc" => {
                self.unconnected += 1;
                return Ok(());
            }
            _ => {
                let what = "says no order: give the bond type 1, 2, 3, am or ar";
                return Err(lines.wrong(format!("bond type `{kind}` {what}")));
            }
        };
        self.graph.bonds.push(Bond { a, b, order });
        Ok(())
    }

    /// The line that names an atom and its number of attributes, or one of these attributes.
    fn attribute(&mut self, line: &str, lines: &Lines) -> Result<()> {
        let mut words = line.split_whitespace();
        let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        if first.parse::<usize>().is_ok() {
            self.attributes_of = Some(self.index(first, lines)?);
        } else if let ("charge", Some(atom)) = (first, self.attributes_of) {
            let charge = second.parse::<i8>();
            let wrong = |_| lines.wrong(format!("formal charge `{second}` is no whole number"));
            self.graph.atoms[atom].charge = charge.map_err(wrong)?;
            self.says_charges = true;
        }
        Ok(())
    }

    fn index(&self, word: &str, lines: &Lines) -> Result<usize> {
        let known = word.parse().ok().and_then(|n: usize| self.numbers.get(&n));
        known.copied().ok_or_else(|| {
            let count = self.graph.atoms.len();
            lines.wrong(format!("names atom `{word}`, the record has {count}"))
        })
    }

    /// Completes the molecule: charges, bond orders, implied hydrogens; refuses impossible valences.
    pub(super) fn finish(mut self, lines: &Lines) -> Result<Graph> {
        self.check_counts(lines)?;
        let at = |flaw: Flaw| lines.wrong_at(self.lines[flaw.atom], flaw.what);
        let graph = &mut self.graph;
        graph.check_size().map_err(at)?;
        if !self.says_charges {
            oxygen_groups::settle(graph);
        }
        let unsaid = match self.says_charges {
            true => Unsaid::Nothing,
            false => Unsaid::Charges,
        };
        kekulize(graph, unsaid).map_err(at)?;
        separate_charges(graph);
        if !self.says_charges {
            charges::assign(graph, &self.kinds);
        }
        charges::imply_hydrogens(graph);
        check_valences(graph).map_err(at)?;
        self.graph.coordinates = self.graph.guess_coordinates(self.graph.lists_hydrogens());
        Ok(self.graph)
    }

    fn check_counts(&self, lines: &Lines) -> Result<()> {
        let (atoms, bonds) = self.counts;
        let got = (
            self.graph.atoms.len(),
            self.graph.bonds.len() + self.unconnected,
        );
        if got.0 == 0 {
            return Err(lines.wrong("the record ends before its first atom: is it cut short?"));
        }
        if got == self.counts {
            return Ok(());
        }
        Err(lines.wrong(format!(
            "the counts say {atoms} atoms and {bonds} bonds, the record has {} and {}: \
             is it cut short?",
            got.0, got.1
        )))
    }
}
