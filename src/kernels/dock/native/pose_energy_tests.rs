//! The pose energy at every level against the f64 twin, on the samples of `dock/score_poses`.

use super::*;
use crate::kernels::dock::score_poses::ScorePoses;
use crate::kernels::dock::topology::{Ligand, Words};
use crate::lanes::{Body, levels};
use crate::twin::{Launch, Twin, Value, compare_values};

/// The elements that a launch binds under a name.
fn bound<T: bytemuck::Pod>(launch: &Launch, name: &str) -> Vec<T> {
    let named = launch.arguments.iter().find(|bound| bound.name == name);
    bytemuck::pod_collect_to_vec(named.unwrap().bytes())
}

/// What the kernel of these launches would write: inter, intra and gradient of each pose, from one workspace.
struct Scores<'a>(&'a [Launch]);

impl Body for Scores<'_> {
    type Output = Vec<Vec<f64>>;
    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) -> Self::Output {
        let mut work = Workspace::new(Lanes::splat(simd, 0.0));
        let launches = self.0.iter();
        launches
            .map(|launch| scores(simd, launch, &mut work))
            .collect()
    }
}

fn scores<S: Instructions>(simd: S, launch: &Launch, work: &mut Workspace<Lanes<S>>) -> Vec<f64> {
    let grid: Grid = bound(launch, "grid")[0];
    let header: Ligand = bound(launch, "ligands")[0];
    let maps: Vec<u32> = bound(launch, "maps");
    let genotypes: Vec<f32> = bound(launch, "genotypes");
    let ligand = UnpackedLigand::new(&header, &bound::<Words>(launch, "topology"));
    let mut found = Vec::new();
    let size = ligand.genes();
    for poses in genotypes.chunks(Lanes::<S>::COUNT * size) {
        let gene = |k: usize, lane: usize| poses[(lane * size + k) % poses.len()];
        let genes: Vec<_> = (0..size)
            .map(|k| Lanes::from_fn(simd, |lane| gene(k, lane)))
            .collect();
        let (inter, intra) = pose_energy::<S, true>(simd, &ligand, &grid, &maps, &genes, work);
        for lane in 0..poses.len() / size {
            let numbers = [&inter, &intra].into_iter().chain(&work.gradient);
            found.extend(numbers.map(|v| f64::from(v.as_slice()[lane])));
        }
    }
    found
}

/// The samples of these sizes as launches, and what the twin says of them.
fn samples(sizes: &[usize]) -> (Vec<Launch>, Vec<Vec<Value>>) {
    let inputs = sizes.iter().map(|&size| ScorePoses::sample(size, 1));
    let both = inputs.map(|input| {
        let launch = ScorePoses::launch(&input).unwrap();
        (launch, ScorePoses::twin(&input))
    });
    both.unzip()
}

#[test]
fn energies_and_gradients_are_the_twins_at_every_level() {
    // A large ligand before small ones: what it leaves in the workspace must not show.
    let sizes = [500, 1, 63, 64, 65];
    let (launches, want) = samples(&sizes);
    for level in levels() {
        let found = level.run(Scores(&launches));
        assert_eq!(found.len(), want.len());
        for ((want, got), size) in want.iter().zip(&found).zip(sizes) {
            assert_eq!(got.len(), want.len());
            let found = compare_values(want, got, ScorePoses::TOLERANCE);
            println!("{} at {size}: {found}", level.name());
            assert_eq!(found.outside, 0, "{} at {size}: {found}", level.name());
        }
    }
}
