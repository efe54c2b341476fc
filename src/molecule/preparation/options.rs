//! What can be asked of a preparation.

use crate::molecule::pattern::Pattern;

/// What can be asked of a preparation.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Lets amides turn, which are frozen otherwise.
    pub flexible_amides: bool,
    /// Breaks rings of 7 to 33 atoms where they can be broken, instead of docking them rigid. The files have atoms of
    /// types CG0 to CG3 and G0 to G3, which not every docking program knows.
    pub break_macrocycles: bool,
    /// Takes the largest of several molecules in a record, as of a salt, instead of refusing it.
    pub largest_fragment: bool,
    /// Bonds that shall not turn, as pairs of atom indices.
    pub rigid_bonds: Vec<[usize; 2]>,
    /// Bonds that shall not turn wherever a pattern occurs.
    pub rigid_patterns: Vec<RigidPattern>,
}

/// A pattern with a bond that shall not turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RigidPattern {
    /// What to look for.
    pub pattern: Pattern,
    /// The two atoms of the bond, as places in the pattern, from 0.
    pub bond: [usize; 2],
}
