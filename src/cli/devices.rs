//! `trimaran devices`: list the adapters of this machine.

use super::{Global, device};
use crate::gpu::{Adapter, adapters};
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;

/// List the adapters of this machine
#[derive(clap::Args)]
pub struct Devices {}

impl Devices {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        device::untimed(global, "devices")?;
        let adapters = adapters();
        let mut out = std::io::stdout().lock();
        if global.json {
            writeln!(out, "{:#}", json!({ "devices": adapters }))?;
        } else {
            write!(out, "{}", table(&adapters))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Two lines an adapter: what it is, then what it offers. The first is what `--device auto` takes.
fn table(adapters: &[Adapter]) -> String {
    let line = |adapter: &Adapter| {
        let limits = &adapter.limits;
        format!(
            "{} {} ({}, {}, {} {})\n  {} MiB a binding, {} MiB a buffer, {} invocations and {} KiB a workgroup; {}\n",
            adapter.number,
            adapter.name,
            adapter.kind,
            adapter.backend,
            adapter.driver,
            adapter.driver_info,
            limits.storage_binding_bytes >> 20,
            limits.buffer_bytes >> 20,
            limits.invocations_per_workgroup,
            limits.workgroup_memory_bytes >> 10,
            match adapter.features.join(" ") {
                none if none.is_empty() => "no optional features".into(),
                some => some,
            },
        )
    };
    adapters.iter().map(line).collect()
}
