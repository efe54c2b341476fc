//! The text of a prepared ligand: PDBQT with its torsion tree, as Meeko lays it out.

use super::Model;
use super::columns::{push_whole, put_decimal, put_whole};
use super::groups::Exit;
use super::tree::Tree;
use crate::molecule::graph::Graph;
use glam::DVec3;

/// An ATOM record before its fields are filled in.
const BLANK: &[u8; 79] =
    b"ATOM             UNL     1                              1.00  0.00             ";

/// What a ligand's records say.
pub(super) struct Records<'a> {
    pub(super) graph: &'a Graph,
    pub(super) model: &'a Model,
    /// Atoms of each pseudo atom: the one that it hangs on, and the one whose place it marks.
    pub(super) pseudo_atoms: &'a [[u32; 2]],
}

/// Text of the records, and the atoms in their order: serial numbers count from 1.
pub(super) struct Written {
    pub(super) text: Vec<u8>,
    pub(super) order: Vec<u32>,
    serials: Vec<u32>,
}

impl Records<'_> {
    /// Writes ROOT and BRANCH records, all atoms, and TORSDOF.
    pub(super) fn write(&self) -> Written {
        let atoms = self.graph.atoms.len() + self.pseudo_atoms.len();
        let mut written = Written {
            text: Vec::with_capacity(82 * atoms),
            order: Vec::with_capacity(atoms),
            serials: vec![0; atoms],
        };
        if let Some(depth) = self.model.torsions.depth {
            let remark = format!("REMARK Flexibility Score: {depth:8.3}\n");
            written.text.extend_from_slice(remark.as_bytes());
        }
        self.write_root(&mut written);
        self.write_branches(&mut written);
        written.text.extend_from_slice(b"TORSDOF ");
        push_whole(&mut written.text, self.model.torsions.torsdof as u32, 1);
        written.text.push(b'\n');
        written
    }

    fn tree(&self) -> &Tree {
        &self.model.torsions.tree
    }

    fn write_root(&self, written: &mut Written) {
        let Some(root) = self.tree().groups.get(self.tree().root) else {
            return;
        };
        let mut atoms = root.atoms.clone();
        atoms.sort_unstable();
        written.text.extend_from_slice(b"ROOT\n");
        for atom in atoms {
            self.write_atom(atom, written);
        }
        written.text.extend_from_slice(b"ENDROOT\n");
    }

    /// Writes the branches, each after those that it hangs on; a stack instead of recursion, as chains can be long.
    fn write_branches(&self, written: &mut Written) {
        let exits = |group: usize| {
            self.tree()
                .groups
                .get(group)
                .map_or(&[][..], |group| &group.exits)
        };
        // Group, the group that it hangs on, the next of its exits, and its record's serial numbers.
        let mut open = vec![(self.tree().root, usize::MAX, 0, [0, 0])];
        while let Some(top) = open.last_mut() {
            let (group, parent, next, serials) = *top;
            top.2 += 1;
            match exits(group).get(next) {
                Some(exit) if exit.group as usize == parent => {}
                Some(exit) => {
                    let serials = [written.serials[exit.from as usize], written.next_serial()];
                    written.branch(b"BRANCH ", serials);
                    self.write_group(*exit, written);
                    open.push((exit.group as usize, group, 0, serials));
                }
                None => {
                    open.pop();
                    if !open.is_empty() {
                        written.branch(b"ENDBRANCH ", serials);
                    }
                }
            }
        }
    }

    /// Writes the atoms of a branch, the one of the rotatable bond first.
    fn write_group(&self, exit: Exit, written: &mut Written) {
        self.write_atom(exit.to, written);
        for &atom in &self.tree().groups[exit.group as usize].atoms {
            if atom != exit.to {
                self.write_atom(atom, written);
            }
        }
    }

    /// What an atom is called and where it is: a pseudo atom is at the place of the atom that it stands for.
    fn symbol_and_place(&self, index: usize) -> (&'static str, DVec3) {
        match self.graph.atoms.get(index) {
            Some(atom) => (atom.element.symbol(), atom.position),
            None => {
                let [_, marked] = self.pseudo_atoms[index - self.graph.atoms.len()];
                ("G", self.graph.atoms[marked as usize].position)
            }
        }
    }

    fn write_atom(&self, index: u32, written: &mut Written) {
        let serial = written.next_serial();
        written.order.push(index);
        let index = index as usize;
        written.serials[index] = serial;
        let (symbol, position) = self.symbol_and_place(index);
        let mut line = *BLANK;
        put_whole(&mut line[6..11], serial);
        // Symbols of one letter begin a column later.
        line[14 - symbol.len()..14].copy_from_slice(symbol.as_bytes());
        put_decimal(&mut line[30..38], position.x, false);
        put_decimal(&mut line[38..46], position.y, false);
        put_decimal(&mut line[46..54], position.z, false);
        put_decimal(&mut line[68..76], self.model.charges[index], true);
        let kind = self.model.types[index].unwrap_or_default().as_bytes();
        for (column, letter) in line[77..79].iter_mut().zip(kind) {
            *column = *letter;
        }
        written.text.extend_from_slice(&line[..79]);
        written
            .text
            .extend_from_slice(kind.get(2..).unwrap_or_default());
        written.text.push(b'\n');
    }
}

impl Written {
    fn next_serial(&self) -> u32 {
        self.order.len() as u32 + 1
    }

    fn branch(&mut self, word: &[u8], serials: [u32; 2]) {
        self.text.extend_from_slice(word);
        push_whole(&mut self.text, serials[0], 3);
        self.text.push(b' ');
        push_whole(&mut self.text, serials[1], 3);
        self.text.push(b'\n');
    }
}
