//! The f64 reference of a pose's energy and gradient: plain loops from the formulas, shared by the twins of all
//! docking kernels and by whatever is reported.
//!
//! Sources: genotype and torsion tree, Morris et al. 1998 (J Comput Chem 19:1639); terms and weights, Huey et al. 2007
//! (J Comput Chem 28:1145).

mod quantities;

use super::ad4_pairs::pair_energy;
use super::topology::Topology;
use super::trilinear::interpolate;
use glam::{DQuat, DVec3};

pub use quantities::{Genotype, Gradient, Maps, Slope, Terms};

/// kcal/mol per squared grid step that an atom lies outside the box.
pub const OUTSIDE_PENALTY: f64 = 50.0;

/// Origin, orientation and bond axis of every fragment in a pose.
pub(super) struct Frame {
    pub origin: DVec3,
    pub turn: DQuat,
    pub axis: DVec3,
}

/// The fragments' frames, parents before children.
pub(super) fn frames(topology: &Topology, genotype: &Genotype) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::with_capacity(topology.fragments.len());
    for (n, fragment) in topology.fragments.iter().enumerate() {
        frames.push(match n {
            0 => Frame {
                origin: genotype.place,
                turn: genotype.orientation.normalize(),
                axis: DVec3::ZERO,
            },
            _ => {
                let parent = &frames[fragment.parent];
                let axis = parent.turn * DVec3::from(fragment.axis);
                Frame {
                    origin: parent.origin + parent.turn * DVec3::from(fragment.origin),
                    turn: DQuat::from_axis_angle(axis.normalize(), genotype.angles[n])
                        * parent.turn,
                    axis,
                }
            }
        });
    }
    frames
}

/// Positions of all atoms in a pose, Angstrom.
pub fn coordinates(topology: &Topology, genotype: &Genotype) -> Vec<DVec3> {
    let mut positions = vec![DVec3::ZERO; topology.atoms.len()];
    for (frame, fragment) in frames(topology, genotype).iter().zip(&topology.fragments) {
        for a in fragment.atoms.clone() {
            positions[a] = frame.origin + frame.turn * DVec3::from(topology.atoms[a].local);
        }
    }
    positions
}

/// Adds the energy of one atom in the maps; returns its slope.
fn atom_affinity(maps: &Maps, position: DVec3, charge: f64, map: u32, terms: &mut Terms) -> Slope {
    let wanted = (position - maps.origin) / maps.spacing;
    let last = DVec3::from_array(maps.points.map(last_index));
    let inside = wanted.clamp(DVec3::ZERO, last);
    let beyond = wanted - inside;
    let penalty = OUTSIDE_PENALTY * beyond.length_squared();
    let push = 2.0 * OUTSIDE_PENALTY / maps.spacing * beyond;
    let mut slope = Slope::default();
    slope.add(push, push.abs());
    let mut at = |map: &[f32], factor: f64| -> f64 {
        let (value, by) = interpolate(maps, map, inside);
        slope.add(factor * by.sum, factor.abs() * by.magnitude);
        terms.magnitude += factor.abs() * value[1];
        factor * value[0]
    };
    terms.vdw_hb_desolv +=
        at(maps.affinity[map as usize], 1.0) + at(maps.desolvation, charge.abs());
    terms.elec += at(maps.electrostatic, charge);
    terms.penalty += penalty;
    terms.outside += usize::from(beyond != DVec3::ZERO);
    terms.magnitude += penalty;
    slope
}

/// Greatest grid coordinate at which all eight corners exist; rounded as the device holds it.
pub fn last_index(points: usize) -> f64 {
    f64::from((points - 1) as f32 - 1e-3)
}

/// Energy of atoms at given positions, and its slope on each of them.
pub fn energy_of_positions(
    topology: &Topology,
    maps: &Maps,
    positions: &[DVec3],
) -> (Terms, Vec<Slope>) {
    let mut terms = Terms::default();
    let mut slopes: Vec<Slope> = topology
        .atoms
        .iter()
        .zip(positions)
        .map(|(atom, &x)| atom_affinity(maps, x, atom.charge, atom.map, &mut terms))
        .collect();
    for pair in &topology.pairs {
        let [i, j] = pair.atoms;
        let d = positions[i] - positions[j];
        // As the kernels: atoms closer than 0.1 A count as 0.1 A apart.
        let r = d.length_squared().max(0.01).sqrt();
        let found = pair_energy(pair, r);
        terms.intra += found.energy[0];
        terms.intra_magnitude += found.energy[1];
        let [slope, magnitude] = [found.slope[0] / r * d, found.slope[1] / r * d.abs()];
        slopes[i].add(slope, magnitude);
        slopes[j].add(-slope, magnitude);
    }
    terms.magnitude += terms.intra_magnitude;
    (terms, slopes)
}

/// Energy and gradient of a pose.
pub fn energy_and_gradient(
    topology: &Topology,
    maps: &Maps,
    genotype: &Genotype,
) -> (Terms, Gradient) {
    let positions = coordinates(topology, genotype);
    let (terms, slopes) = energy_of_positions(topology, maps, &positions);
    (terms, pull_back(topology, genotype, &positions, &slopes))
}

/// Gradient of the genotype from the slopes on atoms: each torsion feels the torque of all atoms it moves.
pub fn pull_back(
    topology: &Topology,
    genotype: &Genotype,
    positions: &[DVec3],
    slopes: &[Slope],
) -> Gradient {
    let frames = frames(topology, genotype);
    let moved = |n: usize| -> Vec<usize> {
        (0..topology.fragments.len())
            .filter(|&m| is_below(topology, m, n))
            .flat_map(|m| topology.fragments[m].atoms.clone())
            .collect()
    };
    let torque = |atoms: &[usize], origin: DVec3| -> DVec3 {
        atoms
            .iter()
            .map(|&a| (positions[a] - origin).cross(slopes[a].sum))
            .sum()
    };
    let all = moved(0);
    let angles = (0..frames.len()).map(|n| match n {
        0 => 0.0,
        _ => torque(&moved(n), frames[n].origin).dot(frames[n].axis),
    });
    Gradient {
        place: slopes.iter().map(|slope| slope.sum).sum(),
        turn: torque(&all, genotype.place),
        angles: angles.collect(),
    }
}

/// Whether fragment m is n or hangs on it.
pub(super) fn is_below(topology: &Topology, mut m: usize, n: usize) -> bool {
    while m > n {
        m = topology.fragments[m].parent;
    }
    m == n
}

#[cfg(test)]
#[path = "pose_energy_tests.rs"]
mod tests;
