//! `trimaran score`: energies of poses in place, term by term.

use super::search_space::SearchSpace;
use super::{Global, device, site};
use crate::dock::docking::Energies;
use crate::dock::rescoring::Rescorer;
use crate::dock::site::types_of;
use crate::molecule::Ligand;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Energies of poses in place, term by term
#[derive(clap::Args)]
pub struct Score {
    /// Receptor (PDBQT)
    receptor: PathBuf,
    /// Ligands (PDBQT); every MODEL is scored
    #[arg(required = true)]
    ligands: Vec<PathBuf>,
    #[command(flatten)]
    space: SearchSpace,
}

/// One pose of the output; energies in kcal/mol.
#[derive(serde::Serialize)]
struct Scored {
    ligand: String,
    model: usize,
    #[serde(flatten)]
    energies: Energies,
    total: f64,
}

impl Score {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let mut poses: Vec<(String, usize, Ligand)> = Vec::new();
        for path in &self.ligands {
            let models = site::ligands(path)?.into_iter().enumerate();
            poses.extend(models.map(|(k, ligand)| (site::stem(path), k + 1, ligand)));
        }
        let source = site::map_source(&self.receptor, &self.space)?;
        let gpu = device::opener(global)()?;
        let ligands: Vec<Ligand> = poses.iter().map(|(_, _, ligand)| ligand.clone()).collect();
        let maps = source.maps(&gpu, &types_of(&ligands))?;
        let rescorer = Rescorer::new(&maps);
        let score = |(ligand, model, pose): (String, usize, Ligand)| {
            let energies = rescorer.in_place(&pose, &maps)?;
            let total = energies.inter + energies.intra + energies.torsional;
            anyhow::Ok(Scored {
                ligand,
                model,
                energies,
                total,
            })
        };
        let scored = poses
            .into_iter()
            .map(score)
            .collect::<anyhow::Result<Vec<_>>>()?;
        device::finish(&gpu, global)?;
        print(&scored, global.json)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(scored: &[Scored], json: bool) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    if json {
        writeln!(stdout, "{}", serde_json::json!({ "poses": scored }))?;
        return Ok(());
    }
    writeln!(
        stdout,
        "{:24} model     inter  vdw+hb+ds      elec     intra torsional     total outside",
        "ligand"
    )?;
    for s in scored {
        let e = &s.energies;
        writeln!(
            stdout,
            "{:24} {:5} {:9.3}  {:9.3} {:9.3} {:9.3} {:9.3} {:9.3} {:7}",
            s.ligand,
            s.model,
            e.inter,
            e.vdw_hb_desolv,
            e.elec,
            e.intra,
            e.torsional,
            s.total,
            e.outside
        )?;
    }
    Ok(())
}
