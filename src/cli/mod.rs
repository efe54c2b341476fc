//! The command line: global options and the list of subcommands, one file each.

mod bigint;
mod check;
mod device;
mod devices;
mod dock;
mod interruption;
mod launch;
mod library_parameters;
mod maps;
mod pose_format;
mod preparation_options;
mod prepare;
mod progress_bar;
mod score;
mod screen;
mod screen_parameters;
mod search_options;
mod search_space;
mod site;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Vendor-neutral docking and integers of any length, on any GPU or on the processor.
#[derive(Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options that every subcommand takes.
#[derive(Args)]
pub struct Global {
    /// Device: `auto` (the best GPU, else the processor), a number or a part of a name from `trimaran devices`, such as `cpu`
    #[arg(long, global = true, env = "TRIMARAN_DEVICE", default_value = "auto")]
    pub device: String,
    /// Worker threads of the host (default: one per core)
    #[arg(long, global = true)]
    pub threads: Option<usize>,
    /// Seed of all random numbers
    #[arg(long, global = true, default_value_t = 1)]
    pub seed: u64,
    /// Print one JSON document on stdout and nothing else
    #[arg(long, global = true)]
    pub json: bool,
    /// Say more on stderr
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Write a Chrome trace of the device's work to this file
    #[arg(long, global = true, value_name = "FILE")]
    pub profile: Option<PathBuf>,
}

#[derive(Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "one value lives once, from parsing to running"
)]
enum Command {
    Check(check::Check),
    Devices(devices::Devices),
    Maps(maps::Maps),
    Prepare(prepare::Prepare),
    Score(score::Score),
    Dock(dock::Dock),
    Screen(screen::Screen),
    Bigint(bigint::Bigint),
}

impl Cli {
    /// Runs the subcommand. The code is 0, or 1 where some items failed; other codes come from errors.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(threads) = self.global.threads {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build_global()?;
        }
        match self.command {
            Command::Check(command) => command.run(&self.global),
            Command::Devices(command) => command.run(&self.global),
            Command::Maps(command) => command.run(&self.global),
            Command::Prepare(command) => command.run(&self.global),
            Command::Score(command) => command.run(&self.global),
            Command::Dock(command) => command.run(&self.global),
            Command::Screen(command) => command.run(&self.global),
            Command::Bigint(command) => command.run(&self.global),
        }
    }
}
