//! The docking log (DLG): all runs of one ligand, in the layout that readers of AutoDock-GPU's logs expect.
//!
//! Ringtail and Meeko look for section titles, `key: value` lines, `INPUT-LIGAND-PDBQT:` and `DOCKED:` lines and the
//! table rows that end in RANKING; those are as in AutoDock-GPU 1.5, everything else is said in our own words.

mod header;
mod runs;
mod tables;

use crate::formats::maps::Grid;
use crate::molecule::Ligand;
use glam::DVec3;

/// What a docking log tells.
#[derive(Clone, Debug)]
pub struct DockingLog<'a> {
    /// The docked ligand, in its input position.
    pub ligand: &'a Ligand,
    /// Its file; readers take the name before the first point as the ligand's.
    pub ligand_file: &'a str,
    /// Name of the receptor.
    pub receptor: &'a str,
    /// The `.maps.fld`, or what stands for it.
    pub maps_file: &'a str,
    /// Grid of the maps.
    pub grid: &'a Grid,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Evaluations that a run may make; `None` where the heuristic chose.
    pub evaluations_per_run: Option<u64>,
    /// Evaluations of all runs together.
    pub evaluations: u64,
    /// Individuals of a population.
    pub population: u32,
    /// Name of the local search, such as `ADADELTA`.
    pub local_search: &'a str,
    /// RMSD within which poses are one cluster, Angstrom.
    pub rmsd_tolerance: f64,
    /// Best pose of each run, best first.
    pub poses: Vec<LoggedPose<'a>>,
}

/// The best pose of one run; energies in kcal/mol.
#[derive(Clone, Debug)]
pub struct LoggedPose<'a> {
    /// Which run found it, from 0.
    pub run: u32,
    /// Positions in the ligand's atom order, Angstrom.
    pub coordinates: &'a [DVec3],
    /// Intermolecular energy.
    pub inter: f64,
    /// The part of `inter` from van der Waals, hydrogen bonds and desolvation.
    pub vdw_hb_desolv: f64,
    /// The part of `inter` from electrostatics.
    pub elec: f64,
    /// Intramolecular energy; also taken as the energy of the unbound ligand.
    pub intra: f64,
    /// Torsional free energy.
    pub torsional: f64,
    /// Cluster number, from 1.
    pub cluster: usize,
    /// RMSD from the best pose of the cluster, Angstrom.
    pub rmsd_cluster: f64,
    /// RMSD from the reference pose, Angstrom; the input position where there is none.
    pub rmsd_reference: f64,
}

impl LoggedPose<'_> {
    /// Estimated free energy of binding.
    fn energy(&self) -> f64 {
        self.inter + self.torsional
    }
}

/// The text of the log. Poses are written in the order of their runs, which are counted from 1 without gaps.
pub fn write(log: &DockingLog) -> String {
    let mut in_run_order: Vec<&LoggedPose> = log.poses.iter().collect();
    in_run_order.sort_by_key(|pose| pose.run);
    let number_of =
        |pose: &LoggedPose| in_run_order.partition_point(|other| other.run < pose.run) + 1;
    let mut text = header::text(log);
    for (index, pose) in in_run_order.iter().enumerate() {
        text.push_str(&runs::text(log.ligand, pose, index + 1, in_run_order.len()));
    }
    let ranked: Vec<(usize, &LoggedPose)> = log
        .poses
        .iter()
        .map(|pose| (number_of(pose), pose))
        .collect();
    text.push_str(&tables::histogram(&ranked));
    text.push_str(&tables::rmsds(&ranked));
    text
}

/// A section title as readers expect it.
fn title(name: &str) -> String {
    format!("\n\n    {name}\n    ________________________\n\n\n")
}

#[cfg(test)]
mod tests;
