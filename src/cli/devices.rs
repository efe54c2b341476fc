//! `trimaran devices`: list the adapters of this machine.

use super::Global;
use std::process::ExitCode;

/// List the adapters of this machine
#[derive(clap::Args)]
pub struct Devices {}

impl Devices {
    /// Runs the subcommand.
    pub fn run(self, _global: &Global) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not built yet")
    }
}
