//! Energy terms and gradient of given poses.

mod sample;

use super::affinity_grid::pack_all;
use super::family::Family;
use super::pose_energy::{Genotype, energy_and_gradient};
use super::pose_tolerance::TrackedPoses;
use super::search_state::{CAPACITIES, Capacity, WORKGROUP, WORKGROUP_CAPACITIES};
use super::topology::{Topology, pack};
use crate::gpu::Kernel;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};
use rayon::prelude::*;

pub use sample::Input;

/// The kernel `dock/score_poses`, in one of the families.
pub struct Variant<const WORKGROUP: bool>;

/// The kernel with one invocation on a pose.
pub type ScorePoses = Variant<false>;

/// Numbers of a pose as the device holds them: translation 3, quaternion 4, torsions.
pub fn genes(pose: &Genotype) -> Vec<f32> {
    let turn = pose.orientation.to_array();
    let rigid = pose.place.to_array().into_iter().chain(turn);
    let all = rigid.chain(pose.angles[1..].iter().copied());
    all.map(|v| v as f32).collect()
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
        Input::sample(size, seed)
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
