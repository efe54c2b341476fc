//! Evaluations of the pose energy with gradient on the CPU: three sizes of ligand, every instruction set, one and two
//! threads. `cargo bench --bench pose_energy`, and a part of a name behind `--` for some of them.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use trimaran::kernels::dock::affinity_grid::{Grid, pack_all};
use trimaran::kernels::dock::family::Family;
use trimaran::kernels::dock::native::ligand::UnpackedLigand;
use trimaran::kernels::dock::native::pose_energy::{Workspace, pose_energy};
use trimaran::kernels::dock::score_poses::genes;
use trimaran::kernels::dock::synthetic::{Draws, Recipe};
use trimaran::kernels::dock::synthetic_maps::OwnedMaps;
use trimaran::kernels::dock::topology::pack;
use trimaran::lanes::{Body, Instructions, Lanes, levels};

/// Poses of a ligand; those of a step of its search.
const POSES: usize = 8192;

/// Ligands of a receptor of the redocking set and their size: atoms, torsions and one, part of the pairs that count.
const LIGANDS: [(&str, usize, usize, f64); 3] = [
    ("1hnn", 17, 5, 0.45),
    ("1t46", 37, 9, 0.92),
    ("7cpa", 40, 16, 0.75),
];

/// A ligand in its maps, and poses near the middle.
struct Scene {
    ligand: UnpackedLigand,
    grid: Grid,
    maps: Vec<u32>,
    genotypes: Vec<f32>,
}

impl Scene {
    fn new(atoms: usize, fragments: usize, pairs: f64) -> Self {
        let draws = &mut Draws::new(7, 0);
        let recipe = Recipe {
            atoms,
            fragments,
            pairs,
            clash: false,
        };
        let topology = recipe.ligand(draws);
        let owned = OwnedMaps::sample([60; 3], true, draws);
        let (grid, maps) = pack_all(&owned.maps());
        let mut words = Vec::new();
        let header = pack(&topology, Family::Invocation, &mut words);
        let pose = |_| genes(&owned.pose(&topology, 0.2, draws));
        Scene {
            ligand: UnpackedLigand::new(&header, &words),
            grid,
            maps,
            genotypes: (0..POSES).flat_map(pose).collect(),
        }
    }
}

/// Some poses of a scene, evaluated by one thread.
struct Evaluate<'a>(&'a Scene, &'a [f32]);

impl Body for Evaluate<'_> {
    type Output = f32;
    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) -> f32 {
        let Evaluate(scene, genotypes) = self;
        let mut work = Workspace::new(Lanes::splat(simd, 0.0));
        let size = scene.ligand.genes();
        let mut genes = vec![Lanes::splat(simd, 0.0); size];
        let mut sum = 0.0;
        for poses in genotypes.chunks_exact(size * Lanes::<S>::COUNT) {
            for (k, gene) in genes.iter_mut().enumerate() {
                *gene = Lanes::from_fn(simd, |lane| poses[lane * size + k]);
            }
            let Scene {
                ligand, grid, maps, ..
            } = scene;
            let (inter, intra) =
                pose_energy::<S, true>(simd, ligand, grid, maps, &genes, &mut work);
            sum += inter.as_slice()[0] + intra.as_slice()[0];
        }
        sum
    }
}

fn evaluations(criterion: &mut Criterion) {
    for (name, atoms, fragments, pairs) in LIGANDS {
        let scene = Scene::new(atoms, fragments, pairs);
        let mut group = criterion.benchmark_group(format!("pose_energy/{name}"));
        group.throughput(Throughput::Elements(POSES as u64));
        group.sample_size(20);
        group.warm_up_time(Duration::from_millis(300));
        group.measurement_time(Duration::from_secs(2));
        for level in levels() {
            for threads in [1, 2] {
                let id = BenchmarkId::new(level.name(), format!("{threads} threads"));
                group.bench_function(id, |bencher| {
                    bencher.iter(|| {
                        std::thread::scope(|scope| {
                            for part in scene.genotypes.chunks(scene.genotypes.len() / threads) {
                                let scene = &scene;
                                scope.spawn(move || black_box(level.run(Evaluate(scene, part))));
                            }
                        });
                    });
                });
            }
        }
    }
}

criterion_group!(benches, evaluations);
criterion_main!(benches);
