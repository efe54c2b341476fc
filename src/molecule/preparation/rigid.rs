//! Bonds that shall not turn because somebody says so: by their atoms, or by a pattern.

use super::RigidPattern;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use crate::molecule::refusal::Refusal;

/// Freezes the bonds between these pairs of atoms.
///
/// # Errors
/// [`Refusal::Option`] for a pair that no bond joins.
pub(super) fn freeze(
    pairs: &[[usize; 2]],
    graph: &Graph,
    rotatable: &mut [bool],
) -> Result<(), Refusal> {
    for &[a, b] in pairs {
        let mut bonds = graph.bonds.iter();
        let found = bonds.position(|bond| [bond.a, bond.b] == [a, b] || [bond.b, bond.a] == [a, b]);
        let Some(bond) = found else {
            let (a, b) = (a.saturating_add(1), b.saturating_add(1));
            return Err(Refusal::Option(format!(
                "no bond joins atoms {a} and {b}, which shall not turn: name two bonded atoms"
            )));
        };
        rotatable[bond] = false;
    }
    Ok(())
}

/// Freezes a bond of every occurrence of a pattern.
///
/// # Errors
/// [`Refusal::Option`] for a bond that is not in the pattern, and where the pattern fits in too many ways.
pub(super) fn freeze_pattern(
    rigid: &RigidPattern,
    graph: &Graph,
    perception: &Perception,
    rotatable: &mut [bool],
) -> Result<(), Refusal> {
    let atoms = rigid.pattern.len();
    if rigid.bond.iter().any(|&place| place >= atoms) {
        return Err(Refusal::Option(format!(
            "a pattern of {atoms} atoms has no bond between its atoms {} and {}: count them from 1",
            rigid.bond[0].saturating_add(1),
            rigid.bond[1].saturating_add(1)
        )));
    }
    let Some(occurrences) = rigid.pattern.occurrences(graph, perception) else {
        return Err(Refusal::Option(
            "a pattern of rigid bonds fits in too many ways: make it more exact".to_owned(),
        ));
    };
    for atoms in occurrences {
        let [a, b] = rigid.bond.map(|place| atoms[place]);
        let mut links = perception.connections.around(a as usize).iter();
        if let Some(link) = links.find(|link| link.atom == b) {
            rotatable[link.bond as usize] = false;
        }
    }
    Ok(())
}
