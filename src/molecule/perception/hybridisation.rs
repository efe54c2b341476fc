//! Hybridisation of atoms, from their neighbours, lone pairs and conjugated bonds, by RDKit's model.

use super::Drawn;
use super::electrons::outer;
use crate::molecule::graph::Element;

/// Arrangement of an atom's bonds and lone pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hybridisation {
    /// No bond, or one that is all: hydrogen, ions.
    #[default]
    S,
    /// Linear.
    Sp,
    /// Planar.
    Sp2,
    /// Tetrahedral.
    Sp3,
    /// Five places.
    Sp3d,
    /// Six places.
    Sp3d2,
    /// More than six places.
    Other,
}

impl Hybridisation {
    /// The customary name, such as `sp3`.
    pub fn name(self) -> &'static str {
        match self {
            Hybridisation::S => "s",
            Hybridisation::Sp => "sp",
            Hybridisation::Sp2 => "sp2",
            Hybridisation::Sp3 => "sp3",
            Hybridisation::Sp3d => "sp3d",
            Hybridisation::Sp3d2 => "sp3d2",
            Hybridisation::Other => "more than six neighbours and lone pairs",
        }
    }
}

/// Hybridisation of every atom, from neighbours and lone pairs, and conjugation for those with four of them.
pub(super) fn hybridisation(drawn: &Drawn, conjugated: &[bool]) -> Vec<Hybridisation> {
    let atoms = drawn.graph.atoms.len();
    let mut found = Vec::with_capacity(atoms);
    for atom in 0..atoms {
        let places = places(drawn, atom);
        let mut links = drawn.connections.around(atom).iter();
        let planar = places == 4
            && drawn.connections.degree(atom) <= 3
            && links.any(|link| conjugated[link.bond as usize]);
        found.push(match places {
            ..=1 => Hybridisation::S,
            2 => Hybridisation::Sp,
            3 => Hybridisation::Sp2,
            4 if planar => Hybridisation::Sp2,
            4 => Hybridisation::Sp3,
            5 => Hybridisation::Sp3d,
            6 => Hybridisation::Sp3d2,
            _ => Hybridisation::Other,
        });
    }
    found
}

/// Neighbours, lone pairs and unpaired electrons.
fn places(drawn: &Drawn, atom: usize) -> i32 {
    let element = drawn.graph.atoms[atom].element;
    let shell = drawn.drawing.shells[atom];
    if element.number() <= Element::H.number() {
        return shell.degree;
    }
    let free = outer(element) - shell.valence - shell.charge;
    let unpaired = match shell.valence + outer(element) - shell.charge < 8 {
        true => shell.radicals,
        false => 0,
    };
    shell.degree + (free - unpaired).max(0) / 2 + unpaired
}
