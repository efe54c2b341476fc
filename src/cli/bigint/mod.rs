//! `trimaran bigint`: arrays of integers of any length; one file a subcommand.

mod convert;
mod eval;
mod info;
mod inputs;
mod map;
mod output;
mod reduce;

use super::{Global, device};
use crate::Error;
use crate::bigint::device::Device;
use crate::bigint::expression::Names;
use crate::bigint::{Engine, Route};
use crate::gpu::Gpu;
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;
use std::sync::Arc;

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
    /// The engine of this route, with the device that `--device` names but where the host's threads are to do it all.
    fn open(&self, global: &Global) -> crate::Result<Computer> {
        let route = match self.route {
            RouteName::Auto => Route::Auto,
            RouteName::Cpu => {
                device::untimed(global, "bigint --route cpu")?;
                let engine = Engine::new(Route::Cpu, None);
                return Ok(Computer { engine, gpu: None });
            }
            RouteName::Device => Route::Device,
        };
        let gpu = Arc::new(device::opener(global)()?);
        let kernels = Device::new(gpu.clone(), None);
        Ok(Computer {
            engine: Engine::new(route, Some(Box::new(kernels))),
            gpu: Some(gpu),
        })
    }
}

/// An engine, and the device behind it.
struct Computer {
    engine: Engine,
    gpu: Option<Arc<Gpu>>,
}

impl Computer {
    /// Reports the device's times, where they were asked for.
    fn finish(&self, global: &Global) -> crate::Result<()> {
        match &self.gpu {
            Some(gpu) => device::finish(gpu, global),
            None => Ok(()),
        }
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
