//! Electrons of the elements: in the outer shell, in bonds, and what atoms give to a pi system.
//!
//! The model is RDKit's (its documentation, "The RDKit Book", aromaticity and hybridisation).

use crate::molecule::graph::{Element, valences};

/// Number of electrons in the outer shell: those of its group for main-group elements, of its period for the others.
pub fn outer(element: Element) -> i32 {
    const NOBLE: [u8; 7] = [0, 2, 10, 18, 36, 54, 86];
    let number = element.number();
    let core = NOBLE.iter().rev().find(|&&noble| noble < number);
    let beyond = i32::from(number) - i32::from(core.copied().unwrap_or(0));
    match beyond {
        // Past the ten metals of a period, and past the fourteen before them in the sixth and seventh.
        13..=18 => beyond - 10,
        27..=32 => beyond - 24,
        12 => 2,
        _ => beyond,
    }
}

/// Whether `a` draws electrons more strongly than `b`: more outer electrons, and the lighter of equals.
pub fn more_electronegative(a: Element, b: Element) -> bool {
    let (outer_a, outer_b) = (outer(a), outer(b));
    outer_a > outer_b || outer_a == outer_b && a.number() < b.number()
}

/// What is known of an atom before rings are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    /// Number of neighbours.
    pub degree: i32,
    /// Sum of bond orders.
    pub valence: i32,
    /// Formal charge.
    pub charge: i32,
    /// Unpaired electrons.
    pub radicals: i32,
}

impl Shell {
    /// Electrons that the atom can give to a pi system; -1 where it has no place in one.
    pub fn pi_electrons(self, element: Element) -> i32 {
        let Some(&default) = valences(element, 0).first() else {
            return -1;
        };
        let default = default as i32;
        if default <= 1 || self.degree > 3 {
            return -1;
        }
        let lone = (outer(element) - default - self.charge).max(0);
        let electrons = default - self.degree + lone - self.radicals;
        if electrons > 1 && self.valence - self.degree > 1 {
            1
        } else {
            electrons
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_electrons_follow_the_groups() {
        for (symbol, electrons) in [
            ("H", 1),
            ("B", 3),
            ("C", 4),
            ("N", 5),
            ("O", 6),
            ("F", 7),
            ("Mg", 2),
            ("Si", 4),
            ("P", 5),
            ("S", 6),
            ("Cl", 7),
            ("Ca", 2),
            ("Fe", 8),
            ("Zn", 2),
            ("Se", 6),
            ("Br", 7),
            ("I", 7),
            ("Pb", 4),
        ] {
            assert_eq!(
                outer(Element::from_symbol(symbol).unwrap()),
                electrons,
                "{symbol}"
            );
        }
        assert_eq!(outer(Element::DUMMY), 0);
    }

    #[test]
    fn oxygen_draws_more_than_sulphur_and_nitrogen() {
        assert!(more_electronegative(Element::O, Element::S));
        assert!(more_electronegative(Element::O, Element::N));
        assert!(!more_electronegative(Element::C, Element::C));
    }

    #[test]
    fn pi_electrons_are_counted_with_lone_pairs() {
        let shell = |degree, valence, charge| Shell {
            degree,
            valence,
            charge,
            radicals: 0,
        };
        assert_eq!(shell(3, 4, 0).pi_electrons(Element::C), 1);
        assert_eq!(shell(3, 3, 0).pi_electrons(Element::N), 2);
        assert_eq!(shell(2, 3, 0).pi_electrons(Element::N), 3);
        assert_eq!(shell(3, 4, 1).pi_electrons(Element::N), 1);
        assert_eq!(shell(2, 2, 0).pi_electrons(Element::S), 4);
        assert_eq!(shell(4, 4, 0).pi_electrons(Element::C), -1);
        assert_eq!(shell(1, 1, 0).pi_electrons(Element::F), -1);
    }
}
