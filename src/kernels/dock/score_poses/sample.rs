//! Poses to score: of ligands and in maps of many kinds, and where each term of the energy shows.

use crate::kernels::dock::ad4_pairs::VDW_CUTOFF;
use crate::kernels::dock::pose_energy::{Genotype, energy_and_gradient};
use crate::kernels::dock::pose_rounding::is_on_edge;
use crate::kernels::dock::synthetic::{Draws, Recipe};
use crate::kernels::dock::synthetic_maps::{OwnedMaps, SHARED_POINTS};
use crate::kernels::dock::topology::{NO_PAIR, Pair, Topology};

/// Poses of one ligand in one receptor's maps.
pub struct Input {
    pub(super) topology: Topology,
    pub(super) maps: OwnedMaps,
    pub(super) poses: Vec<Genotype>,
}

impl Input {
    /// So many poses; what they are to show goes by the number.
    pub(super) fn sample(size: usize, seed: u64) -> Self {
        let draws = &mut Draws::new(seed, size as u32);
        let mut topology = recipe(size).ligand(draws);
        match size {
            1 => add_far_pair(&mut topology),
            // Solvation so strong that a thousandth of its slope shows.
            63 => topology
                .pairs
                .iter_mut()
                .rev()
                .take(3)
                .for_each(|pair| pair.desolvation = 2.0),
            _ => {}
        }
        let maps = match size {
            64 => OwnedMaps::sample(SHARED_POINTS, true, draws),
            _ => OwnedMaps::shared(seed),
        };
        let poses = poses(&topology, &maps, size, draws);
        Input {
            topology,
            maps,
            poses,
        }
    }
}

/// Ligands to try, by the number of poses: without torsions or pairs, with few, with a clash, with more atoms than 32;
/// for workgroups alone, with more atoms and fragments than lanes.
fn recipe(size: usize) -> Recipe {
    let (atoms, fragments, pairs) = match size {
        0 | 1 => (5, 1, 0.0),
        63 => (16, 5, 0.2),
        64 => (22, 5, 0.1),
        65 => (37, 9, 0.9),
        100 => (132, 66, 0.2),
        _ => (64, 16, 0.7),
    };
    Recipe {
        atoms,
        fragments,
        pairs,
        clash: size == 64,
    }
}

/// Two atoms, no energies of others to hide theirs, that are a little farther apart than pairs count.
fn add_far_pair(topology: &mut Topology) {
    let [x, y, z] = topology.atoms[0].local;
    topology.atoms[4].local = [x + VDW_CUTOFF + 0.004, y, z];
    topology.pairs.push(Pair {
        atoms: [0, 4],
        repulsion: 0.1 * 4f64.powi(12),
        attraction: 0.2 * 4f64.powi(6),
        optimum: 4.0,
        hydrogen_bond: false,
        charges: 1.0,
        desolvation: 0.125,
    });
    // Pairs of no energy, too few for any to share its atom: no block of pairs stands before them.
    let nothing = (0..3).map(|i| Pair {
        atoms: [i, i + 1],
        ..NO_PAIR
    });
    topology.pairs.extend(nothing);
}

/// Poses inside the box, across its faces, and far outside; some as built, where atoms may clash; some with quaternions
/// that are not of length 1. Beside clashing atoms no small term shows: one size has none.
fn poses(topology: &Topology, maps: &OwnedMaps, size: usize, draws: &mut Draws) -> Vec<Genotype> {
    let rounded = maps.rounded();
    let mut poses = Vec::with_capacity(size);
    let mut tries = 0;
    while poses.len() < size {
        tries += 1;
        let far = [0.2, 0.5, 1.0, 2.5][poses.len() % 4];
        let mut pose = maps.pose(topology, far, draws);
        match poses.len() % 8 {
            1 => pose.angles.fill(0.0),
            2 => pose.orientation *= 0.5,
            _ => {}
        }
        let (terms, _) = energy_and_gradient(topology, &rounded.maps(), &pose);
        let clashes = size == 63 && tries % 64 > 0 && terms.intra_magnitude > 10.0;
        if !clashes && !is_on_edge(topology, &rounded.maps(), &pose) {
            poses.push(pose);
        }
    }
    poses
}
