//! The torsion tree of a PDBQT ligand, from ROOT and BRANCH records.

use super::parse_error;
use crate::Result;
use crate::molecule::{Atom, Fragment, TorsionTree};

/// A fragment as the records tell it, before atom numbers are resolved.
struct OpenFragment {
    parent: usize,
    /// Serial numbers of the rotatable bond's atoms.
    serials: [u32; 2],
    /// Line of the BRANCH record.
    line: usize,
}

/// Follows ROOT, BRANCH and their ends.
pub(super) struct TreeReader<'a> {
    file: &'a str,
    fragments: Vec<OpenFragment>,
    /// Fragments that are open, innermost last.
    open: Vec<usize>,
    root_ended: bool,
    /// Fragment of each atom, in file order.
    fragment_of: Vec<usize>,
}

impl<'a> TreeReader<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        TreeReader {
            file,
            fragments: Vec::new(),
            open: Vec::new(),
            root_ended: false,
            fragment_of: Vec::new(),
        }
    }

    /// Whether a ROOT record was seen.
    pub(super) fn started(&self) -> bool {
        !self.fragments.is_empty()
    }

    fn refuse<T>(&self, line: usize, what: impl Into<String>) -> Result<T> {
        Err(parse_error(self.file, line, what))
    }

    pub(super) fn root(&mut self, line: usize) -> Result<()> {
        if self.started() {
            return self.refuse(
                line,
                "a second ROOT: put several ligands into MODEL and ENDMDL records",
            );
        }
        if !self.fragment_of.is_empty() {
            return self.refuse(line, "ROOT after the first atom: it must come before");
        }
        let root = OpenFragment {
            parent: 0,
            serials: [0, 0],
            line,
        };
        self.fragments.push(root);
        self.open.push(0);
        Ok(())
    }

    pub(super) fn end_root(&mut self, line: usize) -> Result<()> {
        if self.open != [0] || self.root_ended {
            return self.refuse(line, "ENDROOT without an open ROOT");
        }
        self.root_ended = true;
        Ok(())
    }

    pub(super) fn branch(&mut self, line: usize, text: &str) -> Result<()> {
        let Some(&parent) = self.open.last() else {
            return self.refuse(line, "BRANCH without a ROOT before it");
        };
        let mut numbers = text.split_whitespace().skip(1).map(str::parse::<u32>);
        let (Some(Ok(from)), Some(Ok(to))) = (numbers.next(), numbers.next()) else {
            return self.refuse(
                line,
                "BRANCH needs the serial numbers of two atoms, such as `BRANCH   1   5`",
            );
        };
        self.open.push(self.fragments.len());
        self.fragments.push(OpenFragment {
            parent,
            serials: [from, to],
            line,
        });
        Ok(())
    }

    pub(super) fn end_branch(&mut self, line: usize) -> Result<()> {
        if self.open.len() < 2 {
            return self.refuse(line, "ENDBRANCH without an open BRANCH");
        }
        self.open.pop();
        Ok(())
    }

    /// Takes in an atom of the fragment that is open.
    pub(super) fn atom(&mut self, line: usize, serial: u32) -> Result<()> {
        if self.started() && serial == 0 {
            return self.refuse(
                line,
                "the atom has no serial number in columns 7-11, which BRANCH records need",
            );
        }
        let outside = self.root_ended && self.open.len() == 1;
        if outside {
            return self.refuse(
                line,
                "atom outside of ROOT and BRANCH: it belongs to no rigid fragment",
            );
        }
        self.fragment_of
            .push(self.open.last().copied().unwrap_or(0));
        Ok(())
    }

    /// The tree, and for each atom in its order the index of that atom in the file.
    pub(super) fn finish(self, atoms: &[Atom]) -> Result<(TorsionTree, Vec<usize>)> {
        if let Some(&open) = self.open.get(1..).and_then(<[usize]>::last) {
            return self.refuse(
                self.fragments[open].line,
                "BRANCH without its ENDBRANCH: is the file cut off?",
            );
        }
        let axes = (0..self.fragments.len())
            .map(|fragment| self.axis(fragment, atoms))
            .collect::<Result<Vec<_>>>()?;
        // Fragments are numbered as BRANCH records come: parents first. The axis atom leads its fragment.
        let mut order: Vec<usize> = (0..atoms.len()).collect();
        order.sort_by_key(|&atom| {
            let fragment = self.fragment_of[atom];
            let leads = fragment > 0 && axes[fragment][1] == atom;
            (fragment, !leads, atom)
        });
        Ok((self.in_order(&axes, &order), order))
    }

    /// File indices of the atoms of a fragment's rotatable bond.
    fn axis(&self, fragment: usize, atoms: &[Atom]) -> Result<[usize; 2]> {
        let OpenFragment {
            parent,
            serials,
            line,
        } = self.fragments[fragment];
        if fragment == 0 {
            return Ok([0, 0]);
        }
        let from = self.find(serials[0], parent, line, atoms)?;
        let to = self.find(serials[1], fragment, line, atoms)?;
        if atoms[from].position.distance(atoms[to].position) < 1e-3 {
            return self.refuse(
                line,
                format!(
                    "atoms {} and {} of BRANCH are at one place",
                    serials[0], serials[1]
                ),
            );
        }
        Ok([from, to])
    }

    fn find(&self, serial: u32, fragment: usize, line: usize, atoms: &[Atom]) -> Result<usize> {
        let mut found = (0..atoms.len())
            .filter(|&atom| atoms[atom].serial == serial && self.fragment_of[atom] == fragment);
        match (found.next(), found.next()) {
            (Some(atom), None) => Ok(atom),
            (Some(_), Some(_)) => self.refuse(
                line,
                format!("BRANCH names atom {serial}, which is there twice"),
            ),
            (None, _) => self.refuse(
                line,
                format!(
                    "BRANCH names atom {serial}, which is not in the fragment that it should join"
                ),
            ),
        }
    }

    fn in_order(&self, axes: &[[usize; 2]], order: &[usize]) -> TorsionTree {
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let count = self.fragments.len().max(1);
        let mut start = 0;
        let fragments = (0..count).map(|fragment| {
            let atoms = start..order.partition_point(|&atom| self.fragment_of[atom] <= fragment);
            start = atoms.end;
            Fragment {
                parent: self.fragments.get(fragment).map_or(0, |open| open.parent),
                atoms,
                axis: axes
                    .get(fragment)
                    .filter(|_| fragment > 0)
                    .map_or([0, 0], |axis| axis.map(|atom| place[atom])),
            }
        });
        TorsionTree {
            fragments: fragments.collect(),
        }
    }
}
