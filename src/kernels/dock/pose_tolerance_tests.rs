//! Tracked poses beside the plain reference, and their bounds beside what every instruction set computes.

use super::TrackedPoses;
use crate::gpu::{AdapterKind, Gpu, adapters};
use crate::kernels::dock::pose_energy::{Genotype, energy_and_gradient};
use crate::kernels::dock::score_poses::{ScorePoses, genes};
use crate::kernels::dock::synthetic::{Draws, Recipe};
use crate::kernels::dock::synthetic_maps::OwnedMaps;
use crate::kernels::dock::topology::{Pair, Topology};
use crate::twin::{Twin, Value, compare_values};

/// Clashing atoms and walls are among the samples.
#[test]
fn bounds_cover_what_every_instruction_set_computes() {
    let natives = adapters().into_iter();
    let natives = natives.filter(|adapter| adapter.kind == AdapterKind::Native);
    let numbers = natives.map(|adapter| adapter.number.to_string());
    let devices: Vec<Gpu> = numbers.map(|number| Gpu::open(&number).unwrap()).collect();
    assert!(!devices.is_empty());
    for seed in 1..=8 {
        for size in [1, 63, 64, 65] {
            let input = ScorePoses::sample(size, seed);
            let want = ScorePoses::twin(&input);
            let launch = ScorePoses::launch(&input).unwrap();
            for gpu in &devices {
                let got = launch.result(gpu).unwrap();
                let found = compare_values(&want, &got, ScorePoses::TOLERANCE);
                println!("seed {seed}, size {size}: {found}");
                assert_eq!(found.outside, 0, "seed {seed}, size {size}: {found}");
                // Of hundreds of values one uses up a tenth of its bound at least.
                assert!(size == 1 || found.worst > 0.1, "{found}");
            }
        }
    }
}

/// A ligand in maps, and poses of it in which no atoms clash: beside those no small term shows. Some pairs have so much
/// solvation that a thousandth of it does.
fn scene() -> (Topology, OwnedMaps, Vec<Genotype>) {
    let draws = &mut Draws::new(11, 0);
    let recipe = Recipe {
        atoms: 16,
        fragments: 5,
        pairs: 0.2,
        clash: false,
    };
    let mut topology = recipe.ligand(draws);
    let strong = topology.pairs.iter_mut().rev().take(3);
    strong.for_each(|pair| pair.desolvation = 2.0);
    let maps = OwnedMaps::sample([41, 36, 45], false, draws).rounded();
    let mut poses: Vec<_> = (0..400).map(|_| maps.pose(&topology, 0.6, draws)).collect();
    poses.retain(|pose| {
        let (terms, _) = energy_and_gradient(&topology, &maps.maps(), pose);
        terms.intra_magnitude < 10.0
    });
    (topology, maps, poses)
}

fn tracked(topology: &Topology, maps: &OwnedMaps, poses: &[Genotype]) -> Vec<Value> {
    let tracked = TrackedPoses::new(topology, &maps.maps());
    let values = |pose| tracked.energy_values(&genes(pose));
    poses.iter().flat_map(values).collect()
}

/// All that the two texts differ in is that one has its constants in f32: a few of the roundings that are bounded.
#[test]
fn the_value_is_the_plain_references() {
    let (topology, maps, poses) = scene();
    let plain = poses.iter().flat_map(|pose| {
        let (terms, gradient) = energy_and_gradient(&topology, &maps.maps(), pose);
        let energies = [terms.inter(), terms.intra];
        energies
            .into_iter()
            .chain(gradient.numbers().collect::<Vec<_>>())
    });
    let plain: Vec<f64> = plain.collect();
    let found = compare_values(
        &tracked(&topology, &maps, &poses),
        &plain,
        ScorePoses::TOLERANCE,
    );
    assert_eq!(found.values, plain.len());
    assert!(found.worst < 0.1, "{found}");
}

#[test]
fn a_thousandth_more_of_anything_is_beyond_the_bound() {
    let (topology, maps, poses) = scene();
    let want = tracked(&topology, &maps, &poses);
    let beyond = |what: &str, topology: &Topology, maps: &OwnedMaps| {
        let changed = tracked(topology, maps, &poses);
        let changed: Vec<f64> = changed.iter().map(|value| value[0]).collect();
        let found = compare_values(&want, &changed, ScorePoses::TOLERANCE);
        println!("{what}: {found}");
        assert!(found.outside > 0, "{what}: {found}");
    };
    let of_pairs: [fn(&mut Pair); 5] = [
        |pair| pair.repulsion *= 1.001,
        |pair| pair.attraction *= 1.001,
        |pair| pair.optimum *= 1.001,
        |pair| pair.charges *= 1.001,
        |pair| pair.desolvation *= 1.001,
    ];
    for (number, change) in of_pairs.into_iter().enumerate() {
        let mut topology = topology.clone();
        topology.pairs.iter_mut().for_each(change);
        beyond(&format!("coefficient {number}"), &topology, &maps);
    }
    let mut charged = topology.clone();
    charged
        .atoms
        .iter_mut()
        .for_each(|atom| atom.charge *= 1.001);
    beyond("charge", &charged, &maps);
    let mut moved = maps.clone();
    moved.origin *= 1.00001;
    beyond("origin", &topology, &moved);
}
