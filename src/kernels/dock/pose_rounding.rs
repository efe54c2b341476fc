//! What rounding is likely to do to a pose's energy and gradient: the noise in the twins of local searches.
//!
//! Two things blur a kernel's result; `pose_tolerance` has their worst case. Each sum is off by roundings of the
//! magnitudes added. And positions are off, which steep terms make much of: each coordinate by its own rounding, each
//! fragment with all that hangs on it by that of its rotation. So the reference is evaluated at positions moved at
//! random by such roundings, with levers moved by others, and the largest change of each value counts as magnitude, too.

use super::ad4_pairs::VDW_CUTOFF;
use super::pose_energy::{Genotype, Maps, Slope, coordinates, last_index};
use super::pose_energy::{energy_of_positions, frames, is_below, pull_back};
use super::synthetic::Draws;
use super::topology::Topology;
use crate::twin::Value;
use glam::DVec3;

/// Moved copies of a pose that are evaluated.
const MOVED: u32 = 8;
/// One rounding of a 24-bit significand.
const ROUNDING: f64 = 1.0 / 16_777_216.0;

/// inter, intra, and the gradient: translation 3, rotation 3, torsions; with magnitudes as the module says.
pub fn energy_values(topology: &Topology, maps: &Maps, genotype: &Genotype) -> Vec<Value> {
    let positions = coordinates(topology, genotype);
    let (mut values, slopes) = row(topology, maps, genotype, &positions, &positions);
    let lever = lever_magnitudes(topology, genotype, &positions, &slopes);
    for (value, added) in values[2..].iter_mut().zip(lever) {
        value[1] = added;
    }
    let mut draws = Draws::new(0, 0x5eed);
    let mut largest = vec![0.0_f64; values.len()];
    for _ in 0..MOVED {
        let mut moved = || moved(topology, genotype, &positions, maps.origin, &mut draws);
        let (changed, _) = row(topology, maps, genotype, &moved(), &moved());
        for (k, value) in changed.iter().enumerate() {
            largest[k] = largest[k].max((value[0] - values[k][0]).abs());
        }
    }
    for (value, change) in values.iter_mut().zip(largest) {
        value[1] += change / ROUNDING;
    }
    values
}

/// The values at given positions, the gradient by these levers; magnitudes of the energies only.
fn row(
    topology: &Topology,
    maps: &Maps,
    genotype: &Genotype,
    positions: &[DVec3],
    levers: &[DVec3],
) -> (Vec<Value>, Vec<Slope>) {
    let (terms, slopes) = energy_of_positions(topology, maps, positions);
    let gradient = pull_back(topology, genotype, levers, &slopes);
    let inter = [terms.inter(), terms.magnitude - terms.intra_magnitude];
    let mut values = vec![inter, [terms.intra, terms.intra_magnitude]];
    values.extend(gradient.numbers().map(|v| [v, 0.0]));
    (values, slopes)
}

/// Every fragment turned by a rounding, then every coordinate moved by one of the largest number met on its way.
fn moved(
    topology: &Topology,
    genotype: &Genotype,
    positions: &[DVec3],
    origin: DVec3,
    draws: &mut Draws,
) -> Vec<DVec3> {
    let mut signs = || DVec3::from_array([0.5; 3].map(|half: f64| (draws.unit() - half).signum()));
    let mut moved = positions.to_vec();
    for (n, frame) in frames(topology, genotype).iter().enumerate() {
        let turn = 2.0 * ROUNDING * signs();
        for (m, fragment) in topology.fragments.iter().enumerate() {
            if is_below(topology, m, n) {
                for a in fragment.atoms.clone() {
                    moved[a] += turn.cross(positions[a] - frame.origin);
                }
            }
        }
    }
    for x in &mut moved {
        let size = x.abs() + (*x - genotype.place).abs() + (*x - origin).abs();
        *x += ROUNDING * size * signs();
    }
    moved
}

/// What is added up for each number of the gradient, without signs: slopes, and slopes times levers along the tree.
fn lever_magnitudes(
    topology: &Topology,
    genotype: &Genotype,
    positions: &[DVec3],
    slopes: &[Slope],
) -> Vec<f64> {
    let frames = frames(topology, genotype);
    let torque = |n: usize| -> DVec3 {
        let mut sum = DVec3::ZERO;
        for (m, fragment) in topology.fragments.iter().enumerate() {
            if is_below(topology, m, n) {
                for a in fragment.atoms.clone() {
                    let lever = (positions[a] - frames[n].origin).abs();
                    let s = slopes[a].magnitude;
                    sum += DVec3::new(
                        lever.y * s.z + lever.z * s.y,
                        lever.z * s.x + lever.x * s.z,
                        lever.x * s.y + lever.y * s.x,
                    );
                }
            }
        }
        sum
    };
    let place: DVec3 = slopes.iter().map(|slope| slope.magnitude).sum();
    let angles = (1..frames.len()).map(|n| torque(n).dot(frames[n].axis.abs()));
    let moves = [place, torque(0)];
    let moves = moves.iter().flat_map(|v| v.to_array());
    moves.chain(angles).collect()
}

/// Whether an atom is so near to a step or kink (a cell's face, the box's, the cut-off) that rounding may change sides.
pub fn is_on_edge(topology: &Topology, maps: &Maps, genotype: &Genotype) -> bool {
    const NEAR: f64 = 2e-4;
    let positions = coordinates(topology, genotype);
    let last = maps.points.map(last_index);
    let on_face = |position: &DVec3| {
        let at = ((*position - maps.origin) / maps.spacing).to_array();
        at.iter().zip(last).any(|(&x, last)| {
            let within = x > -NEAR && x < last + NEAR;
            within && ((x - x.round()).abs() < NEAR || (x - last).abs() < NEAR)
        })
    };
    let on_cut_off = topology.pairs.iter().any(|pair| {
        let [i, j] = pair.atoms;
        (positions[i].distance(positions[j]) - VDW_CUTOFF).abs() < NEAR
    });
    on_cut_off || positions.iter().any(on_face)
}
