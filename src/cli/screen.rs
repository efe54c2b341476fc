//! `trimaran screen`: dock a library in archives: a ranked table and poses.

use super::Global;
use std::process::ExitCode;

/// Dock a library in archives: a ranked table and poses
#[derive(clap::Args)]
pub struct Screen {}

impl Screen {
    /// Runs the subcommand.
    pub fn run(self, _global: &Global) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not built yet")
    }
}
