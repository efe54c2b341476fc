//! Conjugated bonds, by RDKit's model.

use super::Drawn;
use super::aromaticity::Aromaticity;
use super::electrons::outer;
use crate::molecule::graph::valences;

/// Whether each bond is conjugated: aromatic, or beside a multiple bond between atoms with pi electrons to share.
pub(super) fn conjugated(drawn: &Drawn, aromaticity: &Aromaticity) -> Vec<bool> {
    let mut conjugated = aromaticity.bonds.clone();
    let atoms = drawn.graph.atoms.len();
    let candidates: Vec<bool> = (0..atoms).map(|atom| may_conjugate(drawn, atom)).collect();
    for atom in 0..atoms {
        let degree = drawn.connections.degree(atom);
        if candidates[atom] && (2..=3).contains(&degree) {
            mark_around(atom, drawn, aromaticity, &candidates, &mut conjugated);
        }
    }
    conjugated
}

/// Marks a multiple bond of the atom together with every other bond that it can conjugate with.
fn mark_around(
    atom: usize,
    drawn: &Drawn,
    aromaticity: &Aromaticity,
    candidates: &[bool],
    conjugated: &mut [bool],
) {
    for multiple in drawn.connections.around(atom) {
        let bond = multiple.bond as usize;
        let is_multiple = aromaticity.bonds[bond] || drawn.drawing.orders[bond] > 1;
        if !is_multiple || !candidates[multiple.atom as usize] {
            continue;
        }
        for other in drawn.connections.around(atom) {
            let end = other.atom as usize;
            if other.bond != multiple.bond && candidates[end] && drawn.connections.degree(end) <= 3
            {
                conjugated[bond] = true;
                conjugated[other.bond as usize] = true;
            }
        }
    }
}

fn may_conjugate(drawn: &Drawn, atom: usize) -> bool {
    let element = drawn.graph.atoms[atom].element;
    let shell = drawn.drawing.shells[atom];
    let lowest = valences(element, 0).first();
    let hypervalent =
        shell.charge == 0 && lowest.is_some_and(|&valence| shell.valence > valence as i32);
    let heavy_donor =
        element.number() > 10 && (outer(element) == 5 || outer(element) == 6 && shell.degree >= 2);
    !hypervalent && !heavy_donor && shell.pi_electrons(element) > 0
}
