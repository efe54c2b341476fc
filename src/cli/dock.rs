//! `trimaran dock`: one ligand, many runs, clustered poses.

use super::pose_format::{PoseFormat, PoseOptions};
use super::preparation_options::PreparationOptions;
use super::search_options::SearchOptions;
use super::search_space::SearchSpace;
use super::{Global, device, site};
use crate::dock::docking::same_atoms;
use crate::dock::engine::SiteEngine;
use crate::dock::pose_table::{SHOWN, pose_table};
use crate::dock::screening::Engine;
use crate::dock::{Docking, Settings, pose_records, result_files};
use crate::formats::maps::Grid;
use crate::molecule::Ligand;
use crate::report;
use crate::{Error, Result};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Dock one ligand: many runs, clustered poses
#[derive(clap::Args)]
pub struct Dock {
    /// Receptor (PDBQT)
    receptor: PathBuf,
    /// Ligand: PDBQT, or SDF or MOL2, which are prepared (the first record)
    ligand: PathBuf,
    #[command(flatten)]
    space: SearchSpace,
    #[command(flatten)]
    search: SearchOptions,
    #[command(flatten)]
    preparation: PreparationOptions,
    /// A pose to measure the RMSD from (PDBQT of the same ligand)
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    /// Tell for each run after how many evaluations it reached this score
    #[arg(long, value_name = "SCORE", allow_hyphen_values = true)]
    target: Option<f64>,
    #[command(flatten)]
    format: PoseOptions,
    /// Folder for poses.pdbqt, poses.sdf and LIGAND.dlg
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl Dock {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let start = Instant::now();
        let (ligand, notes) = site::any_ligand(&self.ligand, &self.preparation.options())?;
        for note in notes {
            eprintln!("trimaran: {}: {note}", ligand.name);
        }
        let reference = self.reference.as_deref().map(site::ligand).transpose()?;
        if let Some(reference) = &reference {
            same_atoms(&ligand, reference)?;
        }
        if self.format.poses == PoseFormat::Sdf {
            pose_records::check(&ligand)?;
        }
        let settings = Settings {
            target: self.target,
            ..self.search.settings(global.seed)
        };
        let source = site::map_source(&self.receptor, &self.space)?;
        let grid = *source.grid();
        std::fs::create_dir_all(&self.output).map_err(Error::at(&self.output))?;
        let engine = SiteEngine::new(device::opener(global), source, settings.clone())?;
        let mut docking = self.dock(&engine, &ligand)?;
        if let Some(reference) = &reference {
            docking.measure_from(&ligand, reference)?;
        }
        if let Some(warning) = &docking.warning {
            eprintln!("trimaran: {}: {warning}", ligand.name);
        }
        self.write(&ligand, &docking, &settings, &grid)?;
        engine.inspect(|gpu, _| {
            device::finish(gpu, global)?;
            self.report(&gpu.adapter().name, &docking, start.elapsed(), global)
        })
    }

    fn dock(&self, engine: &SiteEngine, ligand: &Ligand) -> Result<Docking> {
        let mut results = engine.dock(std::slice::from_ref(ligand))?;
        results
            .pop()
            .unwrap_or_else(|| Err(Error::Item("the device gave no result".into())))
    }

    fn write(
        &self,
        ligand: &Ligand,
        docking: &Docking,
        settings: &Settings,
        grid: &Grid,
    ) -> Result<()> {
        let log = result_files::LogInput {
            receptor: site::stem(&self.receptor),
            maps_file: self
                .space
                .maps
                .as_ref()
                .map(|path| path.display().to_string()),
            grid,
            settings,
        };
        result_files::write_poses(&self.output.join("poses.pdbqt"), ligand, docking)?;
        if self.format.poses == PoseFormat::Sdf {
            result_files::write_records(&self.output.join("poses.sdf"), ligand, docking)?;
        }
        let name = format!("{}.dlg", ligand.name);
        result_files::write_log(&self.output.join(name), ligand, docking, &log)
    }

    fn report(
        &self,
        device: &str,
        docking: &Docking,
        took: Duration,
        global: &Global,
    ) -> anyhow::Result<ExitCode> {
        let poses = pose_table(docking);
        let mut stdout = std::io::stdout().lock();
        if global.json {
            let document = json!({
                "device": device,
                "evaluations": docking.evaluations,
                "seconds": took.as_secs_f64(),
                "poses": report::json::rows(&poses, usize::MAX),
                "runs": docking.runs,
            });
            // Through a string: a closed pipe must stay an I/O error that the caller can tell.
            writeln!(stdout, "{document}")?;
        } else if !global.quiet {
            write!(
                stdout,
                "{}",
                report::table::text(&poses, &SHOWN, usize::MAX)
            )?;
            writeln!(
                stdout,
                "poses: {}",
                self.output.join("poses.pdbqt").display()
            )?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
