//! The bonds of a drawing as numbers: orders that can be counted with, valences, missing hydrogens.

use super::connections::Connections;
use super::electrons::Shell;
use crate::molecule::graph::{Graph, Order, implied_hydrogens, valences};
use crate::molecule::refusal::{Refusal, Site};

/// Orders of all bonds and shells of all atoms.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Order of each bond: 1, 2 or 3; 0 for a dative bond.
    pub orders: Vec<u8>,
    /// Neighbours, valence, charge and radicals of each atom.
    pub shells: Vec<Shell>,
}

impl Drawing {
    /// Reads orders and charges. Customs such as five-valent nitrogen in nitro groups are for readers to undo.
    ///
    /// # Errors
    /// [`Refusal::Aromatic`] where a bond is drawn as aromatic, which says no order; [`Refusal::Valence`].
    pub fn of(graph: &Graph, connections: &Connections) -> Result<Drawing, Refusal> {
        let mut orders = Vec::with_capacity(graph.bonds.len());
        for bond in &graph.bonds {
            orders.push(match bond.order {
                Order::Single => 1,
                Order::Double => 2,
                Order::Triple => 3,
                Order::Dative => 0,
                Order::Aromatic => return Err(Refusal::Aromatic(Site::of(graph, bond.a))),
            });
        }
        let drawing = Drawing {
            orders,
            shells: shells(graph, connections),
        };
        drawing.check(graph)?;
        Ok(drawing)
    }

    /// Refuses an atom with more bonds than its element has with its charge.
    fn check(&self, graph: &Graph) -> Result<(), Refusal> {
        for (index, atom) in graph.atoms.iter().enumerate() {
            let valence = self.shells[index].valence.unsigned_abs();
            let greatest = valences(atom.element, atom.charge).last();
            if let Some(&greatest) = greatest.filter(|&&greatest| valence > greatest) {
                return Err(Refusal::Valence {
                    site: Site::of(graph, index),
                    valence,
                    greatest,
                });
            }
        }
        Ok(())
    }

    /// Hydrogens that the atom lacks: said or implied by the record, or wanted by its valence.
    pub fn lacking(&self, graph: &Graph, index: usize) -> u8 {
        let atom = &graph.atoms[index];
        let bonds = self.shells[index].valence.unsigned_abs();
        let wanted = implied_hydrogens(atom.element, atom.charge, atom.radicals, bonds);
        wanted.max(atom.implicit_hydrogens)
    }
}

fn shells(graph: &Graph, connections: &Connections) -> Vec<Shell> {
    let mut shells = Vec::with_capacity(graph.atoms.len());
    for (index, atom) in graph.atoms.iter().enumerate() {
        let mut valence = 0;
        for link in connections.around(index) {
            let bond = &graph.bonds[link.bond as usize];
            valence += match bond.order {
                Order::Single | Order::Aromatic => 1,
                Order::Double => 2,
                Order::Triple => 3,
                // The donor is the atom named first.
                Order::Dative => i32::from(bond.b == index),
            };
        }
        shells.push(Shell {
            degree: connections.degree(index) as i32,
            valence,
            charge: atom.charge.into(),
            radicals: atom.radicals.into(),
        });
    }
    shells
}
