//! The f64 reference itself: gradients against differences, penalties and magnitudes.

use super::*;
use crate::kernels::dock::pose_rounding::is_on_edge;
use crate::kernels::dock::synthetic::{Draws, Recipe};
use crate::kernels::dock::synthetic_maps::OwnedMaps;

const RECIPE: Recipe = Recipe {
    atoms: 19,
    fragments: 6,
    pairs: 0.4,
    clash: false,
};

/// A pose moved along one number of the gradient.
fn moved(pose: &Genotype, number: usize, by: f64) -> Genotype {
    let mut moved = pose.clone();
    match number {
        0..3 => moved.place[number] += by,
        3..6 => {
            let turn = DQuat::from_scaled_axis(DVec3::AXES[number - 3] * by);
            moved.orientation = turn * pose.orientation;
        }
        _ => moved.angles[number - 5] += by,
    }
    moved
}

#[test]
fn the_gradient_is_the_derivative_of_the_energy() {
    for seed in 0..20 {
        let draws = &mut Draws::new(seed, 0);
        let topology = RECIPE.ligand(draws);
        let owned = OwnedMaps::sample([61, 57, 59], false, draws);
        let maps = owned.maps();
        let pose = loop {
            let pose = owned.pose(&topology, 0.2, draws);
            let (terms, _) = energy_and_gradient(&topology, &maps, &pose);
            if terms.outside == 0 && !is_on_edge(&topology, &maps, &pose) {
                break pose;
            }
        };
        let (_, gradient) = energy_and_gradient(&topology, &maps, &pose);
        let rigid = [gradient.place, gradient.turn];
        let mut analytic: Vec<f64> = rigid.iter().flat_map(|v| v.to_array()).collect();
        analytic.extend(&gradient.angles[1..]);
        let largest = analytic.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        for (number, want) in analytic.iter().enumerate() {
            let h = 1e-6;
            let [low, high] = [-h, h].map(|by| {
                let (terms, _) = energy_and_gradient(&topology, &maps, &moved(&pose, number, by));
                terms.inter() + terms.intra
            });
            let error = (want - (high - low) / (2.0 * h)).abs();
            assert!(error < 1e-6 * largest, "seed {seed}, {number}: {error}");
        }
    }
}

#[test]
fn an_atom_outside_pays_by_the_square_of_its_grid_steps() {
    let draws = &mut Draws::new(3, 0);
    let owned = OwnedMaps::sample([9, 9, 9], false, draws);
    let maps = owned.maps();
    let two_steps = maps.origin + DVec3::new(-2.0, 4.5, 4.5) * maps.spacing;
    let mut terms = Terms::default();
    let slope = atom_affinity(&maps, two_steps, 0.0, 0, &mut terms);
    assert!((terms.penalty - 4.0 * OUTSIDE_PENALTY).abs() < 1e-9);
    assert_eq!(terms.outside, 1);
    // The map's own slope is that of the face.
    let face = maps.origin + DVec3::new(1e-9, 4.5, 4.5) * maps.spacing;
    let at_face = atom_affinity(&maps, face, 0.0, 0, &mut Terms::default());
    let push = slope.sum - at_face.sum;
    assert!((push.x + 4.0 * OUTSIDE_PENALTY / maps.spacing).abs() < 1e-3);
    assert!(push.y.abs() < 1e-6 && push.z.abs() < 1e-6);
}

#[test]
fn moving_all_of_the_ligand_and_the_box_changes_nothing() {
    let draws = &mut Draws::new(5, 0);
    let topology = RECIPE.ligand(draws);
    let mut owned = OwnedMaps::sample([41, 36, 45], false, draws);
    let mut pose = owned.pose(&topology, 0.5, draws);
    let (before, _) = energy_and_gradient(&topology, &owned.maps(), &pose);
    let by = DVec3::new(8.0, -16.0, 32.0);
    owned.origin += by;
    pose.place += by;
    let (after, _) = energy_and_gradient(&topology, &owned.maps(), &pose);
    assert!((before.inter() - after.inter()).abs() < 1e-9 * before.magnitude);
    assert!((before.intra - after.intra).abs() < 1e-9 * before.magnitude);
}

#[test]
fn a_map_is_met_at_its_points_and_is_straight_between_them() {
    let owned = OwnedMaps::sample([9, 8, 7], false, &mut Draws::new(6, 0));
    let maps = owned.maps();
    let map = maps.affinity[0];
    let at = |x: usize, y: usize, z: usize| f64::from(map[x + 9 * (y + 8 * z)]);
    let ([value, _], slope) = interpolate(&maps, map, DVec3::new(3.0, 4.0, 5.0));
    assert!((value - at(3, 4, 5)).abs() < 1e-12);
    assert!((slope.sum.x * maps.spacing - (at(4, 4, 5) - at(3, 4, 5))).abs() < 1e-12);
    assert!((slope.sum.z * maps.spacing - (at(3, 4, 6) - at(3, 4, 5))).abs() < 1e-12);
    let ([middle, _], _) = interpolate(&maps, map, DVec3::new(3.0, 4.5, 5.0));
    assert!((middle - 0.5 * (at(3, 4, 5) + at(3, 5, 5))).abs() < 1e-12);
}
