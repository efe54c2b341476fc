//! Partial charges by partial equalisation of orbital electronegativity (Gasteiger and Marsili).

use super::charge_parameters::{Electronegativity, parameters};
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use crate::molecule::refusal::{Refusal, Site};

/// Rounds of equalisation, each with half the effect of the one before.
const ROUNDS: usize = 12;

/// Charges of all atoms, hydrogens included, in elementary charges; their sum is the formal charge.
///
/// # Errors
/// [`Refusal::NoChargeParameters`] for an atom that the method does not know.
pub fn charges(graph: &Graph, perception: &Perception) -> Result<Vec<f64>, Refusal> {
    let atoms = graph.atoms.len();
    let mut curves = Vec::with_capacity(atoms);
    for atom in 0..atoms {
        curves.push(curve(atom, graph, perception)?);
    }
    let mut charges = spread_formal_charges(graph, perception);
    let flows = flows(graph, &curves);
    let mut energies = vec![0.0; atoms];
    let mut damping = 1.0;
    for _ in 0..ROUNDS {
        damping *= 0.5;
        for (energy, (curve, &q)) in energies.iter_mut().zip(curves.iter().zip(&charges)) {
            *energy = curve.a + q * (curve.b + q * curve.c);
        }
        for flow in &flows {
            let difference = energies[flow.b] - energies[flow.a];
            let scale = if difference >= 0.0 {
                flow.from_a
            } else {
                flow.from_b
            };
            let moved = damping * difference * scale;
            charges[flow.a] += moved;
            charges[flow.b] -= moved;
        }
    }
    Ok(charges)
}

/// A bond that charge flows along: its atoms, and the inverse electronegativities of their cations.
struct Flow {
    a: usize,
    b: usize,
    from_a: f64,
    from_b: f64,
}

fn flows(graph: &Graph, curves: &[Electronegativity]) -> Vec<Flow> {
    let inverse = |atom: usize| 1.0 / curves[atom].of_cation(graph.atoms[atom].element);
    let mut flows = Vec::with_capacity(graph.bonds.len());
    for bond in &graph.bonds {
        flows.push(Flow {
            a: bond.a,
            b: bond.b,
            from_a: inverse(bond.a),
            from_b: inverse(bond.b),
        });
    }
    flows
}

/// Parameters of an atom; an ion without bonds keeps its charge and needs none.
fn curve(
    atom: usize,
    graph: &Graph,
    perception: &Perception,
) -> Result<Electronegativity, Refusal> {
    if perception.connections.degree(atom) == 0 {
        return Ok(Electronegativity::default());
    }
    parameters(atom, graph, perception).ok_or_else(|| Refusal::NoChargeParameters {
        site: Site::of(graph, atom),
        hybridisation: perception.hybridisation[atom].name(),
    })
}

/// Formal charges, shared among atoms of one element that a conjugated atom lies between (carboxylate, amidinium).
fn spread_formal_charges(graph: &Graph, perception: &Perception) -> Vec<f64> {
    let shells = &perception.drawing.shells;
    let mut spread = vec![0.0; graph.atoms.len()];
    let mut sharing = Vec::new();
    for atom in 0..graph.atoms.len() {
        if shells[atom].charge == 0 || spread[atom] != 0.0 {
            continue;
        }
        sharing.clear();
        sharing.push(atom);
        add_partners(atom, graph, perception, &mut sharing);
        let sum: i32 = sharing.iter().map(|&atom| shells[atom].charge).sum();
        for &atom in &sharing {
            spread[atom] = f64::from(sum) / sharing.len() as f64;
        }
    }
    spread
}

/// Adds the atoms of the same element that are two conjugated bonds away.
fn add_partners(atom: usize, graph: &Graph, perception: &Perception, sharing: &mut Vec<usize>) {
    let conjugated = |bond: u32| perception.conjugated[bond as usize];
    for link in perception.connections.around(atom) {
        if !conjugated(link.bond) {
            continue;
        }
        for next in perception.connections.around(link.atom as usize) {
            let other = next.atom as usize;
            let same = graph.atoms[other].element == graph.atoms[atom].element;
            if same && other != atom && conjugated(next.bond) {
                sharing.push(other);
            }
        }
    }
}
