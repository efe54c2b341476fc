//! `trimaran prepare`: archives of drawn molecules in, archives of PDBQT out, and a manifest.

use super::library_parameters::library_parameters;
use super::preparation_options::PreparationOptions;
use super::progress_bar::Bar;
use super::{Global, device, interruption, launch};
use crate::archive::Library;
use crate::cluster::{Communicator, Parameters, follow};
use crate::preparation::{
    self, Output, Packing, Stage, Stages, Summary, assist, prepare, prepare_by_ranks,
};
use clap::ValueEnum;
use serde_json::json;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Prepare a library for docking: SDF and MOL2 in archives become PDBQT in archives
#[derive(clap::Args)]
pub struct Prepare {
    /// Archives (.tar, .tar.gz, .tar.zst), ligand files (.sdf, .mol2, .pdbqt; .gz and .zst of these) and folders; `-` is the standard input
    #[arg(required = true)]
    library: Vec<PathBuf>,
    #[command(flatten)]
    preparation: PreparationOptions,
    // Not among the options that `dock` and `screen` share: their search would not close the rings again.
    /// Break large rings where they can turn, for programs that close them again while they dock (types CG0 to G3): `dock` and `screen` do not
    #[arg(long)]
    macrocycles: bool,
    /// Format of the prepared ligands
    #[arg(long, value_enum, default_value_t = Format::Pdbqt)]
    format: Format,
    /// Pack so many records into an archive [default: an archive for each that is read]
    #[arg(long, value_name = "RECORDS")]
    pack: Option<NonZeroUsize>,
    /// Folder of the archives and of manifest.csv; run the same command again to go on after an interruption
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Formats that ligands can be written in.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// AutoDock's PDBQT
    Pdbqt,
}

impl Prepare {
    /// Runs the subcommand, as one of several ranks where a launcher started it so.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        launch::by_rank(&|ranks| self.lead(ranks, global), &|ranks| {
            self.assist(ranks)
        })
    }

    fn lead(&self, ranks: &dyn Communicator, global: &Global) -> anyhow::Result<ExitCode> {
        device::untimed(global, "prepare")?;
        launch::readable_by_all(ranks, &self.library)?;
        let library = Library::open(&self.library)?;
        let packing = self.packing();
        let mut parameters = Parameters::default();
        parameters.set("trimaran", env!("CARGO_PKG_VERSION"));
        parameters.set("format", format!("{:?}", self.format));
        parameters.set("packing", format!("{packing:?}"));
        library_parameters(&mut parameters, &library);
        self.preparation.describe(&mut parameters);
        parameters.set("macrocycles", self.macrocycles);
        let output = Output::open(&self.output, &library)?;
        interruption::end_in_words(&self.output)?;
        parameters.agree_with(&output.file("parameters.json"))?;

        let start = Instant::now();
        let bar = Bar::new(global);
        let options = self.options();
        let watch = &mut |progress| bar.update(progress);
        let summary = match ranks.size() {
            1 => prepare(&library, &output, packing, &options, watch),
            _ => prepare_by_ranks(ranks, &library, &output, packing, &options, watch),
        };
        bar.clear();
        let summary = summary?;
        launch::tell(&summary.outcome, global);
        report(&summary, &library, &output, start.elapsed(), global)
    }

    /// What a rank other than 0 does: it says nothing, for rank 0 speaks.
    fn assist(&self, ranks: &dyn Communicator) -> anyhow::Result<ExitCode> {
        follow(ranks, |desk| {
            let library = Library::open(&self.library)?;
            let output = Output::join(&self.output);
            assist(&library, &output, self.packing(), &self.options(), desk)
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn packing(&self) -> Packing {
        match self.pack {
            Some(records) => Packing::Packs(records.get()),
            None => Packing::AsRead,
        }
    }

    fn options(&self) -> preparation::Options {
        let mut options = self.preparation.options();
        options.molecule.break_macrocycles = self.macrocycles;
        options
    }
}

/// Results to stdout, sentences to stderr; code 1 where ligands failed.
fn report(
    summary: &Summary,
    library: &Library,
    output: &Output,
    took: Duration,
    global: &Global,
) -> anyhow::Result<ExitCode> {
    let manifest = output.file("manifest.csv");
    let mut stdout = std::io::stdout().lock();
    let fresh = (summary.ligands - summary.resumed) as f64;
    let rate = fresh / took.as_secs_f64().max(1e-9);
    if global.json {
        let document = json!({
            "ligands": summary.ligands,
            "failed": summary.failed,
            "resumed": summary.resumed,
            "seconds": took.as_secs_f64(),
            "ligands_per_second": rate,
            "seconds_by_stage": seconds_by_stage(&summary.stages),
            "manifest": manifest,
            "archives": summary.archives,
        });
        // Through a string: a closed pipe must stay an I/O error that the caller can tell.
        writeln!(stdout, "{document}")?;
    } else if !global.quiet {
        let prepared = summary.ligands - summary.failed;
        let (ligands, archives) = (summary.ligands, summary.archives.len());
        let plural = if archives == 1 { "" } else { "s" };
        writeln!(
            stdout,
            "{prepared} of {ligands} ligands prepared, in {archives} archive{plural}: {}",
            manifest.display()
        )?;
    }
    if global.verbose {
        let seconds = took.as_secs_f64();
        eprintln!("{seconds:.1} s, {rate:.0} ligands/s");
        if summary.outcome.by_rank.len() > 1 {
            eprintln!("of rank 0:");
        }
        eprint!("{}", stages_table(&summary.stages));
        eprintln!("{} taken over from an earlier run", summary.resumed);
        let skipped = library.skipped();
        eprintln!("{skipped} archive members passed over, being no ligand files");
    }
    if summary.failed == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "trimaran: {} of {} ligands failed; the column `reason` of {} says why",
        summary.failed,
        summary.ligands,
        manifest.display()
    );
    Ok(ExitCode::from(1))
}

fn seconds_by_stage(stages: &Stages) -> serde_json::Value {
    let seconds = Stage::ALL.map(|stage| (stage.name().to_owned(), json!(stages.seconds(stage))));
    serde_json::Value::Object(seconds.into_iter().collect())
}

/// Where the time of all threads went, a stage a line.
fn stages_table(stages: &Stages) -> String {
    let all: f64 = Stage::ALL.map(|stage| stages.seconds(stage)).iter().sum();
    let mut table = format!("{:<14} {:>9} {:>7}\n", "stage", "seconds", "share");
    for stage in Stage::ALL {
        let seconds = stages.seconds(stage);
        let percent = 100.0 * seconds / all.max(1e-9);
        table += &format!("{:<14} {seconds:>9.3} {percent:>6.1}%\n", stage.name());
    }
    table
}
