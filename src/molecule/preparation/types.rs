//! AutoDock4 atom types, by the rules of Meeko's default parameter set.

use crate::molecule::graph::{Element, Graph};
use crate::molecule::perception::Perception;
use crate::molecule::refusal::{Refusal, Site};

/// The AutoDock4 type of every atom; nothing for a hydrogen that is merged into its neighbour.
///
/// # Errors
/// [`Refusal::Element`] for an element without a type, [`Refusal::LooseHydrogen`].
pub fn types(graph: &Graph, perception: &Perception) -> Result<Vec<Option<&'static str>>, Refusal> {
    let mut types = Vec::with_capacity(graph.atoms.len());
    for atom in 0..graph.atoms.len() {
        types.push(type_of(atom, graph, perception)?);
    }
    Ok(types)
}

fn type_of(
    atom: usize,
    graph: &Graph,
    perception: &Perception,
) -> Result<Option<&'static str>, Refusal> {
    let element = graph.atoms[atom].element;
    let aromatic = perception.aromaticity.atoms[atom];
    let kind = match element {
        Element::H => return hydrogen(atom, graph, perception),
        Element::C if aromatic => "A",
        Element::N if donates_its_pair(atom, graph, perception) => "N",
        Element::N => "NA",
        Element::O => "OA",
        Element::S if !aromatic && perception.connections.degree(atom) == 2 => "SA",
        _ => match element.symbol() {
            symbol @ ("B" | "C" | "F" | "Mg" | "Si" | "P" | "S" | "Cl" | "Ca" | "Mn" | "Fe"
            | "Zn" | "Br" | "I") => symbol,
            _ => return Err(Refusal::Element(Site::of(graph, atom))),
        },
    };
    Ok(Some(kind))
}

/// HD on an atom that makes it polar; merged into any other.
fn hydrogen(
    atom: usize,
    graph: &Graph,
    perception: &Perception,
) -> Result<Option<&'static str>, Refusal> {
    let loose = || Err(Refusal::LooseHydrogen(Site::of(graph, atom)));
    let [link] = perception.connections.around(atom) else {
        return loose();
    };
    match graph.atoms[link.atom as usize].element {
        Element::H => loose(),
        Element::N | Element::O | Element::F | Element::P | Element::S => Ok(Some("HD")),
        _ => Ok(None),
    }
}

/// Whether a nitrogen is positive or shares its lone pair with what is beside it, and so accepts no hydrogen bond:
/// beside an aromatic atom, a carbon with a double bond, or a nitrogen with one.
fn donates_its_pair(atom: usize, graph: &Graph, perception: &Perception) -> bool {
    let shell = perception.drawing.shells[atom];
    if shell.charge == 1 {
        return true;
    }
    if shell.degree != 3 || shell.valence != 3 {
        return false;
    }
    let mut links = perception.connections.around(atom).iter();
    links.any(|link| {
        let other = link.atom as usize;
        let shell = perception.drawing.shells[other];
        let aromatic = perception.aromaticity.atoms[other];
        aromatic
            || match graph.atoms[other].element {
                Element::C => shell.degree == 3 && shell.valence == 4,
                Element::N => shell.degree == 2 && has_double_bond(other, perception),
                _ => false,
            }
    })
}

fn has_double_bond(atom: usize, perception: &Perception) -> bool {
    let mut links = perception.connections.around(atom).iter();
    links.any(|link| perception.drawing.orders[link.bond as usize] == 2)
}
