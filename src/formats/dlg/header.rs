//! The log before its runs: settings, grid, ligand.

use super::{DockingLog, title};
use crate::formats::pdbqt::write_pose;
use std::collections::BTreeSet;

/// Width of the keys, so that the values stand in one column.
const KEY_WIDTH: usize = 43;

/// Everything before the first run.
pub(super) fn text(log: &DockingLog) -> String {
    let mut text = format!("trimaran version: {}\n", env!("CARGO_PKG_VERSION"));
    text.push_str(
        "Docking log in the layout of AutoDock-GPU 1.5, for programs that read such logs.\n",
    );
    section(&mut text, "DOCKING PARAMETERS", docking(log));
    section(&mut text, "GRID PARAMETERS", grid(log));
    section(&mut text, "LIGAND PARAMETERS", ligand(log));
    let performed = (
        "Number of energy evaluations performed",
        log.evaluations.to_string(),
    );
    section(&mut text, "COUNTER STATES", vec![performed]);
    text.push_str(&title("INPUT LIGAND PDBQT FILE:"));
    let positions: Vec<_> = log.ligand.atoms.iter().map(|atom| atom.position).collect();
    for line in write_pose(log.ligand, &positions).lines() {
        text.push_str(&format!("INPUT-LIGAND-PDBQT: {line}\n"));
    }
    text
}

type Entries = Vec<(&'static str, String)>;

fn section(text: &mut String, name: &str, entries: Entries) {
    text.push_str(&title(name));
    for (key, value) in entries {
        text.push_str(&format!("{:KEY_WIDTH$}{value}\n", format!("{key}:")));
    }
}

fn docking(log: &DockingLog) -> Entries {
    let budget = log
        .evaluations_per_run
        .map_or("by heuristic".to_string(), |count| count.to_string());
    vec![
        ("Ligand file", one_line(log.ligand_file)),
        ("Grid fld file", one_line(log.maps_file)),
        ("Random seed", log.seed.to_string()),
        ("Number of runs", log.poses.len().to_string()),
        ("Number of energy evaluations", budget),
        ("Size of population", log.population.to_string()),
        ("Local search", log.local_search.to_string()),
        ("Handle symmetry during clustering", "YES".to_string()),
        ("RMSD tolerance", format!("{:.6}A", log.rmsd_tolerance)),
    ]
}

fn grid(log: &DockingLog) -> Entries {
    let grid = log.grid;
    let lengths = grid.points.map(|points| (points - 1) as f64 * grid.spacing);
    let join = |values: [f64; 3]| values.map(|value| format!("{value:.6}")).join(", ") + "A";
    vec![
        // Readers split this line at blanks.
        ("Receptor name", one_line(log.receptor).replace(' ', "_")),
        (
            "Number of grid points (x, y, z)",
            grid.points.map(|points| points.to_string()).join(", "),
        ),
        ("Grid center (x, y, z)", join(grid.center.to_array())),
        ("Grid size (x, y, z)", join(lengths)),
        ("Grid spacing", format!("{:.6}A", grid.spacing)),
    ]
}

fn ligand(log: &DockingLog) -> Entries {
    let types: BTreeSet<_> = log.ligand.atoms.iter().map(|atom| atom.kind).collect();
    vec![
        ("Ligand name", one_line(&log.ligand.name)),
        ("Number of atoms", log.ligand.atoms.len().to_string()),
        (
            "Number of rotatable bonds",
            log.ligand.torsions.torsions().to_string(),
        ),
        ("Number of atom types", types.len().to_string()),
    ]
}

/// Names come from files and archives: a line end in one must not break the log.
fn one_line(name: &str) -> String {
    name.replace(char::is_control, "_")
}
