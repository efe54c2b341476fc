//! `trimaran screen`: dock a library in archives: a ranked table and poses.

use super::library_parameters::library_parameters;
use super::pose_format::{PoseFormat, PoseOptions};
use super::preparation_options::PreparationOptions;
use super::progress_bar::Bar;
use super::screen_parameters::screen_parameters;
use super::search_options::SearchOptions;
use super::search_space::SearchSpace;
use super::{Global, device, interruption, launch, site};
use crate::archive::Library;
use crate::cluster::{Communicator, follow};
use crate::dock::engine::SiteEngine;
use crate::dock::screening::{Options, Output, Summary, assist, screen, screen_by_ranks};
use crate::report;
use serde_json::json;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Rows of the table that a person is shown.
const SHOWN: usize = 10;
const SHOWN_COLUMNS: [&str; 6] = [
    "rank",
    "ligand",
    "energy",
    "score",
    "efficiency",
    "cluster_size",
];

/// Dock a library in archives: a ranked table and poses
#[derive(clap::Args)]
pub struct Screen {
    /// Receptor (PDBQT)
    receptor: PathBuf,
    /// Archives (.tar, .tar.gz, .tar.zst), ligand files (.pdbqt, .sdf, .mol2; .gz and .zst of these) and folders; `-` is the standard input
    #[arg(required = true)]
    library: Vec<PathBuf>,
    #[command(flatten)]
    space: SearchSpace,
    #[command(flatten)]
    search: SearchOptions,
    #[command(flatten)]
    preparation: PreparationOptions,
    #[command(flatten)]
    format: PoseOptions,
    /// Ligands whose best pose goes into top.pdbqt
    #[arg(long, default_value_t = 100)]
    top: usize,
    /// Ligands of a part [default: such that a part takes about 25 seconds]
    #[arg(long)]
    block: Option<NonZeroUsize>,
    /// Folder of the results; run the same command again to go on after an interruption
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl Screen {
    /// Runs the subcommand, as one of several ranks where a launcher started it so.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        launch::by_rank(&|ranks| self.lead(ranks, global), &|ranks| {
            self.assist(ranks, global)
        })
    }

    fn lead(&self, ranks: &dyn Communicator, global: &Global) -> anyhow::Result<ExitCode> {
        launch::readable_by_all(ranks, &self.library)?;
        let library = Library::open(&self.library)?;
        let settings = self.search.settings(global.seed);
        let source = site::map_source(&self.receptor, &self.space)?;
        let mut parameters =
            screen_parameters(&self.receptor, &settings, source.grid(), &self.space)?;
        library_parameters(&mut parameters, &library);
        self.preparation.describe(&mut parameters);
        let output = Output::open(&self.output)?;
        interruption::end_in_words(&self.output)?;
        parameters.agree_with(&output.file("parameters.json"))?;
        let open = device::opener_in_turn(global, ranks.local_rank());
        let engine = SiteEngine::new(open, source, settings)?;

        let start = Instant::now();
        let options = self.options();
        let bar = Bar::new(global);
        let watch = &mut |progress| bar.update(progress);
        let summary = match ranks.size() {
            1 => screen(&engine, &library, &output, &options, watch),
            _ => screen_by_ranks(ranks, &engine, &library, &output, &options, watch),
        };
        bar.clear();
        let summary = summary?;
        launch::tell(&summary.outcome, global);
        let took = start.elapsed();
        engine.inspect(|gpu, _| device::finish(gpu, global))?;
        if global.verbose {
            let busy = engine.inspect(|gpu, _| gpu.profile().host_seconds());
            eprintln!("{}", waiting(&summary, took, busy));
        }
        self.report(&summary, &library, &output, took, global)
    }

    /// What a rank other than 0 does: it says nothing, for rank 0 speaks.
    fn assist(&self, ranks: &dyn Communicator, global: &Global) -> anyhow::Result<ExitCode> {
        let turn = ranks.local_rank();
        follow(ranks, |desk| {
            let library = Library::open(&self.library)?;
            let settings = self.search.settings(global.seed);
            let source = site::map_source(&self.receptor, &self.space)?;
            let engine = SiteEngine::new(device::opener_in_turn(global, turn), source, settings)?;
            let output = Output::join(&self.output);
            assist(&engine, &library, &output, &self.options(), desk)
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn options(&self) -> Options {
        Options {
            top: self.top,
            block: self.block.map(NonZeroUsize::get),
            records: self.format.poses == PoseFormat::Sdf,
            preparation: self.preparation.options(),
        }
    }

    /// Results to stdout, sentences to stderr; code 1 where ligands failed.
    fn report(
        &self,
        summary: &Summary,
        library: &Library,
        output: &Output,
        took: Duration,
        global: &Global,
    ) -> anyhow::Result<ExitCode> {
        let table = output.file("results.csv");
        let mut stdout = std::io::stdout().lock();
        if global.json {
            // Through a string: a closed pipe must stay an I/O error that the caller can tell.
            writeln!(stdout, "{}", self.document(summary, output, took))?;
        } else if !global.quiet {
            write!(
                stdout,
                "{}",
                report::table::text(&summary.table, &SHOWN_COLUMNS, SHOWN)
            )?;
            let (ligands, poses) = (summary.ligands, output.file("top.pdbqt"));
            writeln!(
                stdout,
                "{ligands} ligands: {}, poses in {}",
                table.display(),
                poses.display()
            )?;
        }
        if global.verbose {
            eprintln!("{} taken over from an earlier run", summary.resumed);
            eprintln!(
                "{} archive members passed over, being no ligand files",
                library.skipped()
            );
        }
        if summary.without_bonds > 0 {
            eprintln!(
                "trimaran: {} poses are in top.pdbqt alone: their ligands have no REMARK SMILES that says their bonds",
                summary.without_bonds
            );
        }
        if summary.failed == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        eprintln!(
            "trimaran: {} of {} ligands failed; the column `reason` of {} says why",
            summary.failed,
            summary.ligands,
            table.display()
        );
        Ok(ExitCode::from(1))
    }

    fn document(&self, summary: &Summary, output: &Output, took: Duration) -> serde_json::Value {
        let fresh = summary.ligands - summary.resumed;
        json!({
            "ligands": summary.ligands,
            "failed": summary.failed,
            "resumed": summary.resumed,
            "seconds": took.as_secs_f64(),
            "ligands_per_second": fresh as f64 / took.as_secs_f64(),
            "seconds_waiting_for_ligands": summary.waited.as_secs_f64(),
            "results": output.file("results.csv"),
            "parquet": output.file("results.parquet"),
            "poses": output.file("top.pdbqt"),
            "top": report::json::rows(&summary.table, self.top),
        })
    }
}

/// How long the docking waited for ligands, and the device for work, of `busy` seconds with it.
fn waiting(summary: &Summary, took: Duration, busy: f64) -> String {
    let (took, waited) = (took.as_secs_f64(), summary.waited.as_secs_f64());
    let idle = (took - busy).max(0.0);
    let percent = |seconds: f64| 100.0 * seconds / took.max(1e-9);
    let who = match summary.outcome.by_rank.len() {
        0 | 1 => "",
        _ => "rank 0: ",
    };
    format!(
        "{who}of {took:.1} s the docking waited {waited:.3} s ({:.1}%) for ligands to be read and prepared; \
         no work was with the device for {idle:.1} s ({:.1}%)",
        percent(waited),
        percent(idle)
    )
}
