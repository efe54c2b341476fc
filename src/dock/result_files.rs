//! Files of one docking: poses as PDBQT models and SDF records, and a docking log that AutoDock-GPU's readers take.

use super::docking::{Docking, Evaluations, LocalSearch, Pose, Settings};
use super::pose_records;
use super::rescoring::CLUSTER_RMSD;
use crate::Result;
use crate::formats::dlg::{self, DockingLog, LoggedPose};
use crate::formats::maps::Grid;
use crate::formats::pdbqt::write_pose;
use crate::molecule::Ligand;
use crate::molecule::symmetry::{Symmetry, rmsd};
use crate::whole_file::write_whole;
use glam::DVec3;
use std::io::Write;
use std::path::Path;

/// What a log tells beside the docking itself.
pub struct LogInput<'a> {
    /// Name of the receptor.
    pub receptor: String,
    /// The `.maps.fld`; `None` where the maps were made on the way.
    pub maps_file: Option<String>,
    /// Grid of the maps.
    pub grid: &'a Grid,
    /// How it was searched.
    pub settings: &'a Settings,
}

/// Writes all poses, best first, each as a MODEL with its energies in REMARK lines.
///
/// # Errors
/// `Error::File` where it cannot be written; nothing is left under the final name then.
pub fn write_poses(path: &Path, ligand: &Ligand, docking: &Docking) -> Result<()> {
    let text: String = docking
        .poses
        .iter()
        .enumerate()
        .map(|(k, pose)| model(ligand, pose, k + 1))
        .collect();
    write_whole(path, |out| out.write_all(text.as_bytes()))
}

/// One pose as a MODEL.
pub fn model(ligand: &Ligand, pose: &Pose, rank: usize) -> String {
    let e = &pose.energies;
    let reference = pose.rmsd_reference.map_or(String::new(), |rmsd| {
        format!("REMARK RMSD_REFERENCE {rmsd:.3} A\n")
    });
    format!(
        "MODEL {rank}\nREMARK LIGAND {}\nREMARK ENERGY {:.3} SCORE {:.3} kcal/mol\n\
         REMARK INTER {:.3} INTRA {:.3} TORSIONAL {:.3} kcal/mol\n\
         REMARK CLUSTER {} SIZE {} RUN {}\n{reference}{}ENDMDL\n",
        ligand.name,
        e.energy(),
        e.score(),
        e.inter,
        e.intra,
        e.torsional,
        pose.cluster,
        pose.cluster_size,
        pose.run + 1,
        write_pose(ligand, &pose.coordinates)
    )
}

/// Writes all poses, best first, each as an SDF record with its energies as data fields.
///
/// # Errors
/// As [`write_poses`], and `Error::Parse` where the ligand's remarks do not say its bonds.
pub fn write_records(path: &Path, ligand: &Ligand, docking: &Docking) -> Result<()> {
    let poses = docking.poses.iter().zip(1..);
    let records = poses.map(|(pose, rank)| {
        pose_records::record(ligand, &pose.coordinates, pose_records::fields(pose, rank))
    });
    let text = records.collect::<Result<String>>()?;
    write_whole(path, |out| out.write_all(text.as_bytes()))
}

/// Writes the docking log.
///
/// # Errors
/// As [`write_poses`].
pub fn write_log(path: &Path, ligand: &Ligand, docking: &Docking, input: &LogInput) -> Result<()> {
    let symmetry = Symmetry::of(ligand);
    let start: Vec<DVec3> = ligand.atoms.iter().map(|atom| atom.position).collect();
    let founder = |cluster: usize| docking.poses.iter().find(|pose| pose.cluster == cluster);
    let poses = docking.poses.iter().map(|pose| LoggedPose {
        run: pose.run,
        coordinates: &pose.coordinates,
        inter: pose.energies.inter,
        vdw_hb_desolv: pose.energies.vdw_hb_desolv,
        elec: pose.energies.elec,
        intra: pose.energies.intra,
        torsional: pose.energies.torsional,
        cluster: pose.cluster,
        rmsd_cluster: founder(pose.cluster).map_or(0.0, |best| {
            rmsd(&symmetry, &best.coordinates, &pose.coordinates)
        }),
        rmsd_reference: pose
            .rmsd_reference
            .unwrap_or_else(|| rmsd(&symmetry, &start, &pose.coordinates)),
    });
    let unwritten = format!("{}.maps.fld", input.receptor);
    let log = DockingLog {
        ligand,
        ligand_file: &format!("{}.pdbqt", ligand.name),
        receptor: &input.receptor,
        maps_file: input.maps_file.as_deref().unwrap_or(&unwritten),
        grid: input.grid,
        seed: input.settings.seed,
        evaluations_per_run: match input.settings.evaluations {
            Evaluations::Auto => None,
            Evaluations::Fixed(count) => Some(count),
        },
        evaluations: docking.evaluations,
        population: input.settings.population,
        local_search: match input.settings.local_search {
            LocalSearch::Adadelta => "ADADELTA",
            LocalSearch::SolisWets => "Solis-Wets",
        },
        rmsd_tolerance: CLUSTER_RMSD,
        poses: poses.collect(),
    };
    let text = dlg::write(&log);
    write_whole(path, |out| out.write_all(text.as_bytes()))
}
