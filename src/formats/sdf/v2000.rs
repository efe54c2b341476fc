//! The V2000 connection table: counts, atom block, bond block, property block.

use super::draft::{Draft, order};
use super::property_line::Properties;
use super::{Lines, atom_line, columns, number};
use crate::Result;

/// Reads from the counts line to `M  END`, or to the end of the record where that is missing.
pub(super) fn read(draft: &mut Draft, counts: &str, lines: &mut Lines) -> Result<()> {
    let atoms = count(counts, "atoms", 0, lines)?;
    let bonds = count(counts, "bonds", 3, lines)?;
    if atoms == 0 {
        return Err(lines.wrong("the record has no atoms"));
    }
    let wanted = |block: &str, of: usize, got: usize| {
        format!("the counts line says {of} {block}, and the record ends after {got}")
    };
    draft.reserve(atoms, bonds);
    for got in 0..atoms {
        let Some(line) = next(lines) else {
            return Err(lines.wrong(wanted("atoms", atoms, got)));
        };
        atom_line::read(draft, line, lines)?;
    }
    for got in 0..bonds {
        let Some(line) = next(lines) else {
            return Err(lines.wrong(wanted("bonds", bonds, got)));
        };
        bond(draft, line, lines)?;
    }
    properties(draft, lines)
}

/// The next line, unless the record ends.
fn next<'a>(lines: &mut Lines<'a>) -> Option<&'a str> {
    let before = lines.clone();
    match lines.next() {
        Some(line) if !ends(line) => Some(line),
        _ => {
            *lines = before;
            None
        }
    }
}

fn ends(line: &str) -> bool {
    line.starts_with("M  END") || line.starts_with("$$$$")
}

fn count(line: &str, what: &str, from: usize, lines: &Lines) -> Result<usize> {
    let field = columns(line, from, from + 3);
    field.parse().map_err(|_| {
        lines.wrong(format!(
            "the number of {what} `{field}` (columns {}-{} of the counts line) is no number: \
             a record begins with three lines of header, the fourth has the counts",
            from + 1,
            from + 3
        ))
    })
}

fn bond(draft: &mut Draft, line: &str, lines: &Lines) -> Result<()> {
    let number = |from| usize::try_from(number(line, from, from + 3)?).ok();
    let (Some(a), Some(b), Some(kind)) = (number(0), number(3), number(6)) else {
        let what = "is no bond: expected two atom numbers and a type in columns 1-3, 4-6 and 7-9";
        return Err(lines.wrong(format!("`{}` {what}", line.trim_end())));
    };
    let order = order(kind).map_err(|what| lines.wrong(what))?;
    let added = draft.bond(a.wrapping_sub(1), b.wrapping_sub(1), order);
    added.map_err(|what| lines.wrong(what))
}

fn properties(draft: &mut Draft, lines: &mut Lines) -> Result<()> {
    let mut properties = Properties::default();
    while let Some(line) = next(lines) {
        if line.starts_with("M  ") {
            properties.read(draft, line, lines)?;
        } else if line.starts_with('>') {
            break;
        }
    }
    Ok(())
}
