//! `trimaran bigint`: arrays of integers of any length; one file a subcommand.

mod convert;
mod eval;
mod info;
mod inputs;
mod map;
mod output;
mod reduce;

use super::Global;
use crate::Error;
use crate::bigint::device::Device;
use crate::bigint::expression::Names;
use crate::bigint::{Engine, Route};
use crate::gpu::Gpu;
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
    Convert(convert::Convert),
    Info(info::Info),
    Map(map::Map),
    Reduce(reduce::Reduce),
}

impl Bigint {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Eval(command) => command.run(global),
            Command::Convert(command) => command.run(global),
            Command::Info(command) => command.run(global),
            Command::Map(command) => command.run(global),
            Command::Reduce(command) => command.run(global),
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
    /// The engine for this route, with the device that `--device` names but where the host's threads are to do it all.
    fn engine(&self, global: &Global) -> crate::Result<Engine> {
        let route = match self.route {
            RouteName::Auto => Route::Auto,
            RouteName::Cpu => return Ok(Engine::new(Route::Cpu, None)),
            RouteName::Device => Route::Device,
        };
        let device = Device::new(Gpu::open(&global.device)?, None);
        Ok(Engine::new(route, Some(Box::new(device))))
    }
}

/// Constants of an expression.
#[derive(Args)]
struct Constants {
    /// A constant of the expression, such as m=2**61-1; may be given more than once
    #[arg(long = "let", value_name = "NAME=VALUE")]
    constants: Vec<String>,
}

impl Constants {
    /// Adds them to the names of arrays.
    fn add_to(&self, mut names: Names, engine: &Engine) -> crate::Result<Names> {
        for constant in &self.constants {
            names.define(constant, engine)?;
        }
        Ok(names)
    }
}

/// The file that numbers go to, which `--json` cannot do without: standard output then holds the document.
fn named_file<'a>(
    output: &'a output::Output,
    global: &Global,
) -> crate::Result<Option<&'a std::path::PathBuf>> {
    match output.file() {
        None if global.json => Err(Error::Usage("--json needs -o FILE for the numbers".into())),
        file => Ok(file),
    }
}
