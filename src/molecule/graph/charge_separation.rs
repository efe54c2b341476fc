//! Groups drawn with five bonds at a nitrogen, brought into their charge-separated form: nitro, azide, N-oxide, diazo.
//!
//! Both drawings are common and mean one molecule; charges and types are defined for the separated one.

use super::valence::bond_sums;
use super::{Atom, Element, Graph, Order};

/// Gives each neutral five-valent nitrogen a positive charge and takes one order off a multiple bond of it: the
/// other end, oxygen before sulphur before nitrogen, becomes negative. What fits nothing of this stays as it is.
pub fn separate_charges(graph: &mut Graph) {
    let sums = bond_sums(graph);
    let full = |(atom, sum): (&Atom, &f64)| {
        let five = *sum as u32 + u32::from(atom.implicit_hydrogens) == 5;
        atom.element == Element::N && atom.charge == 0 && five
    };
    let centers = graph.atoms.iter().zip(&sums).map(full);
    let centers: Vec<usize> = centers.enumerate().filter(|c| c.1).map(|c| c.0).collect();
    // Few molecules have any, and gathering neighbours takes longer than all the rest.
    if centers.is_empty() {
        return;
    }
    let neighbours = graph.neighbours();
    for center in centers {
        let ends = neighbours[center].iter().filter(|(end, bond)| {
            let multiple = matches!(graph.bonds[*bond].order, Order::Double | Order::Triple);
            multiple && graph.atoms[*end].charge == 0 && neighbours[*end].len() == 1
        });
        let chosen = ends.min_by_key(|(end, _)| rank(graph.atoms[*end].element));
        if let Some(&(end, bond)) = chosen.filter(|(end, _)| rank(graph.atoms[*end].element) < 3) {
            graph.atoms[center].charge = 1;
            graph.atoms[end].charge = -1;
            graph.bonds[bond].order = match graph.bonds[bond].order {
                Order::Triple => Order::Double,
                _ => Order::Single,
            };
        }
    }
}

/// Which end takes the negative charge first; 3 stands for none.
fn rank(element: Element) -> u8 {
    match element {
        Element::O => 0,
        Element::S => 1,
        Element::N => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::molecule;
    use super::*;

    #[test]
    fn nitro_and_azide() {
        let mut nitro = molecule("CNOO", &[(0, 1, 1), (1, 2, 2), (1, 3, 2)]);
        separate_charges(&mut nitro);
        let charges: Vec<i8> = nitro.atoms.iter().map(|atom| atom.charge).collect();
        assert_eq!(charges, [0, 1, -1, 0]);
        let mut azide = molecule("CNNN", &[(0, 1, 1), (1, 2, 2), (2, 3, 3)]);
        separate_charges(&mut azide);
        assert_eq!(azide.atoms[2].charge, 1);
        assert_eq!(azide.atoms[3].charge, -1);
        assert_eq!(azide.bonds[2].order, Order::Double);
    }

    #[test]
    fn an_amine_stays() {
        let mut amine = molecule("CNC", &[(0, 1, 1), (1, 2, 1)]);
        let before = amine.clone();
        separate_charges(&mut amine);
        assert_eq!(amine, before);
    }
}
