//! One atom of SMILES: its symbol alone where that says all, else with everything in brackets.

use super::is_implied;
use crate::molecule::graph::{Element, Graph};
use crate::molecule::perception::Perception;

/// Writes the text of an atom.
pub(super) fn push(index: usize, graph: &Graph, perception: &Perception, text: &mut String) {
    let atom = &graph.atoms[index];
    let hydrogens = hydrogens(index, graph, perception);
    let bare = atom.isotope.is_none()
        && atom.charge == 0
        && atom.radicals == 0
        && implied(index, graph, perception, hydrogens) == Some(hydrogens);
    if bare {
        push_symbol(index, graph, perception, text);
        return;
    }
    text.push('[');
    if let Some(isotope) = atom.isotope {
        text.push_str(&isotope.to_string());
    }
    push_symbol(index, graph, perception, text);
    push_counted("H", hydrogens, text);
    push_counted("+", atom.charge.max(0).into(), text);
    push_counted("-", (-i32::from(atom.charge)).max(0), text);
    text.push(']');
}

fn push_symbol(index: usize, graph: &Graph, perception: &Perception, text: &mut String) {
    let symbol = graph.atoms[index].element.symbol();
    match perception.aromaticity.atoms[index] {
        true => text.extend(symbol.chars().map(|letter| letter.to_ascii_lowercase())),
        false => text.push_str(symbol),
    }
}

/// A letter or sign with its count: nothing for none, no number for one.
fn push_counted(sign: &str, count: i32, text: &mut String) {
    if count > 0 {
        text.push_str(sign);
    }
    if count > 1 {
        text.push_str(&count.to_string());
    }
}

/// Hydrogens that are written as part of the atom.
fn hydrogens(index: usize, graph: &Graph, perception: &Perception) -> i32 {
    let links = perception.connections.around(index).iter();
    let bonded = links.filter(|link| is_implied(link.atom as usize, graph, perception));
    bonded.count() as i32 + i32::from(graph.atoms[index].implicit_hydrogens)
}

/// Hydrogens that a reader gives to the bare symbol; nothing for elements that need brackets.
fn implied(index: usize, graph: &Graph, perception: &Perception, hydrogens: i32) -> Option<i32> {
    let valences: &[i32] = match graph.atoms[index].element {
        Element::B => &[3],
        Element::C => &[4],
        Element::N => &[3, 5],
        Element::O => &[2],
        Element::P => &[3, 5],
        Element::S => &[2, 4, 6],
        Element::F | Element::CL | Element::BR | Element::I => &[1],
        _ => return None,
    };
    let shell = perception.drawing.shells[index];
    let attached = hydrogens - i32::from(graph.atoms[index].implicit_hydrogens);
    if perception.aromaticity.atoms[index] {
        // Readers give an aromatic carbon with two neighbours a hydrogen, and nothing to any other aromatic atom.
        let carbon = graph.atoms[index].element == Element::C;
        return Some(i32::from(carbon && shell.degree - attached == 2));
    }
    let bonds = shell.valence - attached;
    let valence = valences.iter().find(|&&valence| valence >= bonds);
    Some(valence.map_or(0, |valence| valence - bonds))
}
