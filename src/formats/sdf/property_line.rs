//! The `M  CHG`, `M  RAD` and `M  ISO` lines behind V2000's blocks: they replace what the atom block says.

use super::Lines;
use super::draft::{Draft, charge, unpaired};
use crate::Result;

/// Which kinds of line have come: the first of charges or radicals clears those of the atom block.
#[derive(Default)]
pub(super) struct Properties {
    charges: bool,
    isotopes: bool,
}

impl Properties {
    /// Takes in one line that begins with `M  `; kinds that say nothing of the molecule are passed over.
    pub(super) fn read(&mut self, draft: &mut Draft, line: &str, lines: &Lines) -> Result<()> {
        let kind = line.get(3..6).unwrap_or("");
        match kind {
            "CHG" | "RAD" if !self.charges => {
                self.charges = true;
                for atom in &mut draft.graph.atoms {
                    atom.charge = 0;
                    atom.radicals = 0;
                }
            }
            "ISO" if !self.isotopes => {
                self.isotopes = true;
                let atoms = &mut draft.graph.atoms;
                atoms.iter_mut().for_each(|atom| atom.isotope = None);
            }
            "CHG" | "RAD" | "ISO" => {}
            _ => return Ok(()),
        }
        for (atom, value) in pairs(line, draft.graph.atoms.len(), lines)? {
            let atom = &mut draft.graph.atoms[atom];
            match kind {
                "CHG" => atom.charge = charge(value).map_err(|what| lines.wrong(what))?,
                "RAD" => atom.radicals = unpaired(value),
                _ => atom.isotope = u16::try_from(value).ok().filter(|mass| *mass > 0),
            }
        }
        Ok(())
    }
}

/// Index and value of each atom that the line names.
fn pairs(line: &str, atoms: usize, lines: &Lines) -> Result<Vec<(usize, i64)>> {
    let words: Vec<&str> = line.get(6..).unwrap_or("").split_whitespace().collect();
    let numbers: Option<Vec<i64>> = words.iter().map(|word| word.parse().ok()).collect();
    let shape = "expected the count and so many pairs of an atom's number and its value";
    let Some([count, values @ ..]) = numbers.as_deref() else {
        return Err(lines.wrong(shape));
    };
    if values.len() as i64 != 2 * count {
        return Err(lines.wrong(shape));
    }
    let pair = |pair: &[i64]| match usize::try_from(pair[0]) {
        Ok(number) if (1..=atoms).contains(&number) => Ok((number - 1, pair[1])),
        _ => Err(lines.wrong(format!("names atom {} of {atoms}", pair[0]))),
    };
    values.chunks_exact(2).map(pair).collect()
}
