//! `trimaran bigint`: arrays of integers of any length; one file a subcommand.

mod eval;

use super::Global;
use crate::bigint::{Engine, Route};
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Arrays of integers of any length
#[derive(Args)]
pub struct Bigint {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Eval(eval::Eval),
}

impl Bigint {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Eval(command) => command.run(global),
        }
    }
}

/// Who computes.
#[derive(Args)]
struct RouteOption {
    /// Who computes: kernels on the device, the host's threads, or whichever pays
    #[arg(long, value_enum, default_value_t)]
    route: RouteName,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum RouteName {
    #[default]
    Auto,
    Cpu,
    Device,
}

impl RouteOption {
    /// The engine for this route.
    fn engine(&self) -> Engine {
        let route = match self.route {
            RouteName::Auto => Route::Auto,
            RouteName::Cpu => Route::Cpu,
            RouteName::Device => Route::Device,
        };
        Engine::new(route, None)
    }
}
