//! What can be asked of a preparation.

use crate::molecule::pattern::{Pattern, PatternError};
use std::str::FromStr;

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

impl FromStr for RigidPattern {
    type Err = String;

    /// Reads SMARTS and the numbers, from 1, of two atoms in it: `[CX3]=[NX2] 1 2`; the first two where none are named.
    fn from_str(text: &str) -> Result<RigidPattern, String> {
        let mut words = text.split_whitespace();
        let pattern: Pattern = words
            .next()
            .unwrap_or_default()
            .parse()
            .map_err(|error: PatternError| error.to_string())?;
        let numbers: Vec<&str> = words.collect();
        let bond = match numbers.as_slice() {
            [] => Some([0, 1]),
            [a, b] => place(a).zip(place(b)).map(|(a, b)| [a, b]),
            _ => None,
        };
        match bond
            .filter(|bond| bond[0] != bond[1] && bond.iter().all(|&place| place < pattern.len()))
        {
            Some(bond) => Ok(RigidPattern { pattern, bond }),
            None => Err(format!(
                "`{text}`: expected SMARTS of two or more atoms, and the numbers of two of them, counted from 1"
            )),
        }
    }
}

fn place(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rigid_patterns_name_their_bond() {
        let bond = |text: &str| text.parse::<RigidPattern>().map(|rigid| rigid.bond);
        assert_eq!(bond("cC(=O)N"), Ok([0, 1]));
        assert_eq!(bond("cC(=O)N 2 4"), Ok([1, 3]));
        for text in [
            "", "C", "CC 1", "CC 1 3", "CC 0 1", "CC 1 1", "C( 1 2", "CC 1 2 3",
        ] {
            assert!(bond(text).is_err(), "{text}");
        }
    }
}
