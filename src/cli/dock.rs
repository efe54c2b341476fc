//! `trimaran dock`: one ligand, many runs, clustered poses.

use super::Global;
use super::search_options::SearchOptions;
use super::search_space::SearchSpace;
use crate::dock::{search::Searcher, site::Site};
use crate::gpu::Gpu;
use std::path::PathBuf;
use std::process::ExitCode;

/// Dock one ligand: many runs, clustered poses
#[derive(clap::Args)]
pub struct Dock {
    /// Receptor (PDBQT)
    receptor: PathBuf,
    /// Ligand (PDBQT)
    ligand: PathBuf,
    #[command(flatten)]
    space: SearchSpace,
    #[command(flatten)]
    search: SearchOptions,
    /// A pose to measure the RMSD from (PDBQT of the same ligand)
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    /// Tell for each run after how many evaluations it reached this score
    #[arg(long, value_name = "SCORE", allow_hyphen_values = true)]
    target: Option<f64>,
    /// Folder for the poses
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl Dock {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let t0 = std::time::Instant::now();
        let gpu = Gpu::open(&global.device)?;
        let maps = crate::formats::maps::read(self.space.maps.as_deref().unwrap())?;
        eprintln!("maps {:?}", t0.elapsed());
        let site = Site::new(&gpu, maps)?;
        let text = std::fs::read_to_string(&self.ligand)?;
        let ligands = crate::formats::pdbqt::read_ligands(&text, "x")?;
        let mut settings = self.search.settings(global.seed);
        settings.target = self.target;
        eprintln!("setup {:?}", t0.elapsed());
        let r = Searcher::new(&gpu, &site, &settings).dock(&ligands)?;
        for d in r {
            let d = d?;
            for p in &d.poses {
                eprintln!(
                    "{} {:.3} {:.3} {:.3} dev {:.3}",
                    p.run,
                    p.energies.score(),
                    p.energies.inter,
                    p.energies.intra,
                    d.runs[p.run as usize].score
                );
            }
            for p in &d.runs {
                eprintln!("{p:?}");
            }
            let s = t0.elapsed().as_secs_f64();
            eprintln!(
                "evals {} {:.2} s {:.0}/s",
                d.evaluations,
                s,
                d.evaluations as f64 / s
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}
