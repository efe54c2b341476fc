//! `trimaran score`: energies of poses in place, term by term.

use super::Global;
use std::process::ExitCode;

/// Energies of poses in place, term by term
#[derive(clap::Args)]
pub struct Score {}

impl Score {
    /// Runs the subcommand.
    pub fn run(self, _global: &Global) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not built yet")
    }
}
