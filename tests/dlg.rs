//! Meeko and Ringtail read a docking log; ignored where `TRIMARAN_PYTHON` names no Python that has both.

use glam::DVec3;
use libtest_mimic::{Arguments, Failed, Trial};
use std::ffi::OsStr;
use std::process::Command;
use trimaran::formats::dlg::{DockingLog, LoggedPose, write};
use trimaran::formats::maps::Grid;
use trimaran::formats::pdbqt::read_ligands;

/// Ethanol with the remarks that lead back from PDBQT to a molecule with bond orders.
const ETHANOL: &str = "\
REMARK SMILES CCO
REMARK SMILES IDX 1 1 2 2 3 3
REMARK H PARENT 3 4
ROOT
ATOM      1  C   UNL     1      -0.890   0.170   0.010  1.00  0.00     0.042 C 
ATOM      2  C   UNL     1       0.460  -0.510  -0.050  1.00  0.00     0.152 C 
ENDROOT
BRANCH   2   3
ATOM      3  O   UNL     1       1.440   0.310   0.570  1.00  0.00    -0.394 OA
ATOM      4  H   UNL     1       2.290  -0.160   0.540  1.00  0.00     0.210 HD
ENDBRANCH   2   3
TORSDOF 1
";

const READER: &str = include_str!("read_dlg.py");

fn main() {
    let python = std::env::var_os("TRIMARAN_PYTHON").filter(|python| !python.is_empty());
    let (reason, ignored) = match &python {
        Some(_) => ("", false),
        None => (" (no TRIMARAN_PYTHON with Meeko, RDKit and Ringtail)", true),
    };
    let python = python.unwrap_or_default();
    let trial = Trial::test(format!("dlg::other_programs_read_it{reason}"), move || {
        other_programs_read_it(&python)
    });
    libtest_mimic::run(
        &Arguments::from_args(),
        vec![trial.with_ignored_flag(ignored)],
    )
    .exit();
}

/// Three runs in two clusters, the best found by the last run.
fn log(places: &[Vec<DVec3>]) -> Result<String, Failed> {
    let ligand = &read_ligands(ETHANOL, "ethanol.pdbqt")?[0];
    let pose = |run: u32, inter: f64, cluster: usize, rmsd_reference: f64| LoggedPose {
        run,
        coordinates: &places[run as usize],
        inter,
        vdw_hb_desolv: inter - 0.5,
        elec: 0.5,
        intra: -0.25,
        torsional: 0.2983,
        cluster,
        rmsd_cluster: 0.5,
        rmsd_reference,
    };
    Ok(write(&DockingLog {
        ligand,
        ligand_file: "folder/ethanol.pdbqt",
        receptor: "protein",
        maps_file: "protein.maps.fld",
        grid: &Grid {
            center: DVec3::new(1.0, 2.0, 3.0),
            spacing: 0.375,
            points: [41, 41, 61],
        },
        seed: 1,
        evaluations_per_run: Some(25_000),
        evaluations: 75_000,
        population: 150,
        local_search: "ADADELTA",
        rmsd_tolerance: 2.0,
        poses: vec![
            pose(2, -9.0, 1, 0.75),
            pose(0, -8.0, 2, 4.5),
            pose(1, -7.0, 1, 1.25),
        ],
    }))
}

fn other_programs_read_it(python: &OsStr) -> Result<(), Failed> {
    let ligand = &read_ligands(ETHANOL, "ethanol.pdbqt")?[0];
    let shifted = |by: f64| {
        ligand
            .atoms
            .iter()
            .map(|atom| atom.position + DVec3::splat(by))
            .collect::<Vec<_>>()
    };
    let places = [shifted(-3.0), shifted(0.5), shifted(0.0)];
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("ethanol.dlg");
    std::fs::write(&path, log(&places)?)?;
    let output = Command::new(python)
        .args(["-c", READER])
        .arg(&path)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let found: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let wanted = serde_json::json!({
        "meeko": {
            "free_energies": [-7.7, -6.7, -8.7],
            "inter": [-8.0, -7.0, -9.0],
            "clusters": [2, 1, 1],
            "first_atom": [[-3.89, -2.83, -2.99], [-0.39, 0.67, 0.51], [-0.89, 0.17, 0.01]],
            "rdkit_atoms": 9,
            "rdkit_conformers": 3,
        },
        "ringtail": {
            "ligname": "ethanol",
            "receptor": "protein",
            // Ringtail leaves the unit on the last number, here as in AutoDock-GPU's own logs.
            "grid_center": ["1.000000", "2.000000", "3.000000A"],
            "grid_dim": ["41", "41", "61"],
            "sorted_runs": [3, 1, 2],
            "scores": [-8.7, -7.7, -6.7],
            "intermolecular_energy": [-9.0, -8.0, -7.0],
            "vdw_hb_desolv": [-9.5, -8.5, -7.5],
            "electrostatics": [0.5, 0.5, 0.5],
            "internal_energy": [-0.25, -0.25, -0.25],
            "torsional_energy": [0.3, 0.3, 0.3],
            "ref_rmsds": [0.75, 4.5, 1.25],
            "clusters": {"1": [3, 2], "2": [1]},
            "ligand_smile_string": "CCO",
            "ligand_atomtypes": ["C", "C", "OA", "HD"],
        },
    });
    if found == wanted {
        Ok(())
    } else {
        Err(format!("read {found:#}\nwanted {wanted:#}").into())
    }
}
