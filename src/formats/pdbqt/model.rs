//! One ligand of a PDBQT file, read line by line.

use super::atom::AtomLine;
use super::receptor::{FLEXIBLE, NO_ATOMS};
use super::record::Record;
use super::tree::TreeReader;
use super::{parse_error, stem};
use crate::Result;
use crate::molecule::{Atom, Ligand, Line};

/// Names that programs write where they know none.
const PLACEHOLDERS: [&str; 10] = [
    "", "LIGAND", "LIG", "UNL", "UNK", "UNNAMED", "UNTITLED", "NONAME", "NONE", "MOLECULE",
];

/// Gathers the records of one MODEL.
pub(super) struct ModelReader<'a> {
    file: &'a str,
    name: Option<String>,
    torsdof: Option<f64>,
    /// Atoms in file order.
    atoms: Vec<Atom>,
    tree: TreeReader<'a>,
    lines: Vec<Line>,
}

impl<'a> ModelReader<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        ModelReader {
            file,
            name: None,
            torsdof: None,
            atoms: Vec::new(),
            tree: TreeReader::new(file),
            lines: Vec::new(),
        }
    }

    /// Takes in one line other than MODEL and ENDMDL.
    pub(super) fn line(&mut self, number: usize, record: Record, text: &str) -> Result<()> {
        match record {
            Record::Atom => return self.atom(number, text),
            Record::Nothing => return Ok(()),
            Record::Root => self.tree.root(number)?,
            Record::EndRoot => self.tree.end_root(number)?,
            Record::Branch => self.tree.branch(number, text)?,
            Record::EndBranch => self.tree.end_branch(number)?,
            Record::Torsdof => self.torsdof = Some(self.read_torsdof(number, text)?),
            Record::Remark => self.name = self.name.take().or_else(|| remark_name(text)),
            Record::FlexibleResidue => return Err(parse_error(self.file, number, FLEXIBLE)),
            Record::Model | Record::EndModel | Record::Other => {}
        }
        self.lines.push(Line::Other(text.trim_end().to_string()));
        Ok(())
    }

    fn atom(&mut self, number: usize, text: &str) -> Result<()> {
        let line = AtomLine {
            file: self.file,
            number,
            text,
        };
        let atom = line.read()?;
        self.tree.atom(number, atom.serial)?;
        self.lines.push(Line::Atom {
            index: self.atoms.len(),
            before: text.get(..30).unwrap_or("").to_string(),
            after: text.get(54..).unwrap_or("").to_string(),
        });
        self.atoms.push(atom);
        Ok(())
    }

    fn read_torsdof(&self, number: usize, text: &str) -> Result<f64> {
        let field = text.split_whitespace().nth(1).unwrap_or("");
        match field.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
            _ => Err(parse_error(
                self.file,
                number,
                format!(
                    "TORSDOF `{field}` is not a count: write the number of rotatable bonds, or leave the line out"
                ),
            )),
        }
    }

    /// The ligand; nothing if no record that belongs to a molecule was seen.
    pub(super) fn finish_unless_empty(self) -> Result<Option<Ligand>> {
        let empty = self.atoms.is_empty() && !self.tree.started();
        if empty {
            Ok(None)
        } else {
            self.finish().map(Some)
        }
    }

    fn finish(mut self) -> Result<Ligand> {
        if self.atoms.is_empty() {
            return Err(parse_error(self.file, 0, NO_ATOMS));
        }
        let (torsions, order) = self.tree.finish(&self.atoms)?;
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        for line in &mut self.lines {
            if let Line::Atom { index, .. } = line {
                *index = place[*index];
            }
        }
        Ok(Ligand {
            name: self.name.unwrap_or_else(|| stem(self.file)),
            atoms: order.iter().map(|&old| self.atoms[old].clone()).collect(),
            torsdof: self.torsdof.unwrap_or(torsions.torsions() as f64),
            torsions,
            lines: self.lines,
        })
    }
}

/// The name in `REMARK Name = ...`, unless it is a placeholder.
fn remark_name(text: &str) -> Option<String> {
    let rest = text.get(6..)?.trim_start();
    let rest = rest
        .get(4..)
        .filter(|_| rest[..4].eq_ignore_ascii_case("name"))?;
    let name = rest.trim_start().strip_prefix('=')?.trim();
    let known = !PLACEHOLDERS.contains(&name.to_ascii_uppercase().as_str());
    known.then(|| name.to_string())
}
