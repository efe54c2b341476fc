//! What kind of record a line of PDBQT is.

/// Record kinds that mean something to docking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// ATOM or HETATM.
    Atom,
    Root,
    EndRoot,
    Branch,
    EndBranch,
    Torsdof,
    Model,
    EndModel,
    /// BEGIN_RES or END_RES: a flexible residue.
    FlexibleResidue,
    Remark,
    /// END, or an empty line.
    Nothing,
    Other,
}

impl Record {
    /// The kind of a line; upper and lower case are the same.
    pub(super) fn of(line: &str) -> Record {
        if starts_with(line, "ATOM") || starts_with(line, "HETATM") {
            return Record::Atom;
        }
        let keyword = line.split_whitespace().next().unwrap_or("");
        match keyword.to_ascii_uppercase().as_str() {
            "ROOT" => Record::Root,
            "ENDROOT" => Record::EndRoot,
            "BRANCH" => Record::Branch,
            "ENDBRANCH" => Record::EndBranch,
            "TORSDOF" => Record::Torsdof,
            "MODEL" => Record::Model,
            "ENDMDL" => Record::EndModel,
            "BEGIN_RES" | "END_RES" => Record::FlexibleResidue,
            "REMARK" => Record::Remark,
            "" | "END" => Record::Nothing,
            _ => Record::Other,
        }
    }
}

fn starts_with(line: &str, keyword: &str) -> bool {
    line.get(..keyword.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(keyword))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_glued_serials_do_not_matter() {
        assert_eq!(Record::of("HETATM12345  C"), Record::Atom);
        assert_eq!(Record::of("atom      1  C"), Record::Atom);
        assert_eq!(Record::of("  root"), Record::Root);
        assert_eq!(Record::of("REMARK Name = x"), Record::Remark);
        assert_eq!(Record::of(""), Record::Nothing);
        assert_eq!(Record::of("ÄTOM"), Record::Other);
    }
}
