//! Energy terms and gradient of given poses.

use super::ad4_pairs::VDW_CUTOFF;
use super::affinity_grid::pack_all;
use super::family::Family;
use super::pose_energy::{Genotype, energy_and_gradient};
use super::pose_rounding::is_on_edge;
use super::pose_tolerance::TrackedPoses;
use super::search_state::{CAPACITIES, Capacity, WORKGROUP, WORKGROUP_CAPACITIES};
use super::synthetic::{Draws, Recipe};
use super::synthetic_maps::{OwnedMaps, SHARED_POINTS};
use super::topology::{NO_PAIR, Pair, Topology, pack};
use crate::gpu::Kernel;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};
use rayon::prelude::*;

/// The kernel `dock/score_poses`, in one of the families.
pub struct Variant<const WORKGROUP: bool>;

/// The kernel with one invocation on a pose.
pub type ScorePoses = Variant<false>;

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

/// Texts of the kernel, with this way to score a pose.
macro_rules! sources {
    ($pose_energy:literal) => {
        &[
            include_str!("../../../shaders/lib/sine_cosine.wgsl"),
            include_str!("../../../shaders/lib/quaternion.wgsl"),
            include_str!("../../../shaders/lib/affinity_grid.wgsl"),
            include_str!("../../../shaders/lib/ad4_pairs.wgsl"),
            include_str!("../../../shaders/lib/pose_layout.wgsl"),
            include_str!("../../../shaders/lib/ligand.wgsl"),
            include_str!($pose_energy),
            include_str!("../../../shaders/dock/score_poses.wgsl"),
        ]
    };
}

const BY_INVOCATION: Kernel = Kernel {
    name: "dock/score_poses",
    sources: sources!("../../../shaders/lib/pose_energy.wgsl"),
    capacities: CAPACITIES,
    native: Some(super::native::score_poses::score_poses),
};
const BY_WORKGROUP: Kernel = Kernel {
    sources: sources!("../../../shaders/lib/pose_energy_workgroup.wgsl"),
    capacities: WORKGROUP_CAPACITIES,
    native: None,
    ..BY_INVOCATION
};

/// Arrays of the usual size, and no larger than the ligand where it is large.
fn capacity(topology: &Topology) -> Capacity {
    let [atoms, fragments] = [topology.atoms.len(), topology.fragments.len()];
    Capacity {
        atoms: CAPACITIES[0].1.max(atoms as u32),
        fragments: CAPACITIES[1].1.max(fragments as u32),
    }
}

/// Scores the poses by the kernel of a family.
fn scores(kernel: Kernel, family: Family, input: &Input) -> Launch {
    let mut words = Vec::new();
    let ligand = pack(&input.topology, family, &mut words);
    let (grid, maps) = pack_all(&input.maps.maps());
    let genotypes: Vec<f32> = input.poses.iter().flat_map(genes).collect();
    let numbers = input.poses.len() * (1 + input.topology.genes());
    // One group where there are no poses: the kernel must notice.
    let poses = family.poses(WORKGROUP) as usize;
    let groups = input.poses.len().div_ceil(poses).max(1) as u32;
    let workgroup = [("WORKGROUP", f64::from(WORKGROUP))];
    let constants = [&workgroup[..], &capacity(&input.topology).constants()].concat();
    Launch::new(kernel, &constants, [groups, 1, 1])
        .with("grid", &[grid])
        .with("ligands", &[ligand])
        .with("topology", &words)
        .with("maps", &maps)
        .with("genotypes", &genotypes)
        .output::<f32>("energies", numbers)
        .values([Values::first("energies", Format::F32, numbers)])
}

impl<const WORKGROUP: bool> Variant<WORKGROUP> {
    const FAMILY: Family = Family::with_workgroup(WORKGROUP);
}

impl<const WORKGROUP: bool> Twin for Variant<WORKGROUP> {
    const KERNEL: Kernel = match Self::FAMILY {
        Family::Invocation => BY_INVOCATION,
        Family::Workgroup => BY_WORKGROUP,
    };
    const VARIANT: &'static str = Self::FAMILY.variant();
    // Magnitudes are bounds of all roundings together, with functions right to two of them: WGSL asks a little less.
    const TOLERANCE: Tolerance = Tolerance { roundings: 2.0 };
    type Input = Input;

    fn sizes() -> &'static [usize] {
        // Barriers are slow on the software devices that the tests run on.
        match Self::FAMILY {
            Family::Invocation => &[0, 1, 63, 64, 65, 500],
            Family::Workgroup => &[0, 1, 63, 64, 65, 100],
        }
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

    fn twin(input: &Input) -> Vec<Value> {
        // What the device holds: maps in halves.
        let rounded = input.maps.rounded();
        let maps = rounded.maps();
        let tracked = TrackedPoses::new(&input.topology, &maps);
        let values = |pose: &Genotype| {
            let (terms, gradient) = energy_and_gradient(&input.topology, &maps, pose);
            let plain = [terms.inter(), terms.intra].into_iter();
            let plain = plain.chain(gradient.numbers());
            let tracked = tracked.energy_values(&genes(pose)).into_iter();
            let both = plain.zip(tracked);
            both.map(|(value, [_, bound])| [value, bound])
                .collect::<Vec<_>>()
        };
        input.poses.par_iter().flat_map_iter(values).collect()
    }

    fn launch(input: &Input) -> Option<Launch> {
        Some(scores(Self::KERNEL, Self::FAMILY, input))
    }
}
