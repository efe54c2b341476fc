//! Clusters of poses by RMSD, as AutoDock makes them: greedily around the best-scored.

use crate::molecule::symmetry::{Symmetry, rmsd};
use glam::DVec3;

/// Cluster number, from 1, of each pose; cluster 1 holds the best score.
///
/// Poses are taken from the lowest score up (equal scores in the order given); each joins the first cluster whose
/// best pose is within `tolerance` Angstrom, else founds one (Morris et al., J. Comput. Chem. 19:1639, 1998).
/// `scores` in kcal/mol; `coordinates` are all atoms of each pose, Angstrom.
pub fn cluster(
    scores: &[f64],
    coordinates: &[Vec<DVec3>],
    symmetry: &Symmetry,
    tolerance: f64,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len().min(coordinates.len())).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let mut clusters = vec![0; order.len()];
    let mut founders: Vec<usize> = Vec::new();
    for pose in order {
        let near = |&founder: &usize| {
            rmsd(symmetry, &coordinates[founder], &coordinates[pose]) <= tolerance
        };
        let cluster = founders.iter().position(near).unwrap_or_else(|| {
            founders.push(pose);
            founders.len() - 1
        });
        clusters[pose] = cluster + 1;
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdbqt::read_ligands;

    #[test]
    fn poses_join_the_first_near_founder() {
        let text =
            "ATOM      1  C   LIG     1       0.000   0.000   0.000  1.00  0.00     0.000 C\n";
        let symmetry = Symmetry::of(&read_ligands(text, "x").unwrap()[0]);
        // On a line: 1.5 is near the founder at 0, 3.0 is near 1.5 but not near the founder.
        let poses: Vec<Vec<DVec3>> = [3.0, 0.0, 1.5, 9.0].map(|x| vec![DVec3::X * x]).to_vec();
        assert_eq!(
            cluster(&[-5.0, -9.0, -7.0, -6.0], &poses, &symmetry, 2.0),
            [3, 1, 1, 2]
        );
        assert_eq!(cluster(&[], &[], &symmetry, 2.0), Vec::<usize>::new());
    }
}
