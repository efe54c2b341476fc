//! The torsion tree: rigid fragments joined by rotatable bonds.

use std::ops::Range;

/// Rigid fragments of a ligand; fragment 0 is the root, parents come before children.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TorsionTree {
    /// All fragments, in the order of the file's BRANCH records.
    pub fragments: Vec<Fragment>,
}

/// One rigid piece. It turns about the bond from `axis[0]` (in the parent) to `axis[1]` (its own first atom).
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// Index of the parent fragment; 0 for the root itself.
    pub parent: usize,
    /// Atoms of this fragment alone.
    pub atoms: Range<usize>,
    /// Atom indices of the rotatable bond; `[0, 0]` for the root.
    pub axis: [usize; 2],
}

impl TorsionTree {
    /// Number of rotatable bonds.
    pub fn torsions(&self) -> usize {
        self.fragments.len().saturating_sub(1)
    }
}
