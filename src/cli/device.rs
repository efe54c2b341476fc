//! Opens the device that the global options name, and reports its times at the end.

use super::Global;
use crate::dock::engine::OpenDevice;
use crate::gpu::Gpu;
use crate::{Error, Result};

/// Opens the device of `--device`, now and again should it be lost; timed where `--profile` or `-v` asks for it.
pub fn opener(global: &Global) -> OpenDevice {
    opener_in_turn(global, 0)
}

/// As [`opener`], for one of several processes of this machine.
pub fn opener_in_turn(global: &Global, turn: usize) -> OpenDevice {
    let selector = global.device.clone();
    let profiled = global.profile.is_some() || global.verbose;
    Box::new(move || {
        let gpu = Gpu::open_in_turn(&selector, turn)?;
        if profiled {
            gpu.enable_profile();
        }
        Ok(gpu)
    })
}

/// For subcommands that time no device.
///
/// # Errors
/// [`Error::Usage`] where `--profile` was given.
pub fn untimed(global: &Global, subcommand: &str) -> Result<()> {
    match &global.profile {
        None => Ok(()),
        Some(path) => Err(Error::Usage(format!(
            "--profile {}: `{subcommand}` times no device; dock, screen, score, maps, and eval, map and reduce of bigint do",
            path.display()
        ))),
    }
}

/// Writes the trace of `--profile` and, with `-v`, the table of kernels on stderr.
///
/// # Errors
/// [`Error::File`] where the trace cannot be written.
pub fn finish(gpu: &Gpu, global: &Global) -> Result<()> {
    if global.profile.is_none() && !global.verbose {
        return Ok(());
    }
    let profile = gpu.profile();
    if global.verbose {
        eprintln!("{}\n{profile}", gpu.adapter().name);
    }
    match &global.profile {
        Some(path) => profile.write_chrome_trace(path),
        None => Ok(()),
    }
}
