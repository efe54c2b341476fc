//! A rigid receptor from PDBQT.

use super::atom::AtomLine;
use super::record::Record;
use super::{parse_error, stem};
use crate::Result;
use crate::molecule::Receptor;

/// Reads a rigid receptor; `file_name` names it and appears in errors.
///
/// # Errors
/// [`crate::Error::Parse`] with file and line: an atom that cannot be read, no atoms, several MODELs, a torsion
/// tree (a ligand was given), or flexible residues.
pub fn read_receptor(text: &str, file_name: &str) -> Result<Receptor> {
    let mut receptor = Receptor {
        name: stem(file_name),
        atoms: Vec::new(),
    };
    for (index, text) in text.lines().enumerate() {
        let number = index + 1;
        let refuse = |what: &str| Err(parse_error(file_name, number, what));
        match Record::of(text) {
            Record::Atom => {
                let line = AtomLine {
                    file: file_name,
                    number,
                    text,
                };
                receptor.atoms.push(line.read()?);
            }
            Record::FlexibleResidue => return refuse(FLEXIBLE),
            Record::Branch => {
                return refuse("BRANCH in a receptor: it must be rigid, is this a ligand?");
            }
            Record::Model if !receptor.atoms.is_empty() => {
                return refuse("a second MODEL in a receptor: keep one");
            }
            _ => {}
        }
    }
    if receptor.atoms.is_empty() {
        return Err(parse_error(file_name, 0, NO_ATOMS));
    }
    Ok(receptor)
}

/// What is said about flexible residues, in receptors and ligands alike.
pub(super) const FLEXIBLE: &str = "flexible residues (BEGIN_RES) are not supported yet: keep the side chains in a rigid receptor file";
/// What is said about files without atoms.
pub(super) const NO_ATOMS: &str = "no ATOM or HETATM records: is this a PDBQT file?";

#[cfg(test)]
mod tests {
    use super::*;

    const ATOM: &str =
        "ATOM      1  N   ALA A   1      33.323  50.745  36.402  1.00  0.00     0.091 N \r\n";

    #[test]
    fn atoms_between_other_records() {
        let text = format!(
            "REMARK x\r\n{ATOM}TER\r\nHETATM    2 ZN    ZN A   2       1.000   2.000   3.000  1.00  0.00     2.000 Zn"
        );
        let receptor = read_receptor(&text, "folder/1abc.pdbqt").unwrap();
        assert_eq!(receptor.name, "1abc");
        assert_eq!(receptor.atoms.len(), 2);
        assert_eq!(receptor.atoms[1].kind.name(), "Zn");
    }

    #[test]
    fn what_is_no_rigid_receptor_is_refused() {
        for (text, word) in [
            (String::new(), "no ATOM"),
            ("{\"json\": 1}".to_string(), "is this a PDBQT"),
            (format!("BEGIN_RES ALA A 1\n{ATOM}"), "line 1: flexible"),
            (format!("{ATOM}BRANCH 1 2"), "line 2: BRANCH"),
            (
                format!("MODEL 1\n{ATOM}ENDMDL\nMODEL 2\n{ATOM}"),
                "line 4: a second MODEL",
            ),
        ] {
            let message = read_receptor(&text, "r.pdbqt").unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
    }
}
