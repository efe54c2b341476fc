//! How many bonds an atom may have, and the hydrogens that follow from it.
//!
//! A charged atom has the valences of its isoelectronic neutral element, as in RDKit's and MDL's models: N+ those
//! of carbon, O- those of fluorine. Elements without entry (metals) have no limit and no implied hydrogens.

use super::{Element, Flaw, Graph, Order};

/// Valences of the element with this atomic number, ascending; empty where there is no rule.
fn of_number(number: i16) -> &'static [u32] {
    match number {
        1 | 9 => &[1],
        2 | 10 | 18 | 36 => &[0],
        5 => &[3],
        6 | 32 => &[4],
        7 => &[3],
        8 => &[2],
        14 => &[4, 6],
        15 | 33 | 51 => &[3, 5, 7],
        16 | 34 | 52 => &[2, 4, 6],
        17 | 35 | 53 => &[1, 3, 5, 7],
        _ => &[],
    }
}

/// Valences that an atom of this element and charge may have, ascending; empty where there is no rule.
pub fn valences(element: Element, charge: i8) -> &'static [u32] {
    let number = i16::from(element.number());
    match (of_number(number), number - i16::from(charge)) {
        ([], _) => &[],
        // A bare proton.
        (_, 0) => &[0],
        (_, alike) => of_number(alike),
    }
}

/// Sum of bond orders at each atom; aromatic bonds count one and a half, dative ones nothing at their donor
/// (their first atom) and one at the other end.
pub fn bond_sums(graph: &Graph) -> Vec<f64> {
    let mut sums = vec![0.0; graph.atoms.len()];
    for bond in &graph.bonds {
        let (first, second) = match bond.order {
            Order::Single => (1.0, 1.0),
            Order::Double => (2.0, 2.0),
            Order::Triple => (3.0, 3.0),
            Order::Aromatic => (1.5, 1.5),
            Order::Dative => (0.0, 1.0),
        };
        sums[bond.a] += first;
        sums[bond.b] += second;
    }
    sums
}

/// Hydrogens that fill an atom up to its smallest valence, given the orders of its bonds and its unpaired electrons.
pub fn implied_hydrogens(element: Element, charge: i8, radicals: u8, bonds: u32) -> u8 {
    let used = bonds + u32::from(radicals);
    let room = valences(element, charge).iter().find(|v| **v >= used);
    room.map_or(0, |valence| (valence - used) as u8)
}

/// Refuses an atom with more bonds than its element and charge allow. Kekulé bonds are presupposed.
///
/// # Errors
/// A [`Flaw`] at the first such atom.
pub fn check_valences(graph: &Graph) -> Result<(), Flaw> {
    let sums = bond_sums(graph);
    for (index, atom) in graph.atoms.iter().enumerate() {
        let sum = sums[index] as u32 + u32::from(atom.implicit_hydrogens);
        let most = valences(atom.element, atom.charge).last();
        if let Some(most) = most.filter(|most| sum > **most) {
            let symbol = atom.element.symbol();
            let charge = match atom.charge {
                0 => String::new(),
                charge => format!(" with charge {charge:+}"),
            };
            return Err(Flaw {
                atom: index,
                what: format!(
                    "{symbol}{charge} has bonds of order {sum} in all, more than its valence of {most}: \
                     correct its bonds or its charge"
                ),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charged_atoms_borrow_their_neighbours_valence() {
        assert_eq!(implied_hydrogens(Element::N, 1, 0, 0), 4);
        assert_eq!(implied_hydrogens(Element::O, -1, 0, 1), 0);
        assert_eq!(implied_hydrogens(Element::C, 0, 1, 0), 3);
        assert_eq!(implied_hydrogens(Element::S, 0, 0, 5), 1);
        assert_eq!(implied_hydrogens(Element::H, 1, 0, 0), 0);
        let iron = Element::from_symbol("Fe").unwrap();
        assert_eq!(implied_hydrogens(iron, 2, 0, 0), 0);
    }
}
