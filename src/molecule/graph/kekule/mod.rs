//! Aromatic bonds as drawn become alternating single and double ones (a Kekulé form).
//!
//! Which atoms need a double bond follows from their valence; a matching of those atoms is the form.

mod matching;

use super::valence::{bond_sums, valences};
use super::{Atom, Element, Flaw, Graph, Order};
use matching::Matching;

/// What a record with aromatic bonds leaves unsaid of its atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// Nothing: all hydrogens and charges are there, listed or counted.
    Nothing,
    /// Hydrogens: a nitrogen with room for a double bond may be a pyrrole's instead.
    Hydrogens,
    /// Charges: an atom that is full may take a double bond and be positive, as in pyridinium. It is made so.
    Charges,
}

/// Whether an atom of an aromatic bond takes part in a double bond.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    /// It has no room for one.
    None,
    /// It can, where others find no partner without it.
    Optional,
    /// It has room and must have one.
    Must,
}

/// Replaces all aromatic bonds by single and double ones.
///
/// # Errors
/// A [`Flaw`] at an atom for which no form leaves a double bond.
pub fn kekulize(graph: &mut Graph, unsaid: Unsaid) -> Result<(), Flaw> {
    let aromatic: Vec<usize> = (0..graph.bonds.len())
        .filter(|bond| graph.bonds[*bond].order == Order::Aromatic)
        .collect();
    if aromatic.is_empty() {
        return Ok(());
    }
    let needs = needs(graph, &aromatic, unsaid);
    let neighbours = candidates(graph, &aromatic, &needs);
    let mut matching = Matching::new(&neighbours);
    for atom in (0..needs.len()).filter(|atom| needs[*atom] == Need::Must) {
        let covered = matching.cover(atom, |other| needs[other] == Need::Must)
            || matching.cover(atom, |_| true);
        if !covered {
            return Err(unmatched(graph, atom));
        }
    }
    for index in aromatic {
        let bond = &mut graph.bonds[index];
        bond.order = match matching.partner(bond.a) == Some(bond.b) {
            true => Order::Double,
            false => Order::Single,
        };
    }
    let charged = |atom: &usize| needs[*atom] == Need::Optional && unsaid == Unsaid::Charges;
    for atom in (0..needs.len()).filter(charged) {
        graph.atoms[atom].charge += i8::from(matching.partner(atom).is_some());
    }
    Ok(())
}

/// For each atom those that an aromatic bond leads to and that a double bond may go to.
fn candidates(graph: &Graph, aromatic: &[usize], needs: &[Need]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); graph.atoms.len()];
    for bond in aromatic.iter().map(|bond| &graph.bonds[*bond]) {
        if needs[bond.a] != Need::None && needs[bond.b] != Need::None {
            neighbours[bond.a].push(bond.b);
            neighbours[bond.b].push(bond.a);
        }
    }
    neighbours
}

fn needs(graph: &Graph, aromatic: &[usize], unsaid: Unsaid) -> Vec<Need> {
    let mut in_aromatic = vec![0_u32; graph.atoms.len()];
    for bond in aromatic.iter().map(|bond| &graph.bonds[*bond]) {
        in_aromatic[bond.a] += 1;
        in_aromatic[bond.b] += 1;
    }
    let sums = bond_sums(graph);
    let need = |(index, atom): (usize, &Atom)| {
        // Each aromatic bond counts one here: the double bond is what is asked for.
        let used = (sums[index] - 0.5 * f64::from(in_aromatic[index])) as u32
            + u32::from(atom.implicit_hydrogens)
            + u32::from(atom.radicals);
        let neutral_nitrogen = atom.element == Element::N && atom.charge == 0;
        match has_room(valences(atom.element, atom.charge), used) {
            _ if in_aromatic[index] == 0 => Need::None,
            true if unsaid == Unsaid::Hydrogens && neutral_nitrogen => Need::Optional,
            true => Need::Must,
            false if unsaid == Unsaid::Charges && may_be_positive(atom, used) => Need::Optional,
            false => Need::None,
        }
    };
    graph.atoms.iter().enumerate().map(need).collect()
}

/// Whether a neutral atom with so many bonds would, with one more, be a common cation.
fn may_be_positive(atom: &Atom, used: u32) -> bool {
    let full = matches!(
        (atom.element, used),
        (Element::N, 3) | (Element::O | Element::S, 2)
    );
    atom.charge == 0 && full
}

/// Whether one more bond order leads to a valence, or towards the lowest: sulphur with two bonds is content.
fn has_room(valences: &[u32], used: u32) -> bool {
    valences.first().is_some_and(|lowest| used < *lowest) || valences.contains(&(used + 1))
}

fn unmatched(graph: &Graph, atom: usize) -> Flaw {
    let symbol = graph.atoms[atom].element.symbol();
    Flaw {
        atom,
        what: format!(
            "the aromatic bonds cannot be given alternating single and double bonds: {symbol} finds no partner; \
             a hydrogen or a charge in its ring may be missing (pyrrole's nitrogen is [nH] in SMILES)"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::molecule;
    use super::*;

    /// Number of double bonds of a ring of these elements, all bonds aromatic.
    fn ring(elements: &str, hydrogens: &[u8], unsaid: Unsaid) -> Result<usize, Flaw> {
        let count = elements.len();
        let bonds: Vec<_> = (0..count).map(|i| (i, (i + 1) % count, 4)).collect();
        let mut graph = molecule(elements, &bonds);
        for (atom, hydrogens) in graph.atoms.iter_mut().zip(hydrogens) {
            atom.implicit_hydrogens = *hydrogens;
        }
        kekulize(&mut graph, unsaid)?;
        Ok(graph
            .bonds
            .iter()
            .filter(|b| b.order == Order::Double)
            .count())
    }

    #[test]
    fn rings_get_their_double_bonds() {
        assert_eq!(ring("CCCCCC", &[1; 6], Unsaid::Nothing), Ok(3));
        assert_eq!(ring("NCCCCC", &[0, 1, 1, 1, 1, 1], Unsaid::Nothing), Ok(3));
        assert_eq!(ring("NCCCC", &[1; 5], Unsaid::Nothing), Ok(2));
        assert_eq!(ring("OCCCC", &[0, 1, 1, 1, 1], Unsaid::Nothing), Ok(2));
        assert_eq!(ring("SCCCC", &[0, 1, 1, 1, 1], Unsaid::Nothing), Ok(2));
    }

    #[test]
    fn a_pyrrole_without_its_hydrogen_is_told() {
        let flaw = ring("NCCCC", &[0, 1, 1, 1, 1], Unsaid::Nothing).unwrap_err();
        assert!(flaw.what.contains("[nH]"), "{}", flaw.what);
        assert_eq!(ring("NCCCC", &[0; 5], Unsaid::Hydrogens), Ok(2));
    }

    #[test]
    fn pyridinium_without_its_charge_gets_it() {
        let hydrogens = [1; 6];
        assert!(ring("NCCCCC", &hydrogens, Unsaid::Nothing).is_err());
        assert_eq!(ring("NCCCCC", &hydrogens, Unsaid::Charges), Ok(3));
    }
}
