//! Energy terms and gradient of given poses.

use super::ad4_pairs::VDW_CUTOFF;
use super::affinity_grid::DeviceMaps;
use super::pose_energy::{Genotype, energy_and_gradient};
use super::pose_rounding::{energy_values, is_on_edge};
use super::search_state::CAPACITIES;
use super::synthetic::{Draws, Recipe};
use super::synthetic_maps::OwnedMaps;
use super::topology::{Pair, Topology, pack};
use crate::Result;
use crate::gpu::{Gpu, Kernel};
use crate::twin::{Tolerance, Twin, Value};

/// The kernel `dock/score_poses`.
pub struct ScorePoses;

/// Poses of one ligand in one receptor's maps.
pub struct Input {
    topology: Topology,
    maps: OwnedMaps,
    poses: Vec<Genotype>,
}

/// Numbers of a pose as the device holds them: translation 3, quaternion 4, torsions.
pub fn genes(pose: &Genotype) -> Vec<f32> {
    let turn = pose.orientation.to_array();
    let rigid = pose.place.to_array().into_iter().chain(turn);
    let all = rigid.chain(pose.angles[1..].iter().copied());
    all.map(|v| v as f32).collect()
}

/// Ligands to try, by the number of poses: without torsions or pairs, with few, with a clash, with more atoms than 32.
fn recipe(size: usize) -> Recipe {
    let (atoms, fragments, pairs) = match size {
        0 | 1 => (5, 1, 0.0),
        63 => (16, 5, 0.2),
        64 => (22, 5, 0.1),
        65 => (37, 9, 0.9),
        _ => (64, 16, 0.7),
    };
    Recipe {
        atoms,
        fragments,
        pairs,
        clash: size == 64,
    }
}

/// Two atoms, no others in between to hide them, that are a little farther apart than pairs count.
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

impl Twin for ScorePoses {
    const KERNEL: Kernel = Kernel {
        name: "dock/score_poses",
        sources: &[
            include_str!("../../../shaders/lib/quaternion.wgsl"),
            include_str!("../../../shaders/lib/affinity_grid.wgsl"),
            include_str!("../../../shaders/lib/ad4_pairs.wgsl"),
            include_str!("../../../shaders/lib/pose_energy.wgsl"),
            include_str!("../../../shaders/dock/score_poses.wgsl"),
        ],
        capacities: CAPACITIES,
    };
    const TOLERANCE: Tolerance = Tolerance { roundings: 8.0 };
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 63, 64, 65, 500]
    }

    fn sample(size: usize, seed: u64) -> Input {
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
        let maps = OwnedMaps::sample([41, 36, 45], size == 64, draws);
        let poses = poses(&topology, &maps, size, draws);
        Input {
            topology,
            maps,
            poses,
        }
    }

    fn twin(input: &Input) -> Vec<Value> {
        // What the device holds: maps in halves.
        let maps = input.maps.rounded();
        let values = |pose| energy_values(&input.topology, &maps.maps(), pose);
        input.poses.iter().flat_map(values).collect()
    }

    fn gpu(gpu: &Gpu, input: &Input) -> Result<Vec<f64>> {
        let mut words = Vec::new();
        let ligands = gpu.storage(&[pack(&input.topology, &mut words)])?;
        let topology = gpu.storage(&words)?;
        let maps = DeviceMaps::upload(gpu, &input.maps.maps())?;
        let genotypes: Vec<f32> = input.poses.iter().flat_map(genes).collect();
        let genotypes = gpu.storage(&genotypes)?;
        let row = 1 + input.topology.genes();
        let energies = gpu.filled(input.poses.len() * row, f32::NAN)?;
        let args = gpu
            .pipeline(&Self::KERNEL, &[("WORKGROUP", 64.0)])?
            .args()
            .with("grid", &maps.grid)?
            .with("ligands", &ligands)?
            .with("topology", &topology)?
            .with("maps", &maps.maps)?
            .with("genotypes", &genotypes)?
            .with("energies", &energies)?;
        let mut batch = gpu.batch();
        // One group where there are no poses: the kernel must notice.
        let groups = input.poses.len().div_ceil(64).max(1) as u32;
        batch.dispatch(args, [groups, 1, 1])?;
        let energies = batch.download(&energies)?;
        let values = batch.submit()?.read(energies)?;
        Ok(values.into_iter().map(f64::from).collect())
    }
}
