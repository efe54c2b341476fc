//! What is reported is computed again: energies of poses in f64 on the host, clusters, ranks.

use super::clustering;
use super::docking::{Docking, Energies, Pose, RunReport};
use super::fit;
use super::ligand_topology;
use super::refinement::refine;
use super::site::reference_maps;
use crate::Result;
use crate::formats::maps::AffinityMaps;
use crate::kernels::dock::pose_energy::{Genotype, Maps, Terms, coordinates, energy_of_positions};
use crate::kernels::dock::search_state::Run;
use crate::kernels::dock::topology::Topology;
use crate::molecule::Ligand;
use crate::molecule::parameters::weights;
use crate::molecule::symmetry::Symmetry;
use rayon::prelude::*;

/// Poses within this RMSD of a cluster's best pose belong to it, Angstrom.
pub const CLUSTER_RMSD: f64 = 2.0;

/// Rounding of halves, four times over: maps on the device have 11 bits, and a pose's coordinates 24.
const HALF_ROUNDING: f64 = 4.0 / 2048.0;

/// Evaluates poses in one receptor's maps.
pub struct Rescorer<'a> {
    maps: Maps<'a>,
}

fn energies(terms: &Terms, torsdof: f64) -> Energies {
    Energies {
        inter: terms.inter(),
        vdw_hb_desolv: terms.vdw_hb_desolv,
        elec: terms.elec,
        intra: terms.intra,
        torsional: weights().torsional * torsdof,
        outside: terms.outside,
    }
}

impl<'a> Rescorer<'a> {
    /// For these maps.
    pub fn new(maps: &'a AffinityMaps) -> Self {
        Rescorer {
            maps: reference_maps(maps),
        }
    }

    /// Energies of a ligand where its file puts it.
    ///
    /// # Errors
    /// An atom type without a map.
    pub fn in_place(&self, ligand: &Ligand, maps: &AffinityMaps) -> Result<Energies> {
        let topology = ligand_topology::topology(ligand, &maps.types)?;
        let positions: Vec<_> = ligand.atoms.iter().map(|atom| atom.position).collect();
        let (terms, _) = energy_of_positions(&topology, &self.maps, &positions);
        Ok(energies(&terms, ligand.torsdof))
    }

    /// Poses of all runs, refined, ranked by score and clustered.
    ///
    /// # Errors
    /// [`crate::Error::Item`] where the best pose does not fit the box.
    pub fn docking(
        &self,
        ligand: &Ligand,
        topology: &Topology,
        runs: &[Run],
        genotypes: &[Genotype],
    ) -> Result<Docking> {
        let mut poses: Vec<Pose> = genotypes
            .par_iter()
            .enumerate()
            .map(|(run, genotype)| self.pose(ligand, topology, run as u32, genotype))
            .collect();
        poses.sort_by(|a, b| {
            let scores = [a, b].map(|pose| pose.energies.score());
            scores[0].total_cmp(&scores[1]).then(a.run.cmp(&b.run))
        });
        if let Some(best) = poses.first() {
            fit::of_best_pose(&best.energies)?;
        }
        assign_clusters(ligand, &mut poses);
        let reports: Vec<RunReport> = (0..).zip(runs).map(run_report).collect();
        Ok(Docking {
            poses,
            evaluations: reports.iter().map(|run| run.evaluations).sum(),
            warning: self.disagreement(topology, runs, genotypes),
            runs: reports,
        })
    }

    /// A sentence where the device's score of a run's best pose is not that of the f64 reference, within what halves in
    /// the maps and rounded coordinates explain.
    fn disagreement(
        &self,
        topology: &Topology,
        runs: &[Run],
        genotypes: &[Genotype],
    ) -> Option<String> {
        let differences = runs
            .iter()
            .zip(genotypes)
            .enumerate()
            .map(|(run, (state, genotype))| {
                let (terms, _) =
                    energy_of_positions(topology, &self.maps, &coordinates(topology, genotype));
                let reference = terms.inter() + terms.intra;
                let difference = (f64::from(state.best) - reference).abs();
                (run, reference, difference, HALF_ROUNDING * terms.magnitude)
            });
        // Clashes are clamped in the device's halves: there no agreement is promised.
        let mut wrong = differences.filter(|(_, reference, difference, allowed)| {
            *reference < 0.0 && (difference.is_nan() || difference > allowed)
        });
        wrong.next().map(|(run, reference, difference, allowed)| {
            format!(
                "the device's score of run {} is {difference:.3} kcal/mol away from the reference's {reference:.3}, \
                 {allowed:.3} are explained by rounding",
                run + 1
            )
        })
    }

    fn pose(&self, ligand: &Ligand, topology: &Topology, run: u32, genotype: &Genotype) -> Pose {
        let genotype = refine(topology, &self.maps, genotype);
        let coordinates = coordinates(topology, &genotype);
        let (terms, _) = energy_of_positions(topology, &self.maps, &coordinates);
        Pose {
            run,
            coordinates,
            energies: energies(&terms, ligand.torsdof),
            cluster: 0,
            cluster_size: 0,
            rmsd_reference: None,
        }
    }
}

fn run_report((run, state): (u32, &Run)) -> RunReport {
    RunReport {
        run,
        score: f64::from(state.best),
        evaluations: u64::from(state.evaluations),
        generations: state.generation,
        evaluations_to_target: (state.evaluations_to_target > 0)
            .then_some(u64::from(state.evaluations_to_target)),
    }
}

fn assign_clusters(ligand: &Ligand, poses: &mut [Pose]) {
    let scores: Vec<f64> = poses.iter().map(|pose| pose.energies.score()).collect();
    let coordinates: Vec<_> = poses.iter().map(|pose| pose.coordinates.clone()).collect();
    let symmetry = Symmetry::of(ligand);
    let clusters = clustering::cluster(&scores, &coordinates, &symmetry, CLUSTER_RMSD);
    for (pose, cluster) in poses.iter_mut().zip(&clusters) {
        pose.cluster = *cluster;
        pose.cluster_size = clusters.iter().filter(|other| *other == cluster).count();
    }
}
