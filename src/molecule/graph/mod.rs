//! A molecule as chemists draw it: elements, formal charges, bonds with their orders, coordinates.
//!
//! Readers of SDF, MOL2 and SMILES make it; perception, typing and charges read it. Nothing here is AutoDock's.

mod charge_separation;
mod cycles;
mod element;
mod hydrogens;
mod kekule;
mod valence;

pub use charge_separation::separate_charges;
pub use cycles::ring_bonds;
pub use element::Element;
pub use hydrogens::add_hydrogens;
pub use kekule::{Unsaid, kekulize};
pub use valence::{bond_sums, check_valences, implied_hydrogens, valences};

use glam::DVec3;

/// A molecule with explicit bonds. Its parts may be unconnected, as in a salt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Title of the record, trimmed; empty where the record has none.
    pub name: String,
    /// All atoms, in the order of the record.
    pub atoms: Vec<Atom>,
    /// All bonds, in the order of the record; the order of an atom's neighbours follows from it.
    pub bonds: Vec<Bond>,
    /// What the coordinates are.
    pub coordinates: Coordinates,
    /// Data fields of the record, in its order: name and value.
    pub properties: Vec<(String, String)>,
}

/// One atom of a drawn molecule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Atom {
    /// Chemical element.
    pub element: Element,
    /// Position in Angstrom; zero where the record has no coordinates.
    pub position: DVec3,
    /// Formal charge in elementary charges.
    pub charge: i8,
    /// Mass number of a labelled atom.
    pub isotope: Option<u16>,
    /// Number of unpaired electrons.
    pub radicals: u8,
    /// Hydrogens that the record says or implies but does not list as atoms.
    pub implicit_hydrogens: u8,
    /// Handedness at this atom.
    pub chirality: Option<Chirality>,
    /// Name of the atom in its file (MOL2), such as `C12`; empty elsewhere.
    pub name: String,
}

/// A bond between atoms `a` and `b`, indices into [`Graph::atoms`].
#[derive(Clone, Debug, PartialEq)]
pub struct Bond {
    /// The atom named first in the record.
    pub a: usize,
    /// The atom named second.
    pub b: usize,
    /// Order as drawn.
    pub order: Order,
}

/// Order of a bond as drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// A single bond.
    Single,
    /// A double bond.
    Double,
    /// A triple bond.
    Triple,
    /// Drawn as aromatic: to be given single and double bonds before anything counts valences.
    Aromatic,
    /// A dative bond or one to a metal, which counts for no valence of its donor.
    Dative,
}

/// What a record's coordinates are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coordinates {
    /// None: SMILES, or a record with all atoms at the origin.
    #[default]
    Absent,
    /// A drawing: all z are zero.
    Drawing,
    /// Positions in space.
    Space,
}

/// Handedness of an atom: its neighbours seen from the first of them, in the order of the bonds. An implicit
/// hydrogen counts as the neighbour that precedes all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chirality {
    /// `@` of SMILES.
    Anticlockwise,
    /// `@@` of SMILES.
    Clockwise,
}

/// What is wrong with a molecule, and at which atom, so that a reader can name its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// Index into [`Graph::atoms`].
    pub atom: usize,
    /// What is wrong with it and what to do.
    pub what: String,
}

impl Graph {
    /// Neighbours of each atom with the index of the bond to them, in the order of the bonds.
    pub fn neighbours(&self) -> Vec<Vec<(usize, usize)>> {
        let mut neighbours = vec![Vec::new(); self.atoms.len()];
        for (index, bond) in self.bonds.iter().enumerate() {
            neighbours[bond.a].push((bond.b, index));
            neighbours[bond.b].push((bond.a, index));
        }
        neighbours
    }

    /// Adds a hydrogen bound to this atom.
    pub fn add_hydrogen(&mut self, parent: usize, position: DVec3) {
        let hydrogen = self.atoms.len();
        self.atoms.push(Atom {
            element: Element::H,
            position,
            ..Atom::default()
        });
        self.bonds.push(Bond {
            a: parent,
            b: hydrogen,
            order: Order::Single,
        });
    }
}

/// Larger molecules are no ligands, and to find their double bonds takes a time that grows with the square of their size.
const MOST_ATOMS: usize = 10_000;
const MOST_BONDS: usize = 2 * MOST_ATOMS;

impl Graph {
    /// Refuses a molecule that is too large to be looked at.
    ///
    /// # Errors
    /// A [`Flaw`] at the first atom, or an end of the first bond, that is one too many.
    pub fn check_size(&self) -> Result<(), Flaw> {
        let atom = MOST_ATOMS;
        if atom < self.atoms.len() {
            let what = format!("more than {MOST_ATOMS} atoms: this is no ligand");
            return Err(Flaw { atom, what });
        }
        match self.bonds.get(MOST_BONDS) {
            None => Ok(()),
            Some(bond) => Err(Flaw {
                atom: bond.a,
                what: format!("more than {MOST_BONDS} bonds: this is no ligand"),
            }),
        }
    }

    /// What the coordinates seem to be. A flat molecule in space and a drawing both have z = 0 throughout:
    /// `flat_in_space` says which of them such a molecule is.
    pub fn guess_coordinates(&self, flat_in_space: bool) -> Coordinates {
        let mut places = self.atoms.iter().map(|atom| atom.position);
        if self.atoms.len() > 1 && places.all(|place| place == DVec3::ZERO) {
            return Coordinates::Absent;
        }
        let flat = self.atoms.iter().all(|atom| atom.position.z == 0.0);
        // Two atoms are on a line in space too.
        match flat && self.atoms.len() > 2 && !flat_in_space {
            true => Coordinates::Drawing,
            false => Coordinates::Space,
        }
    }

    /// Whether the record lists any hydrogen as an atom.
    pub fn lists_hydrogens(&self) -> bool {
        self.atoms.iter().any(|atom| atom.element == Element::H)
    }
}

impl Bond {
    /// The other end of the bond, seen from `atom`.
    pub fn other(&self, atom: usize) -> usize {
        self.a + self.b - atom
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A molecule of one-letter elements and bonds (a, b, order), where order 4 is aromatic.
    pub(crate) fn molecule(elements: &str, bonds: &[(usize, usize, u8)]) -> Graph {
        let atom = |symbol: char| Atom {
            element: Element::from_symbol(&symbol.to_string()).unwrap(),
            ..Atom::default()
        };
        let order = |order| match order {
            1 => Order::Single,
            2 => Order::Double,
            3 => Order::Triple,
            _ => Order::Aromatic,
        };
        Graph {
            atoms: elements.chars().map(atom).collect(),
            bonds: (bonds.iter())
                .map(|&(a, b, drawn)| Bond {
                    a,
                    b,
                    order: order(drawn),
                })
                .collect(),
            ..Graph::default()
        }
    }
}
