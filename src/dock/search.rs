//! The search: ligands of like size go through the genetic algorithm together, all state on the device.

use super::budget;
use super::docking::{Docking, LocalSearch, Settings};
use super::ligand_topology::topology;
use super::rescoring::Rescorer;
use super::site::Site;
use crate::cluster::hash64;
use crate::gpu::Gpu;
use crate::kernels::dock::family::Family;
use crate::kernels::dock::local_search::{LOOP_TURNS, steps_of_one_dispatch, turns_of_one_step};
use crate::kernels::dock::local_search_twin::LocalSearch as _;
use crate::kernels::dock::search_state::{Capacity, Run, Search, SearchState};
use crate::kernels::dock::topology::{Topology, Words, pack};
use crate::kernels::dock::{adadelta::Adadelta, pose_energy::Genotype, solis_wets::SolisWets};
use crate::molecule::Ligand;
use crate::{Error, Result};
use glam::{DQuat, DVec3};
use std::collections::BTreeMap;

/// Steps of a local search at most (AutoDock-GPU's default).
const LOCAL_SEARCH_STEPS: u32 = 300;
/// Standard deviation of the runs' best scores, kcal/mol, below which they agree (AutoDock-GPU's default).
const AUTO_STOP: f32 = 0.15;
/// Probability that the better one wins a tournament. AutoDock-GPU has 0.6; with it E50 was 1.4 times as high
/// (five complexes of 3 to 6 torsions, 30 runs each).
const TOURNAMENT_RATE: f32 = 0.9;
/// Local-search steps of one dispatch at most: the shorter, the sooner a finished search frees its lane.
const STEPS: u32 = 12;
/// Rounds recorded between two looks at the progress.
const ROUNDS: usize = 8;

/// Docks ligands into one site with one set of settings.
pub struct Searcher<'a> {
    gpu: &'a Gpu,
    site: &'a Site,
    settings: &'a Settings,
}

/// A ligand ready to be searched, and its place in the caller's list.
struct Prepared {
    place: usize,
    topology: Topology,
}

impl<'a> Searcher<'a> {
    /// A searcher; nothing is done yet.
    pub fn new(gpu: &'a Gpu, site: &'a Site, settings: &'a Settings) -> Self {
        Searcher {
            gpu,
            site,
            settings,
        }
    }

    /// Docks all ligands; results in the same order, an error for each that cannot be docked.
    ///
    /// # Errors
    /// Only what concerns all of them: a lost device, or one that cannot hold a single ligand.
    pub fn dock(&self, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>> {
        let mut results: Vec<Option<Result<Docking>>> = ligands.iter().map(|_| None).collect();
        let mut buckets: BTreeMap<Capacity, Vec<Prepared>> = BTreeMap::new();
        for (place, ligand) in ligands.iter().enumerate() {
            match self.prepare(ligand) {
                Ok(topology) => buckets
                    .entry(capacity(&topology))
                    .or_default()
                    .push(Prepared { place, topology }),
                Err(error) => results[place] = Some(Err(error)),
            }
        }
        for (capacity, bucket) in buckets {
            for batch in bucket.chunks(self.batch_size(capacity)) {
                self.dock_batch(capacity, batch, ligands, &mut results)?;
            }
        }
        Ok(results.into_iter().flatten().collect())
    }

    fn prepare(&self, ligand: &Ligand) -> Result<Topology> {
        let topology = topology(ligand, &self.site.maps.types)?;
        let turns = turns_of_one_step(&topology);
        if turns > LOOP_TURNS {
            return Err(Error::Item(format!(
                "{} atoms are too many for this device: one evaluation takes {turns} loop turns, \
                 a dispatch may take {LOOP_TURNS}",
                topology.atoms.len()
            )));
        }
        Ok(topology)
    }

    /// Ligands that fit in one batch: bound by the device's memory, and enough to fill it.
    fn batch_size(&self, capacity: Capacity) -> usize {
        let bytes =
            SearchState::bytes_per_ligand(capacity, self.settings.runs, self.settings.population);
        let room = self.gpu.limits().storage_binding_bytes.min(256 << 20) / bytes;
        let enough = if self.gpu.is_software() { 16 } else { 256 };
        (room.min(enough) as usize).max(1)
    }

    fn dock_batch(
        &self,
        capacity: Capacity,
        batch: &[Prepared],
        ligands: &[Ligand],
        results: &mut [Option<Result<Docking>>],
    ) -> Result<()> {
        match self.search(capacity, batch, ligands) {
            Ok((runs, poses)) => {
                self.report(capacity, batch, ligands, &runs, &poses, results);
                Ok(())
            }
            // Half the ligands take half the memory; one that fits nowhere is that ligand's own trouble.
            Err(Error::OutOfMemory { .. }) if batch.len() > 1 => {
                let (first, second) = batch.split_at(batch.len() / 2);
                self.dock_batch(capacity, first, ligands, results)?;
                self.dock_batch(capacity, second, ligands, results)
            }
            Err(error @ Error::OutOfMemory { .. }) => {
                results[batch[0].place] = Some(Err(Error::Item(error.to_string())));
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn search(
        &self,
        capacity: Capacity,
        batch: &[Prepared],
        ligands: &[Ligand],
    ) -> Result<(Vec<Run>, Vec<f32>)> {
        let kernel = match self.settings.local_search {
            LocalSearch::Adadelta => Adadelta::kernel,
            LocalSearch::SolisWets => SolisWets::kernel,
        };
        let family = match self.settings.family {
            Some(family) => family,
            None => Family::of(self.gpu, &kernel(Family::Workgroup).kernel, capacity)?,
        };
        let mut words: Vec<Words> = Vec::new();
        let headers: Vec<_> = batch
            .iter()
            .map(|prepared| {
                let mut header = pack(&prepared.topology, family, &mut words);
                header.name_key = name_key(&ligands[prepared.place].name);
                header.evaluations = self
                    .evaluations(&prepared.topology)
                    .min(u64::from(u32::MAX / 2)) as u32;
                header.steps = STEPS.min(steps_of_one_dispatch(&prepared.topology));
                header.target_score = self
                    .settings
                    .target
                    .map_or(f32::MIN, |target| target as f32);
                header
            })
            .collect();
        let state = SearchState::new(
            self.gpu,
            &self.site.device,
            kernel(family),
            self.parameters(batch.len()),
            capacity,
            &headers,
            &words,
        )?;
        self.run_to_the_end(&state)?;
        state.results(self.gpu)
    }

    fn evaluations(&self, topology: &Topology) -> u64 {
        budget::evaluations(
            self.settings.evaluations,
            self.settings.local_search,
            topology.fragments.len() - 1,
        )
    }

    fn parameters(&self, ligands: usize) -> Search {
        let seed = self.settings.seed;
        Search {
            ligands: ligands as u32,
            runs: self.settings.runs,
            population: self.settings.population,
            local_search_steps: LOCAL_SEARCH_STEPS,
            seed: [seed as u32, (seed >> 32) as u32],
            auto_stop: if self.settings.auto_stop {
                AUTO_STOP
            } else {
                -1.0
            },
            crossover_rate: 0.8,
            mutation_rate: 0.02,
            tournament_rate: TOURNAMENT_RATE,
            mutation_shift: 6.0,
            mutation_turn: std::f32::consts::FRAC_PI_2,
        }
    }

    /// Rounds until no run goes on. One batch of rounds is always under way while the last one's progress is read.
    fn run_to_the_end(&self, state: &SearchState) -> Result<()> {
        let submit = || {
            let mut batch = self.gpu.batch();
            for _ in 0..ROUNDS {
                state.record_round(&mut batch)?;
            }
            let progress = state.download_progress(&mut batch)?;
            Ok::<_, Error>((batch.submit()?, progress))
        };
        let mut ahead = submit()?;
        loop {
            let (submitted, progress) = std::mem::replace(&mut ahead, submit()?);
            if submitted
                .read(progress)?
                .iter()
                .all(|ligand| ligand.running == 0)
            {
                return Ok(());
            }
        }
    }

    fn report(
        &self,
        capacity: Capacity,
        batch: &[Prepared],
        ligands: &[Ligand],
        runs: &[Run],
        poses: &[f32],
        results: &mut [Option<Result<Docking>>],
    ) {
        let per_ligand = self.settings.runs as usize;
        let numbers = capacity.pose() as usize;
        let rescorer = Rescorer::new(&self.site.maps);
        for (k, prepared) in batch.iter().enumerate() {
            let runs = &runs[k * per_ligand..(k + 1) * per_ligand];
            let poses = &poses[k * per_ligand * numbers..(k + 1) * per_ligand * numbers];
            let genotypes: Vec<Genotype> = poses
                .chunks(numbers)
                .map(|pose| genotype(pose, prepared.topology.fragments.len()))
                .collect();
            let ligand = &ligands[prepared.place];
            results[prepared.place] =
                Some(rescorer.docking(ligand, &prepared.topology, runs, &genotypes));
        }
    }
}

/// A pose as the device holds it: translation 3, quaternion 4, torsions.
fn genotype(pose: &[f32], fragments: usize) -> Genotype {
    let g: Vec<f64> = pose.iter().map(|v| f64::from(*v)).collect();
    let mut angles = vec![0.0; fragments];
    angles[1..].copy_from_slice(&g[7..6 + fragments]);
    Genotype {
        place: DVec3::new(g[0], g[1], g[2]),
        orientation: DQuat::from_xyzw(g[3], g[4], g[5], g[6]).normalize(),
        angles,
    }
}

/// Sizes of the private arrays for a ligand: few steps, since every new size compiles the kernels again.
fn capacity(topology: &Topology) -> Capacity {
    let step = |need: usize, least: u32| (need as u32).max(least).next_power_of_two();
    Capacity {
        atoms: step(topology.atoms.len(), 32),
        fragments: step(topology.fragments.len(), 8),
    }
}

/// 64 bits of a ligand's name: with the seed, the key of all its random numbers.
fn name_key(name: &str) -> [u32; 2] {
    let hash = hash64(name.bytes());
    [hash as u32, (hash >> 32) as u32]
}
