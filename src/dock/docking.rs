//! What a docking is asked for and what comes out of it.

use crate::kernels::dock::family::Family;
use crate::molecule::Ligand;
use crate::molecule::symmetry::{Symmetry, rmsd};
use crate::{Error, Result};
use glam::DVec3;

/// Budget of energy evaluations of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evaluations {
    /// AutoDock-GPU's heuristic from the number of torsions and the local search.
    Auto,
    /// This many.
    Fixed(u64),
}

/// The local search of the Lamarckian genetic algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalSearch {
    /// Gradient descent with adaptive steps (Zeiler 2012).
    Adadelta,
    /// Random walk with adaptive spread (Solis and Wets 1981).
    SolisWets,
}

/// How to search. Defaults are those of AutoDock-GPU.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Independent runs per ligand.
    pub runs: u32,
    /// Evaluations of one run, at most (a generation in progress is finished).
    pub evaluations: Evaluations,
    /// Local search.
    pub local_search: LocalSearch,
    /// Individuals of one run's population.
    pub population: u32,
    /// Stop a ligand early when its runs agree.
    pub auto_stop: bool,
    /// Seed of all random numbers; the ligand's name is mixed in.
    pub seed: u64,
    /// A score, kcal/mol: each run tells after how many evaluations it reached it.
    pub target: Option<f64>,
    /// Who works on a pose; what suits the device where `None`.
    pub family: Option<Family>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            runs: 20,
            evaluations: Evaluations::Auto,
            local_search: LocalSearch::Adadelta,
            population: 150,
            auto_stop: true,
            seed: 1,
            target: None,
            family: None,
        }
    }
}

/// Terms of a pose's energy, kcal/mol, computed in f64 on the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Energies {
    /// Intermolecular: van der Waals, hydrogen bonds, desolvation and electrostatics.
    pub inter: f64,
    /// The part of `inter` from the affinity and desolvation maps.
    pub vdw_hb_desolv: f64,
    /// The part of `inter` from the electrostatic map.
    pub elec: f64,
    /// Intramolecular.
    pub intra: f64,
    /// Torsional free energy: 0.2983 x TORSDOF.
    pub torsional: f64,
    /// Atoms outside the box.
    pub outside: usize,
}

impl Energies {
    /// What the search minimises and poses are ranked by: inter + intra.
    pub fn score(&self) -> f64 {
        self.inter + self.intra
    }

    /// The part of `inter` that atoms outside the box pay.
    pub fn penalty(&self) -> f64 {
        self.inter - self.vdw_hb_desolv - self.elec
    }

    /// Estimated free energy of binding: inter + torsional, the unbound ligand taken as in the pose.
    pub fn energy(&self) -> f64 {
        self.inter + self.torsional
    }
}

/// The best pose of one run.
#[derive(Clone, Debug)]
pub struct Pose {
    /// Which run found it, from 0.
    pub run: u32,
    /// Atom positions in the ligand's atom order, Angstrom.
    pub coordinates: Vec<DVec3>,
    /// Energies from the f64 twin.
    pub energies: Energies,
    /// Cluster number from 1, best cluster first.
    pub cluster: usize,
    /// Poses in this cluster.
    pub cluster_size: usize,
    /// Symmetry-aware heavy-atom RMSD to the reference pose, Angstrom, where one was given.
    pub rmsd_reference: Option<f64>,
}

/// All that came of one ligand, poses ranked by score.
#[derive(Clone, Debug)]
pub struct Docking {
    /// One pose a run, best score first.
    pub poses: Vec<Pose>,
    /// Evaluations of all runs together.
    pub evaluations: u64,
    /// What each run did, in the order of runs.
    pub runs: Vec<RunReport>,
    /// A sentence where device and f64 reference disagree on a score.
    pub warning: Option<String>,
}

/// What one run did.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct RunReport {
    /// Number of the run, from 0.
    pub run: u32,
    /// Its best score as the device computed it, kcal/mol.
    pub score: f64,
    /// Evaluations it made.
    pub evaluations: u64,
    /// Generations it bred.
    pub generations: u32,
    /// Evaluations after which its best score first was at the target or below, where it ever was.
    pub evaluations_to_target: Option<u64>,
}

impl Docking {
    /// Measures every pose from a reference pose of the same ligand, blind to its symmetry, over heavy atoms.
    ///
    /// # Errors
    /// As [`same_atoms`].
    pub fn measure_from(&mut self, ligand: &Ligand, reference: &Ligand) -> Result<()> {
        same_atoms(ligand, reference)?;
        let symmetry = Symmetry::of(ligand);
        let wanted: Vec<DVec3> = reference.atoms.iter().map(|atom| atom.position).collect();
        for pose in &mut self.poses {
            pose.rmsd_reference = Some(rmsd(&symmetry, &wanted, &pose.coordinates));
        }
        Ok(())
    }
}

/// Whether a reference can be compared with a ligand: the same elements in the same order.
///
/// # Errors
/// [`Error::Usage`] with both names.
pub fn same_atoms(ligand: &Ligand, reference: &Ligand) -> Result<()> {
    let elements = |ligand: &Ligand| -> Vec<_> {
        let atoms = ligand.atoms.iter();
        atoms.map(|atom| atom.kind.element()).collect()
    };
    if elements(ligand) == elements(reference) {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "the reference {} does not have the atoms of {} in the same order",
        reference.name, ligand.name
    )))
}
