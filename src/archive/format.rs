//! Formats of ligand records, told by a file's name or, where that says nothing, by how its text begins.

use super::line_ends::LineEnds;
use std::io::Read;

/// A format that holds ligands as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Prepared ligands: several are told apart by MODEL records.
    Pdbqt,
    /// SDF and MOL: records end with `$$$$`.
    Sdf,
    /// MOL2: records begin with `@<TRIPOS>MOLECULE`.
    Mol2,
    /// SMILES: a record a line.
    Smiles,
}

const ENDINGS: [(&str, Format); 8] = [
    (".pdbqt", Format::Pdbqt),
    (".sdf", Format::Sdf),
    (".sd", Format::Sdf),
    (".mol", Format::Sdf),
    (".mol2", Format::Mol2),
    (".smi", Format::Smiles),
    (".smiles", Format::Smiles),
    (".ism", Format::Smiles),
];

/// Endings of a compressed file, behind that of its format.
const COMPRESSED: [&str; 2] = [".gz", ".zst"];

impl Format {
    /// The format of a file with this name, and the length of the ending that says so.
    pub fn of_name(name: &str) -> Option<(Format, usize)> {
        let compressed = COMPRESSED.iter().find(|ending| ends_with(name, ending));
        let compressed = compressed.map_or(0, |ending| ending.len());
        let plain = &name[..name.len() - compressed];
        let (ending, format) = ENDINGS
            .iter()
            .find(|(ending, _)| ends_with(plain, ending))?;
        Some((*format, ending.len() + compressed))
    }

    /// The format of a text that begins like this.
    pub(super) fn of_content(start: &[u8]) -> Option<Format> {
        let mut lines = Vec::new();
        // Reading from memory cannot fail.
        let _ = LineEnds::new(start).read_to_end(&mut lines);
        let text = String::from_utf8_lossy(&lines);
        let lines: Vec<&str> = text.lines().take(200).collect();
        let any = |marks: &[&str]| {
            lines
                .iter()
                .any(|line| marks.iter().any(|mark| line.trim_start().starts_with(mark)))
        };
        let counts = lines
            .get(3)
            .is_some_and(|line| line.contains("V2000") || line.contains("V3000"));
        if any(&["@<TRIPOS>"]) {
            Some(Format::Mol2)
        } else if counts || any(&["M  END", "$$$$"]) {
            Some(Format::Sdf)
        } else if any(&["ROOT", "ATOM  ", "HETATM", "MODEL "]) {
            Some(Format::Pdbqt)
        } else if lines.iter().any(|line| is_smiles(line)) {
            Some(Format::Smiles)
        } else {
            None
        }
    }

    /// Endings of uncompressed files, for messages.
    pub(super) fn endings() -> String {
        ENDINGS.map(|(ending, _)| ending).join(", ")
    }
}

/// Whether a name ends so, in any case.
pub(super) fn ends_with(name: &str, ending: &str) -> bool {
    let from = name.len().checked_sub(ending.len());
    from.and_then(|from| name.get(from..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// Whether the first word of a line has nothing but what SMILES are made of, and an atom among it.
fn is_smiles(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or("");
    let known = |b: u8| b.is_ascii_alphanumeric() || b"[]()=#:@+-./\\%*".contains(&b);
    word.bytes().all(known) && word.contains(['C', 'c', 'N', 'n', 'O', 'o', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_format() {
        assert_eq!(Format::of_name("a/B.SDF"), Some((Format::Sdf, 4)));
        assert_eq!(Format::of_name("x.mol2.gz"), Some((Format::Mol2, 8)));
        assert_eq!(Format::of_name("x.mol"), Some((Format::Sdf, 4)));
        assert_eq!(Format::of_name("x.smi.zst"), Some((Format::Smiles, 8)));
        assert_eq!(Format::of_name("README"), None);
    }

    #[test]
    fn content_says_it_too() {
        for (text, format) in [
            (
                "x\n\n\n  1  0  0  0  0  0  0  0  0  0999 V2000\n",
                Some(Format::Sdf),
            ),
            ("# made\n@<TRIPOS>MOLECULE\n", Some(Format::Mol2)),
            ("REMARK x\nROOT\n", Some(Format::Pdbqt)),
            ("CC(=O)O acetic acid\n", Some(Format::Smiles)),
            ("<html>\n", None),
        ] {
            assert_eq!(Format::of_content(text.as_bytes()), format, "{text}");
        }
    }
}
