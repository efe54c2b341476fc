//! The text of a prepared ligand: PDBQT with its torsion tree, as Meeko lays it out.

use super::columns::{push_decimal, push_whole};
use super::groups::Exit;
use super::tree::Tree;
use crate::molecule::graph::Graph;

/// What a ligand's records say.
pub(super) struct Records<'a> {
    pub(super) graph: &'a Graph,
    pub(super) types: &'a [Option<&'static str>],
    pub(super) charges: &'a [f64],
    pub(super) tree: &'a Tree,
}

/// Text of the records, and the atoms in their order: serial numbers count from 1.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) order: Vec<u32>,
    serials: Vec<u32>,
}

impl Records<'_> {
    /// Writes ROOT and BRANCH records, all atoms, and TORSDOF.
    pub(super) fn write(&self, torsdof: usize) -> Written {
        let atoms = self.graph.atoms.len();
        let mut written = Written {
            text: String::with_capacity(82 * atoms),
            order: Vec::with_capacity(atoms),
            serials: vec![0; atoms],
        };
        self.write_root(&mut written);
        self.write_branches(&mut written);
        written.text.push_str("TORSDOF ");
        push_whole(&mut written.text, torsdof as u32, 1);
        written.text.push('\n');
        written
    }

    fn write_root(&self, written: &mut Written) {
        let Some(root) = self.tree.groups.get(self.tree.root) else {
            return;
        };
        let mut atoms = root.atoms.clone();
        atoms.sort_unstable();
        written.text.push_str("ROOT\n");
        for atom in atoms {
            self.write_atom(atom, written);
        }
        written.text.push_str("ENDROOT\n");
    }

    /// Writes the branches, each after those that it hangs on; a stack instead of recursion, as chains can be long.
    fn write_branches(&self, written: &mut Written) {
        let exits = |group: usize| {
            self.tree
                .groups
                .get(group)
                .map_or(&[][..], |group| &group.exits)
        };
        // Group, the group that it hangs on, the next of its exits, and its record's serial numbers.
        let mut open = vec![(self.tree.root, usize::MAX, 0, [0, 0])];
        while let Some(top) = open.last_mut() {
            let (group, parent, next, serials) = *top;
            top.2 += 1;
            match exits(group).get(next) {
                Some(exit) if exit.group as usize == parent => {}
                Some(exit) => {
                    let serials = [written.serials[exit.from as usize], written.next_serial()];
                    written.branch("BRANCH ", serials);
                    self.write_group(*exit, written);
                    open.push((exit.group as usize, group, 0, serials));
                }
                None => {
                    open.pop();
                    if !open.is_empty() {
                        written.branch("ENDBRANCH ", serials);
                    }
                }
            }
        }
    }

    /// Writes the atoms of a branch, the one of the rotatable bond first.
    fn write_group(&self, exit: Exit, written: &mut Written) {
        self.write_atom(exit.to, written);
        for &atom in &self.tree.groups[exit.group as usize].atoms {
            if atom != exit.to {
                self.write_atom(atom, written);
            }
        }
    }

    fn write_atom(&self, index: u32, written: &mut Written) {
        let serial = written.next_serial();
        written.order.push(index);
        let index = index as usize;
        written.serials[index] = serial;
        let atom = &self.graph.atoms[index];
        let text = &mut written.text;
        text.push_str("ATOM  ");
        push_whole(text, serial, 5);
        let symbol = atom.element.symbol();
        text.push_str(if symbol.len() == 1 { "  " } else { " " });
        text.push_str(symbol);
        text.push_str("   UNL     1    ");
        for coordinate in atom.position.to_array() {
            push_decimal(text, coordinate, false);
        }
        text.push_str("  1.00  0.00  ");
        push_decimal(text, self.charges[index], true);
        text.push(' ');
        let kind = self.types[index].unwrap_or_default();
        text.push_str(kind);
        text.push_str(if kind.len() < 2 { " \n" } else { "\n" });
    }
}

impl Written {
    fn next_serial(&self) -> u32 {
        self.order.len() as u32 + 1
    }

    fn branch(&mut self, word: &str, serials: [u32; 2]) {
        self.text.push_str(word);
        push_whole(&mut self.text, serials[0], 3);
        self.text.push(' ');
        push_whole(&mut self.text, serials[1], 3);
        self.text.push('\n');
    }
}
