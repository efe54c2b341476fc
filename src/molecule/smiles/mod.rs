//! A molecule as SMILES text: one line that says elements, charges and bonds, with its atoms in a known order.
//!
//! The text follows the order of the atoms: one drawing gives one text, two drawings of a molecule may give two.

mod atom_text;
mod spanning_tree;

use super::graph::{Element, Graph, Order};
use super::perception::Perception;
use spanning_tree::SpanningTree;

/// SMILES of a molecule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Smiles {
    /// The text; aromatic atoms are in lower case, plain hydrogens part of the atoms that they are on.
    pub text: String,
    /// Indices of the atoms in the order of the text.
    pub atoms: Vec<u32>,
}

impl Smiles {
    /// Writes a molecule whose hydrogens are atoms. Parts that are not connected are parted by dots.
    pub fn of(graph: &Graph, perception: &Perception) -> Smiles {
        let atoms = graph.atoms.len();
        let tree = SpanningTree::of(graph, perception);
        let mut writer = Writer {
            graph,
            perception,
            tree: &tree,
            written: vec![false; atoms],
            rings: Vec::new(),
            smiles: Smiles {
                text: String::with_capacity(2 * atoms),
                atoms: Vec::with_capacity(atoms),
            },
        };
        for &start in &tree.starts {
            if start != tree.starts[0] {
                writer.smiles.text.push('.');
            }
            writer.write_part(start);
        }
        writer.smiles
    }
}

/// Whether an atom is a hydrogen that the text says as part of its neighbour.
fn is_implied(atom: usize, graph: &Graph, perception: &Perception) -> bool {
    let this = &graph.atoms[atom];
    if this.element != Element::H || this.isotope.is_some() || this.charge != 0 {
        return false;
    }
    match perception.connections.around(atom) {
        [link] => graph.atoms[link.atom as usize].element != Element::H,
        _ => false,
    }
}

struct Writer<'a> {
    graph: &'a Graph,
    perception: &'a Perception,
    tree: &'a SpanningTree,
    written: Vec<bool>,
    /// Ring bonds that one end of is written, each with its number.
    rings: Vec<(u32, u32)>,
    smiles: Smiles,
}

/// What is still to be written, the next last.
enum Task {
    Atom { atom: u32, bond: Option<u32> },
    Open,
    Close,
}

impl Writer<'_> {
    fn write_part(&mut self, start: u32) {
        let mut tasks = vec![Task::Atom {
            atom: start,
            bond: None,
        }];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Open => self.smiles.text.push('('),
                Task::Close => self.smiles.text.push(')'),
                Task::Atom { atom, bond } => {
                    self.write_atom(atom, bond);
                    self.plan_branches(atom, &mut tasks);
                }
            }
        }
    }

    fn write_atom(&mut self, atom: u32, bond: Option<u32>) {
        if let Some(bond) = bond {
            self.write_bond(bond, atom);
        }
        let index = atom as usize;
        atom_text::push(index, self.graph, self.perception, &mut self.smiles.text);
        self.smiles.atoms.push(atom);
        self.written[index] = true;
        for link in self.perception.connections.around(index) {
            if self.tree.closes_ring[link.bond as usize] {
                self.write_ring_bond(link.bond, link.atom);
            }
        }
    }

    /// Puts the atoms after this one on the stack: smaller branches in brackets, then the largest.
    fn plan_branches(&self, atom: u32, tasks: &mut Vec<Task>) {
        let children = self.tree.children(atom);
        for (place, &(atom, bond)) in children.iter().rev().enumerate() {
            let bond = Some(bond);
            if place == 0 {
                tasks.push(Task::Atom { atom, bond });
            } else {
                tasks.extend([Task::Close, Task::Atom { atom, bond }, Task::Open]);
            }
        }
    }

    /// Writes the symbol of a bond that leads to `end`, where it is not the one that readers take for granted.
    fn write_bond(&mut self, bond: u32, end: u32) {
        let Writer {
            graph, perception, ..
        } = self;
        let this = &graph.bonds[bond as usize];
        let aromatic = |atom: usize| perception.aromaticity.atoms[atom];
        let symbol = match this.order {
            _ if perception.aromaticity.bonds[bond as usize] => "",
            Order::Double => "=",
            Order::Triple => "#",
            Order::Dative if this.b == end as usize => "->",
            Order::Dative => "<-",
            _ if aromatic(this.a) && aromatic(this.b) => "-",
            _ => "",
        };
        self.smiles.text.push_str(symbol);
    }

    /// Writes the number of a ring bond: with the bond's symbol at its first end, and free again after its second.
    fn write_ring_bond(&mut self, bond: u32, other: u32) {
        let number = match self.rings.iter().position(|open| open.0 == bond) {
            Some(open) => self.rings.swap_remove(open).1,
            None => {
                self.write_bond(bond, other);
                let taken = |number: &u32| self.rings.iter().any(|open| open.1 == *number);
                let number = (1..).find(|number| !taken(number)).unwrap_or(1);
                self.rings.push((bond, number));
                number
            }
        };
        let text = &mut self.smiles.text;
        match number {
            ..10 => {}
            10..100 => text.push('%'),
            _ => text.push_str("%("),
        }
        text.push_str(&number.to_string());
        if number >= 100 {
            text.push(')');
        }
    }
}

#[cfg(test)]
mod tests;
