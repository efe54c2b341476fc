//! The last digits of a pose: quasi-Newton descent (BFGS) in f64 on the exact maps, from where the search ended.
//!
//! Method: Nocedal and Wright, Numerical Optimization (2006), algorithm 6.1 with backtracking.

use crate::kernels::dock::pose_energy::{Genotype, Gradient, Maps, energy_and_gradient};
use crate::kernels::dock::topology::Topology;
use glam::{DQuat, DVec3};

/// Iterations at most; most poses end long before.
const ITERATIONS: usize = 60;
/// A gain below this, kcal/mol, ends the descent.
const LEAST_GAIN: f64 = 1e-5;
/// Longest step: Angstrom and radian.
const LONGEST_STEP: f64 = 0.3;
/// Part of the promised gain that a step must bring (Armijo's condition).
const ARMIJO: f64 = 1e-4;

/// The pose at the bottom of the well that `start` lies in.
pub fn refine(topology: &Topology, maps: &Maps, start: &Genotype) -> Genotype {
    let mut pose = start.clone();
    let (mut energy, mut slope) = evaluate(topology, maps, &pose);
    let n = slope.len();
    let mut inverse = identity(n);
    for _ in 0..ITERATIONS {
        let mut step = limited(times(&inverse, &slope).iter().map(|d| -d).collect());
        if dot(&step, &slope) >= 0.0 {
            inverse = identity(n);
            step = limited(slope.iter().map(|g| -g).collect());
        }
        let Some((next, next_energy, next_slope, taken)) =
            line_search(topology, maps, &pose, energy, &slope, &step)
        else {
            break;
        };
        let change: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        learn(&mut inverse, &taken, &change);
        let gain = energy - next_energy;
        (pose, energy, slope) = (next, next_energy, next_slope);
        if gain < LEAST_GAIN {
            break;
        }
    }
    pose
}

/// Score and its gradient: translation 3, rotation 3, torsions.
fn evaluate(topology: &Topology, maps: &Maps, pose: &Genotype) -> (f64, Vec<f64>) {
    let (
        terms,
        Gradient {
            place,
            turn,
            angles,
        },
    ) = energy_and_gradient(topology, maps, pose);
    let slope = place
        .to_array()
        .into_iter()
        .chain(turn.to_array())
        .chain(angles.into_iter().skip(1));
    (terms.inter() + terms.intra, slope.collect())
}

fn moved(pose: &Genotype, step: &[f64]) -> Genotype {
    let mut angles = pose.angles.clone();
    angles
        .iter_mut()
        .skip(1)
        .zip(&step[6..])
        .for_each(|(angle, by)| *angle += by);
    Genotype {
        place: pose.place + DVec3::from_slice(&step[..3]),
        orientation: (DQuat::from_scaled_axis(DVec3::from_slice(&step[3..6])) * pose.orientation)
            .normalize(),
        angles,
    }
}

/// Halves the step until it gains enough; the pose, its energy and slope, and the step taken.
fn line_search(
    topology: &Topology,
    maps: &Maps,
    pose: &Genotype,
    energy: f64,
    slope: &[f64],
    step: &[f64],
) -> Option<(Genotype, f64, Vec<f64>, Vec<f64>)> {
    let promised = dot(step, slope);
    (0..12).find_map(|halvings| {
        let part = 0.5f64.powi(halvings);
        let taken: Vec<f64> = step.iter().map(|d| part * d).collect();
        let next = moved(pose, &taken);
        let (next_energy, next_slope) = evaluate(topology, maps, &next);
        (next_energy <= energy + ARMIJO * part * promised).then_some((
            next,
            next_energy,
            next_slope,
            taken,
        ))
    })
}

fn limited(step: Vec<f64>) -> Vec<f64> {
    let longest = step.iter().fold(0.0f64, |most, d| most.max(d.abs()));
    let scale = if longest > LONGEST_STEP {
        LONGEST_STEP / longest
    } else {
        1.0
    };
    step.into_iter().map(|d| d * scale).collect()
}

fn identity(n: usize) -> Vec<Vec<f64>> {
    (0..n)
        .map(|i| (0..n).map(|j| if i == j { 0.01 } else { 0.0 }).collect())
        .collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn times(matrix: &[Vec<f64>], v: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, v)).collect()
}

/// The BFGS update of the inverse Hessian; skipped where the curvature along the step is not positive.
fn learn(inverse: &mut [Vec<f64>], step: &[f64], change: &[f64]) {
    let curvature = dot(step, change);
    if curvature <= 1e-12 {
        return;
    }
    let hy = times(inverse, change);
    let factor = (curvature + dot(change, &hy)) / (curvature * curvature);
    for (i, row) in inverse.iter_mut().enumerate() {
        for (j, h) in row.iter_mut().enumerate() {
            *h += factor * step[i] * step[j] - (hy[i] * step[j] + step[i] * hy[j]) / curvature;
        }
    }
}
