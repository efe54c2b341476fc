//! tmp
use crate::molecule::symmetry::Symmetry;
use glam::DVec3;
/// tmp
pub fn cluster(c: &[&[DVec3]], _s: &Symmetry, _t: f64) -> Vec<usize> {
    vec![1; c.len()]
}
/// tmp
pub fn rmsd(_s: &Symmetry, a: &[DVec3], b: &[DVec3]) -> f64 {
    (a.iter()
        .zip(b)
        .map(|(x, y)| x.distance_squared(*y))
        .sum::<f64>()
        / a.len() as f64)
        .sqrt()
}
