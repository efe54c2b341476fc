//! Which section of a record a line stands in.

/// Sections that say something of the molecule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Before the first.
    None,
    Molecule,
    Atom,
    Bond,
    /// Formal charges, among other attributes.
    AtomAttributes,
    /// Substructures, sets, comments and the like.
    Other,
}

impl Section {
    /// The section that `@<TRIPOS>name` begins.
    pub(super) fn of(name: &str) -> Section {
        match name {
            "MOLECULE" => Section::Molecule,
            "ATOM" => Section::Atom,
            "BOND" => Section::Bond,
            "UNITY_ATOM_ATTR" => Section::AtomAttributes,
            _ => Section::Other,
        }
    }
}
