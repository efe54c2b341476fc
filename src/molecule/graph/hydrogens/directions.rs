//! Unit vectors of new bonds at an atom, given those it has.

use super::shape::{Geometry, Shape};
use glam::{DQuat, DVec3};
use std::f64::consts::{PI, TAU};

/// Half the angle between two bonds of a regular tetrahedron.
const HALF_TETRAHEDRAL: f64 = 0.955_316_618_124_509;
const TETRAHEDRAL: f64 = 2.0 * HALF_TETRAHEDRAL;
/// Vectors shorter than this have no direction.
const SHORTEST: f64 = 1e-6;

/// Directions for new bonds, as many as the shape has room for, the best first.
pub(super) fn directions(origin: DVec3, bonded: &[DVec3], shape: &Shape) -> Vec<DVec3> {
    let units: Vec<DVec3> = bonded
        .iter()
        .map(|place| unit(*place - origin, DVec3::X))
        .collect();
    match (units.as_slice(), shape.geometry) {
        ([], _) => around(DVec3::NEG_Z, DVec3::X, TETRAHEDRAL, PI, 3)
            .into_iter()
            .chain([DVec3::NEG_Z])
            .collect(),
        ([only], Geometry::Linear) => vec![-*only],
        ([only], geometry) => at_end(*only, bonded[0], geometry, shape),
        ([first, second], Geometry::Tetrahedral) => {
            let back = unit(-(*first + *second), across(*first));
            let square = unit(first.cross(back), across(back));
            let side = unit(first.cross(*second), square);
            let (sin, cos) = HALF_TETRAHEDRAL.sin_cos();
            vec![back * cos + side * sin, back * cos - side * sin]
        }
        (all, _) => {
            let sum: DVec3 = all.iter().sum();
            vec![unit(-sum, across(all[0]))]
        }
    }
}

/// New bonds of an atom with one neighbour, turned by what stands beyond that neighbour.
fn at_end(only: DVec3, neighbour: DVec3, geometry: Geometry, shape: &Shape) -> Vec<DVec3> {
    let beyond = shape
        .beyond
        .map(|(place, in_plane)| (place - neighbour, in_plane));
    let (towards, in_plane) = beyond.unwrap_or((across(only), false));
    // The part of it that stands square to the bond: the dihedral is counted from there.
    let flat = towards - only * towards.dot(only);
    let zero = unit(flat, across(only));
    match geometry {
        Geometry::Trigonal => around(only, zero, TAU / 3.0, 0.0, 2),
        _ if in_plane => around(only, zero, TETRAHEDRAL, 0.0, 3),
        _ => around(only, zero, TETRAHEDRAL, PI, 3),
    }
}

/// `count` directions at `angle` from `axis`, evenly turned about it, the first at dihedral `start` from `zero`.
fn around(axis: DVec3, zero: DVec3, angle: f64, start: f64, count: usize) -> Vec<DVec3> {
    let first = axis * angle.cos() + zero * angle.sin();
    let turned = |k: usize| {
        let turn = start + TAU * k as f64 / count as f64;
        DQuat::from_axis_angle(axis, turn) * first
    };
    (0..count).map(turned).collect()
}

/// `vector` at length 1; `instead` where it has no direction.
fn unit(vector: DVec3, instead: DVec3) -> DVec3 {
    match vector.length() > SHORTEST {
        true => vector.normalize(),
        false => instead,
    }
}

/// Some unit vector square to this one.
fn across(vector: DVec3) -> DVec3 {
    vector.any_orthonormal_vector()
}
