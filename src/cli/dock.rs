//! `trimaran dock`: dock one ligand: many runs, clustered poses.

use super::Global;
use std::process::ExitCode;

/// Dock one ligand: many runs, clustered poses
#[derive(clap::Args)]
pub struct Dock {}

impl Dock {
    /// Runs the subcommand.
    pub fn run(self, _global: &Global) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not built yet")
    }
}
