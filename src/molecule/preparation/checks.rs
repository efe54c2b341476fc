//! What a molecule must have before it can be prepared.

use crate::molecule::graph::{Coordinates, Graph};
use crate::molecule::perception::Perception;
use crate::molecule::refusal::{Refusal, Site};

/// The most atoms that serial numbers of five columns can tell apart.
const MOST_ATOMS: usize = 99_999;

/// Refuses what PDBQT cannot hold.
pub(super) fn check(graph: &Graph) -> Result<(), Refusal> {
    match graph.atoms.len() {
        0 => return Err(Refusal::NoAtoms),
        atoms if atoms > MOST_ATOMS => return Err(Refusal::TooManyAtoms(atoms)),
        _ => {}
    }
    if graph.coordinates != Coordinates::Space {
        return Err(Refusal::NoCoordinates);
    }
    for (index, atom) in graph.atoms.iter().enumerate() {
        // Eight columns hold three decimals and four digits, or three and a sign.
        let fits = |value: f64| value > -999.9995 && value < 9999.9995;
        if !atom.position.to_array().into_iter().all(fits) {
            return Err(Refusal::Position(Site::of(graph, index)));
        }
    }
    Ok(())
}

/// Refuses a molecule without all of its hydrogens.
pub(super) fn check_hydrogens(graph: &Graph, perception: &Perception) -> Result<(), Refusal> {
    for atom in 0..graph.atoms.len() {
        let count = perception.drawing.lacking(graph, atom);
        if count > 0 {
            let site = Site::of(graph, atom);
            return Err(Refusal::NoHydrogens { site, count });
        }
    }
    Ok(())
}
