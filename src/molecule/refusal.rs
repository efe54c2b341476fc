//! Why a molecule cannot be prepared, in words that a chemist understands.

use super::graph::{Element, Graph};

/// A molecule that cannot be prepared: what about it, at which atom, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing to prepare.
    #[error("the molecule has no atoms")]
    NoAtoms,
    /// A bond that joins nothing, itself, or two atoms that are joined already.
    #[error("bond {number} between atoms {a} and {b} {what}: correct the record")]
    Bond {
        /// Number of the bond, from 1.
        number: usize,
        /// Its atoms, from 1.
        a: usize,
        /// Its atoms, from 1.
        b: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A bond drawn as aromatic that was given no single or double order.
    #[error(
        "atom {0} has a bond drawn as aromatic that fits into no pattern of single and double bonds: \
         correct the bonds, or a hydrogen missing from a ring nitrogen"
    )]
    Aromatic(Site),
    /// More bonds than the element can have.
    #[error(
        "atom {site} has {valence} bonds where {greatest} are possible: correct bonds or charge"
    )]
    Valence {
        /// The atom.
        site: Site,
        /// Sum of its bond orders.
        valence: u32,
        /// The greatest valence of the element with this charge.
        greatest: u32,
    },
    /// Rings that share so many atoms and bonds that the smallest of them are not looked for.
    #[error("a system of {0} fused rings is more than can be searched: this is no ligand")]
    Rings(usize),
    /// An atom of no type of AutoDock4.
    #[error(
        "atom {0} is of an element that AutoDock4 has no type for \
         (types are there for H B C N O F Mg Si P S Cl Ca Mn Fe Zn Br I): leave the molecule out"
    )]
    Element(Site),
    /// Several molecules in one record.
    #[error(
        "{0} separate molecules, as in a salt or hydrate: take the largest of them, or write them one by one"
    )]
    Fragments(usize),
    /// No positions in space.
    #[error("no coordinates in space: embed the molecule in three dimensions first")]
    NoCoordinates,
    /// A position that is not a number or that PDBQT's columns cannot hold.
    #[error(
        "atom {0} is at a place that PDBQT cannot say (not within -999.999 to 9999.999 Angstrom)"
    )]
    Position(Site),
    /// Hydrogens that are not atoms of the record.
    #[error(
        "atom {site} lacks {count} of its hydrogens: add hydrogens to the whole molecule first"
    )]
    NoHydrogens {
        /// The atom that lacks them.
        site: Site,
        /// How many it lacks.
        count: u8,
    },
    /// A hydrogen that hangs on nothing, or on more than one atom, or on another hydrogen.
    #[error("atom {0} is a hydrogen without one heavy atom to belong to")]
    LooseHydrogen(Site),
    /// An atom that Gasteiger and Marsili's method has no parameters for.
    #[error("atom {site} ({hybridisation}) has no Gasteiger parameters: no charges can be given")]
    NoChargeParameters {
        /// The atom.
        site: Site,
        /// Its hybridisation.
        hybridisation: &'static str,
    },
    /// More atoms than can be numbered in PDBQT.
    #[error("{0} atoms are more than PDBQT can number (99999)")]
    TooManyAtoms(usize),
    /// An option that names what the molecule does not have.
    #[error("{0}")]
    Option(String),
}

impl Refusal {
    /// The refusal of a part of a molecule, with the atoms numbered as in the whole: `indices` has the index there of
    /// each atom of the part.
    pub fn renumbered(mut self, indices: &[u32]) -> Refusal {
        let whole = |number: usize| match indices.get(number.wrapping_sub(1)) {
            Some(&index) => index as usize + 1,
            None => number,
        };
        match &mut self {
            Refusal::Aromatic(site)
            | Refusal::Element(site)
            | Refusal::Position(site)
            | Refusal::LooseHydrogen(site)
            | Refusal::Valence { site, .. }
            | Refusal::NoHydrogens { site, .. }
            | Refusal::NoChargeParameters { site, .. } => site.number = whole(site.number),
            _ => {}
        }
        self
    }
}

/// An atom as messages name it: its number from 1, and its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Number of the atom in its record, from 1.
    pub number: usize,
    /// Its element.
    pub element: Element,
}

impl Site {
    /// The atom with this index.
    pub fn of(graph: &Graph, atom: usize) -> Site {
        let element = graph
            .atoms
            .get(atom)
            .map_or(Element::DUMMY, |atom| atom.element);
        Site {
            number: atom + 1,
            element,
        }
    }
}

impl std::fmt::Display for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.number, self.element.symbol())
    }
}
