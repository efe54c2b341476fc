//! `trimaran maps`: make AutoGrid-compatible affinity maps.

use super::Global;
use std::process::ExitCode;

/// Make AutoGrid-compatible affinity maps
#[derive(clap::Args)]
pub struct Maps {}

impl Maps {
    /// Runs the subcommand.
    pub fn run(self, _global: &Global) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not built yet")
    }
}
