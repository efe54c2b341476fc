//! `trimaran check`: every kernel on every adapter against its twin.

use super::progress_bar::Steps;
use super::{Global, device};
use crate::check::export::export;
use crate::check::{Document, Plan, Sizes, kernels_named, summary};
use crate::gpu::selected;
use crate::report;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compare every kernel on every adapter with its reference in double precision
#[derive(clap::Args)]
pub struct Check {
    /// Only kernels with this in their name
    #[arg(long, value_name = "NAME", default_value = "")]
    kernel: String,
    /// Which samples: those that slow devices do in seconds, or all
    #[arg(long, value_enum, default_value = "all")]
    sizes: SizesOption,
    /// Print a table in Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Run nothing; write the samples and their expected values to this folder, for other implementations of WebGPU
    #[arg(long, value_name = "DIR", conflicts_with_all = ["markdown", "sizes"])]
    export: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum SizesOption {
    Small,
    All,
}

impl Check {
    /// Runs the subcommand. `auto` is every adapter here.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        device::untimed(global, "check")?;
        let kernels = kernels_named(&self.kernel)?;
        if let Some(folder) = &self.export {
            let count = export(&kernels, global.seed, folder)?;
            print_export(count, folder, global.json)?;
            return Ok(ExitCode::SUCCESS);
        }
        let plan = Plan {
            kernels,
            adapters: selected(&global.device)?,
            sizes: match self.sizes {
                SizesOption::Small => Sizes::Small,
                SizesOption::All => Sizes::All,
            },
            seed: global.seed,
        };
        let steps = Steps::new(global, plan.rows() as u64);
        let rows = plan.run(|row| steps.advance(&format!("{} on {}", row.kernel, row.adapter)));
        steps.clear();
        let document = Document::new(&plan.adapters, rows);
        self.print(&document, global)?;
        Ok(ExitCode::from(u8::from(!document.agrees())))
    }

    fn print(&self, document: &Document, global: &Global) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        if global.json {
            writeln!(out, "{}", document.json()?)?;
            return Ok(());
        }
        if self.markdown {
            write!(out, "{}", summary::markdown(std::slice::from_ref(document)))?;
        } else {
            let table = summary::table(document);
            let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            write!(out, "{}", report::table::text(&table, &columns, usize::MAX))?;
        }
        for row in &document.results {
            if let Some(reason) = &row.reason {
                let (kernel, sample, adapter) = (&row.kernel, &row.sample, &row.adapter);
                let mode = &row.mode;
                eprintln!("{kernel}, sample {sample}, {adapter}, {mode}: {reason}");
            }
        }
        Ok(())
    }
}

fn print_export(count: usize, folder: &std::path::Path, json: bool) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let manifest = folder.join("manifest.json");
    if json {
        writeln!(
            out,
            "{}",
            serde_json::json!({ "samples": count, "manifest": manifest })
        )?;
    } else {
        writeln!(out, "{count} samples: {}", manifest.display())?;
    }
    Ok(())
}
