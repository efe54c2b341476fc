//! The V3000 connection table: blocks of `M  V30` lines.

mod entry;
mod statement;

use super::Lines;
use super::draft::{Draft, order};
use crate::Result;
use statement::Statement;
use std::collections::HashMap;

/// Reads from the line behind the counts line to `M  END`, or to the end of the record where that is missing.
pub(super) fn read(draft: &mut Draft, lines: &mut Lines) -> Result<()> {
    let mut table = Table {
        draft,
        blocks: Vec::new(),
        counts: None,
        numbers: HashMap::new(),
    };
    while let Some(statement) = Statement::next(lines)? {
        table.read(&statement, lines)?;
    }
    table.finish(lines)
}

/// The table while it is read.
struct Table<'a> {
    draft: &'a mut Draft,
    /// Names of the blocks that are open.
    blocks: Vec<String>,
    /// Line of the counts, and the numbers of atoms and bonds that it says.
    counts: Option<(usize, usize, usize)>,
    /// Index of the atom with this number: numbers need not be consecutive.
    numbers: HashMap<usize, usize>,
}

impl Table<'_> {
    fn read(&mut self, statement: &Statement, lines: &Lines) -> Result<()> {
        let open: Vec<&str> = self.blocks.iter().map(String::as_str).collect();
        match (statement.word(0), open.as_slice()) {
            ("BEGIN", _) => self.blocks.push(statement.word(1).to_string()),
            ("END", _) => drop(self.blocks.pop()),
            ("COUNTS", ["CTAB"]) => {
                let number = |at| statement.number(at, lines);
                self.counts = Some((lines.number(), number(1)?, number(2)?));
            }
            (_, ["CTAB", "ATOM"]) => {
                let number = entry::atom(self.draft, statement, lines)?;
                let index = self.draft.graph.atoms.len() - 1;
                if self.numbers.insert(number, index).is_some() {
                    return Err(lines.wrong(format!("atom number {number} comes twice")));
                }
            }
            (_, ["CTAB", "BOND"]) => self.bond(statement, lines)?,
            // Groups, collections and templates say nothing that docking needs.
            _ => {}
        }
        Ok(())
    }

    fn bond(&mut self, statement: &Statement, lines: &Lines) -> Result<()> {
        let kind = statement.number(1, lines)?;
        let order = order(kind).map_err(|what| lines.wrong(what))?;
        let atom = |at| {
            let number = statement.number(at, lines)?;
            let known = self.numbers.get(&number).copied();
            known.ok_or_else(|| {
                lines.wrong(format!("the bond names atom {number}, which is not there"))
            })
        };
        let (a, b) = (atom(2)?, atom(3)?);
        self.draft
            .bond(a, b, order)
            .map_err(|what| lines.wrong(what))
    }

    fn finish(self, lines: &Lines) -> Result<()> {
        let got = (self.draft.graph.atoms.len(), self.draft.graph.bonds.len());
        match self.counts {
            None => Err(lines.wrong("the connection table has no COUNTS line")),
            Some((line, 0, _)) => Err(lines.wrong_at(line, "the record has no atoms")),
            Some((_, atoms, bonds)) if (atoms, bonds) == got => Ok(()),
            Some((_, atoms, bonds)) => Err(lines.wrong(format!(
                "the COUNTS line says {atoms} atoms and {bonds} bonds, the record has {} and {}",
                got.0, got.1
            ))),
        }
    }
}

#[cfg(test)]
mod tests;
