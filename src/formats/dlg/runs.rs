//! One run of the log: energies and the docked pose.

use super::{LoggedPose, title};
use crate::formats::pdbqt::write_pose;
use crate::molecule::Ligand;

/// The block of run `number` (from 1) of `count`.
pub(super) fn text(ligand: &Ligand, pose: &LoggedPose, number: usize, count: usize) -> String {
    let mut text = title("FINAL DOCKED STATE:");
    text.push_str(&format!("Run: {number:3} / {count}\n\n"));
    let mut lines = vec![
        format!("MODEL {number:8}"),
        format!("USER    Run = {number}"),
        "USER".to_string(),
    ];
    lines.extend(energies(pose));
    lines.push("USER".to_string());
    lines.extend(
        write_pose(ligand, pose.coordinates)
            .lines()
            .map(str::to_string),
    );
    lines.extend(["TER".to_string(), "ENDMDL".to_string()]);
    for line in lines {
        text.push_str(&format!("DOCKED: {line}\n"));
    }
    text.push_str(&"_".repeat(80));
    text.push('\n');
    text
}

/// Readers find the values by their words, and some by their columns.
fn energies(pose: &LoggedPose) -> Vec<String> {
    let line = |words: &str, value: f64| format!("USER    {words:35} = {value:+6.2} kcal/mol");
    vec![
        line("Estimated Free Energy of Binding", pose.energy()) + "  [=(1)+(2)+(3)-(4)]",
        "USER".to_string(),
        line("(1) Final Intermolecular Energy", pose.inter),
        line("    vdW + Hbond + desolv Energy", pose.vdw_hb_desolv),
        line("    Electrostatic Energy", pose.elec),
        line("    Moving Ligand-Fixed Receptor", pose.inter),
        line("    Moving Ligand-Moving Receptor", 0.0),
        line("(2) Final Total Internal Energy", pose.intra),
        line("(3) Torsional Free Energy", pose.torsional),
        line("(4) Unbound System's Energy", pose.intra),
    ]
}
