//! What each ring atom gives to an aromatic system: no electron, one, two, or no place in one.

use super::Drawn;
use super::electrons::more_electronegative;
use crate::molecule::graph::{Element, valences};

/// The heaviest element that can be aromatic, but for selenium and tellurium.
const HEAVIEST: u8 = 18;

/// Electrons that each atom gives to an aromatic ring; nothing where it cannot be in one.
pub(super) fn donors(drawn: &Drawn) -> Vec<Option<u8>> {
    let atoms = drawn.graph.atoms.len();
    let mut donors = vec![None; atoms];
    for (atom, donor) in donors.iter_mut().enumerate() {
        if drawn.rings.rings_of_atom[atom] > 0 && may_be_aromatic(drawn, atom) {
            *donor = given(drawn, atom);
        }
    }
    donors
}

fn may_be_aromatic(drawn: &Drawn, atom: usize) -> bool {
    let element = drawn.graph.atoms[atom].element;
    let shell = drawn.drawing.shells[atom];
    let light = element.number() <= HEAVIEST || matches!(element.number(), 34 | 52);
    let charge = drawn.graph.atoms[atom].charge;
    let default = valences(element, charge).first();
    let saturated = default.is_some_and(|&valence| shell.valence > valence as i32);
    let radical = shell.radicals > 0 && (element != Element::C || shell.charge != 0);
    let mut multiple = 0;
    for link in drawn.connections.around(atom) {
        multiple += u32::from(drawn.drawing.orders[link.bond as usize] > 1);
    }
    light && !saturated && !radical && multiple <= 1
}

/// Electrons given by an atom that may be aromatic, by its pi electrons and its multiple bond.
fn given(drawn: &Drawn, atom: usize) -> Option<u8> {
    let element = drawn.graph.atoms[atom].element;
    let shell = drawn.drawing.shells[atom];
    let electrons = shell.pi_electrons(element);
    let multiple = MultipleBond::of(drawn, atom);
    let drawn_away = multiple == MultipleBond::ToMoreElectronegative;
    let exocyclic = drawn_away || multiple == MultipleBond::Exocyclic;
    match electrons {
        ..0 => None,
        0 if exocyclic => Some(0),
        0 => (multiple == MultipleBond::InRing).then_some(1),
        1 if drawn_away => Some(0),
        1 if multiple != MultipleBond::None => Some(1),
        1 => (shell.charge == 1).then_some(0),
        _ => Some(2 - ((electrons - i32::from(drawn_away)) % 2) as u8),
    }
}

/// The one multiple bond of an atom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MultipleBond {
    None,
    InRing,
    Exocyclic,
    /// Out of the ring, to an atom that draws electrons more strongly.
    ToMoreElectronegative,
}

impl MultipleBond {
    fn of(drawn: &Drawn, atom: usize) -> MultipleBond {
        let mut links = drawn.connections.around(atom).iter();
        let Some(link) = links.find(|link| drawn.drawing.orders[link.bond as usize] > 1) else {
            return MultipleBond::None;
        };
        let element = |atom: usize| drawn.graph.atoms[atom].element;
        if drawn.rings.bond_in_ring[link.bond as usize] {
            MultipleBond::InRing
        } else if more_electronegative(element(link.atom as usize), element(atom)) {
            MultipleBond::ToMoreElectronegative
        } else {
            MultipleBond::Exocyclic
        }
    }
}
